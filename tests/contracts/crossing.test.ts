import { vaultAbi } from '@wicker/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isolate, MINUTE } from './support/chain.ts';
import { createFund, type Fund, holdings } from './support/funds.ts';
import { lostBy, open, round, roundAt } from './support/rounds.ts';
import { addressOf, amountOf, balanceOf, openWorld, say, type World } from './support/world.ts';

const PLAN = { crosses: [['weth', 'link']] as const };

let world: World;
let a: Fund;
let b: Fund;
beforeAll(async () => {
  world = await openWorld();
  // A: 10 WETH too many; B: 1 500 LINK too many
  a = await createFund(world, { weth: ['50', '60'], link: ['50', '8000'] });
  b = await createFund(world, { weth: ['50', '17.5'], link: ['50', '6500'] });
});
afterAll(() => world.chain.stop());
isolate(() => world.client);

/** {tok} as a decimal number, for figures that are exact but for roundings */
const whole = (amount: bigint): number => Number(amount / 10n ** 9n) / 1e9;

describe('crossing (docs/rules.md 6): A sells 10 WETH for LINK, B sells 1 500 LINK for WETH', () => {
  it('7.5 WETH against 1 500 LINK at the anchor, inside the vault; A keeps 2.5 WETH to sell', async () => {
    const epoch = await open(world, [a, b]);
    const { vault } = world.platform;
    const before = [await balanceOf(world, 'weth', vault), await balanceOf(world, 'link', vault)];
    const { crossed, delta, receipt } = await roundAt(world, epoch, 24n * MINUTE, [a, b], PLAN);
    expect(crossed).toHaveLength(1);
    expect(whole(crossed[0]?.amountO ?? 0n)).toBeCloseTo(7.5, 6);
    expect(whole(crossed[0]?.amountU ?? 0n)).toBeCloseTo(1_500, 5);
    expect(delta(a, 'weth')).toBe(-delta(b, 'weth'));
    expect(delta(a, 'link')).toBe(-delta(b, 'link'));
    // the vault and the rebalancer speak, no token does
    const tokens = [addressOf(world, 'weth'), addressOf(world, 'link')].map((token) => token.toLowerCase());
    expect(receipt.logs.some(({ address }) => tokens.includes(address.toLowerCase()))).toBe(false);
    expect([await balanceOf(world, 'weth', vault), await balanceOf(world, 'link', vault)]).toEqual(before);
    expect(whole((await holdings(world, a)).weth ?? 0n)).toBeCloseTo(52.5, 6);
    expect(whole((await holdings(world, b)).weth ?? 0n)).toBeCloseTo(25, 6);
    expect(whole((await holdings(world, b)).link ?? 0n)).toBeCloseTo(5_000, 5);
    const rest = await round(world, epoch, [a, b], { trades: [{ sell: 'weth', buy: 'link' }] });
    expect(whole(rest.traded[0]?.given ?? 0n)).toBeCloseTo(2.5, 3);
    expect(rest.delta(b, 'weth')).toBe(0n);
  });

  it('crossed volume allows no loss', async () => {
    const epoch = await open(world, [a, b]);
    await roundAt(world, epoch, 24n * MINUTE, [a, b], PLAN);
    // the flooring of a value
    expect(await lostBy(world, a)).toBeLessThan(0.0000001);
    expect(await lostBy(world, b)).toBeLessThan(0.0000001);
  });

  it('not before the two clocks meet: 24 minutes for q = 1 %', async () => {
    const epoch = await open(world, [a, b]);
    await expect(roundAt(world, epoch, 24n * MINUTE - 1n, [a, b], PLAN)).rejects.toThrow('NothingExecuted()');
    await roundAt(world, epoch, 24n * MINUTE, [a, b], PLAN);
  });

  it.each(['10.11', '9.89'])('not while the anchor is 100 bp off the price of now: LINK at %s', async (usd) => {
    const epoch = await open(world, [a, b]);
    await say(world, 'link', usd);
    await expect(roundAt(world, epoch, 24n * MINUTE, [a, b], PLAN)).rejects.toThrow('NothingExecuted()');
  });

  it('either way round: who sells which makes no difference', async () => {
    const epoch = await open(world, [a, b]);
    const { crossed } = await roundAt(world, epoch, 24n * MINUTE, [a, b], { crosses: [['link', 'weth']] });
    expect(whole(crossed[0]?.amountO ?? 0n)).toBeCloseTo(1_500, 5);
    expect(whole(crossed[0]?.amountU ?? 0n)).toBeCloseTo(7.5, 6);
  });

  it('orders of one direction do not cross', async () => {
    const epoch = await open(world, [a, b]);
    await expect(roundAt(world, epoch, 24n * MINUTE, [a], PLAN)).rejects.toThrow('NothingExecuted()');
  });

  it('three indices share in proportion to what they offer', async () => {
    // C: 5 WETH too many, half of what A offers
    const c = await createFund(world, { weth: ['50', '30'], link: ['50', '4000'] });
    const epoch = await open(world, [a, b, c]);
    const { delta } = await roundAt(world, epoch, 24n * MINUTE, [a, b, c], PLAN);
    expect(whole(-delta(a, 'weth'))).toBeCloseTo(5, 6);
    expect(whole(-delta(c, 'weth'))).toBeCloseTo(2.5, 6);
    // what is given is rounded up, what is got down: no unit comes from nowhere
    expect(-delta(a, 'weth') - delta(c, 'weth')).toBeGreaterThanOrEqual(delta(b, 'weth'));
    expect(-delta(b, 'link')).toBeGreaterThanOrEqual(delta(a, 'link') + delta(c, 'link'));
  });

  it('the vault settles for the rebalancer only', async () => {
    const call = { address: world.platform.vault, abi: vaultAbi, account: world.who.keeper } as const;
    const assets = [addressOf(world, 'link')];
    await expect(world.client.simulateContract({ ...call, functionName: 'open', args: [assets] })).rejects.toThrow(
      'NotRebalancer',
    );
    await expect(
      world.client.simulateContract({
        ...call,
        functionName: 'settle',
        args: [[a.index], assets, [amountOf(world, 'link', '1')]],
      }),
    ).rejects.toThrow('NotRebalancer');
    await expect(
      world.client.simulateContract({
        ...call,
        functionName: 'push',
        args: [addressOf(world, 'link'), world.who.keeper, 1n],
      }),
    ).rejects.toThrow('NotRebalancer');
  });
});
