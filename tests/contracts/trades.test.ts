import { Clock } from '@wicker/core';
import { rebalancerAbi } from '@wicker/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { first, HOUR, isolate, MINUTE } from './support/chain.ts';
import { createFund, type Fund, holdings, type Legs, setWeights } from './support/funds.ts';
import { anchorOf, open, round, roundAt } from './support/rounds.ts';
import { addressOf, amountOf, openWorld, say, USD, type World } from './support/world.ts';

let world: World;
let fund: Fund;
beforeAll(async () => {
  world = await openWorld();
  // NAV 100 000 USDC: 30 000 LINK too much, WETH at its target, the rest in USDC
  fund = await createFund(world, { link: ['30', '6000'], weth: ['20', '10'], usdc: ['50', '20000'] });
});
afterAll(() => world.chain.stop());
isolate(() => world.client);

describe('what a trade may do (docs/rules.md 6)', () => {
  it('leaves untouched assets untouched, to the last unit', async () => {
    const before = await holdings(world, fund);
    const epoch = await open(world, [fund]);
    const plan = { trades: [{ sell: 'link', buy: 'usdc' }], also: ['weth'] };
    await roundAt(world, epoch, 24n * MINUTE, [fund], plan);
    const after = await holdings(world, fund);
    expect(after.weth).toBe(before.weth);
    expect(after.link).not.toBe(before.link);
  });

  it('phantom orders from rounding: a holding at its target has none', async () => {
    const epoch = await open(world, [fund]);
    const phantom = { trades: [{ sell: 'link', buy: 'weth' }] };
    await expect(roundAt(world, epoch, 24n * MINUTE, [fund], phantom)).rejects.toThrow('NothingExecuted()');
    const both = { trades: [...phantom.trades, { sell: 'link', buy: 'usdc' }] };
    const { skipped, traded } = await round(world, epoch, [fund], both);
    expect(skipped).toEqual([`NothingToTrade(${addressOf(world, 'link')}, ${addressOf(world, 'weth')})`]);
    expect(traded).toHaveLength(1);
  });

  it('never trades the wrong way: what is short is not sold, what is over is not bought', async () => {
    const epoch = await open(world, [fund]);
    const plan = { trades: [{ sell: 'usdc', buy: 'link' }] };
    await expect(roundAt(world, epoch, HOUR, [fund], plan)).rejects.toThrow('NothingExecuted()');
  });

  it('an order that cannot buy an asset not yet held: it can', async () => {
    await setWeights(world, fund, { link: '30', weth: '20', usdc: '20', snx: '30' });
    expect((await holdings(world, fund)).snx).toBe(0n);
    const epoch = await open(world, [fund]);
    const { delta } = await roundAt(world, epoch, 34n * MINUTE, [fund], { trades: [{ sell: 'link', buy: 'snx' }] });
    // 3 000 LINK at q = 150 bp: 34 minutes are where the clock stands at the anchor
    expect(Number(delta(fund, 'snx') / 10n ** 12n) / 1e6).toBeCloseTo(12_000, 3);
    expect((await holdings(world, fund)).snx).toBe(delta(fund, 'snx') - 1n);
  });

  it('sells an asset of weight 0 whole', async () => {
    await setWeights(world, fund, { usdc: '80', weth: '20' });
    const epoch = await open(world, [fund]);
    const { delta } = await roundAt(world, epoch, 24n * MINUTE, [fund], { trades: [{ sell: 'link', buy: 'usdc' }] });
    expect(Number(delta(fund, 'usdc')) / 1e6).toBeCloseTo(60_000, 4);
    // no more than the deficit is bought, which floors: what is left of LINK is dust
    expect((await holdings(world, fund)).link ?? 1n).toBeLessThan(amountOf(world, 'link', '0.000001'));
  });

  it('order change given to other indices: all get the same average price, each its exact share, floored', async () => {
    const other = await createFund(world, { link: ['50', '777.7'], usdc: ['50', '5000.123456'] });
    const third = await createFund(world, { link: ['50', '512.345'], usdc: ['50', '3000'] });
    const funds = [fund, other, third];
    const epoch = await open(world, funds);
    const done = await roundAt(world, epoch, 30n * MINUTE, funds, { trades: [{ sell: 'link', buy: 'usdc' }] });
    const { given, received } = first(done.traded);
    const parts = funds.map((each) => -done.delta(each, 'link'));
    expect(parts.every((part) => part > 0n)).toBe(true);
    expect(parts.reduce((sum, part) => sum + part)).toBe(given);
    for (const [i, each] of funds.entries()) {
      expect(done.delta(each, 'usdc')).toBe((received * (parts[i] ?? 0n)) / given);
    }
    const limit = Clock.clockFactor(100n, 30n * MINUTE);
    const prices = [await anchorOf(world, epoch, 'link'), await anchorOf(world, epoch, 'usdc')] as const;
    expect(received).toBe(Clock.minReceived(given, ...prices, limit));
  });

  it('only what two assets share counts: an index over in one and short in another', async () => {
    // NAV 100 000: SNX 26 000, over by 11 000; LINK short by 1 000, USDC by 10 000
    const three = await createFund(world, { snx: ['15', '10400'], link: ['35', '3400'], usdc: ['50', '40000'] });
    const epoch = await open(world, [three]);
    const { delta } = await roundAt(world, epoch, 14n * MINUTE, [three], { trades: [{ sell: 'snx', buy: 'usdc' }] });
    expect(Number(delta(three, 'usdc')) / 1e6).toBeCloseTo(10_000, 4);
    expect(delta(three, 'link')).toBe(0n);
  });

  it('a fill is at least the order, 1 % of the holding or 100 USDC, whichever is least', async () => {
    // 6 LINK too many of 1 006: the order is below 1 % and below 100 USDC
    const legs: Legs = { link: ['50', '1006'], usdc: ['40', '7440'], weth: ['10', '1.25'] };
    const small = await createFund(world, legs);
    const epoch = await open(world, [small]);
    const { traded } = await roundAt(world, epoch, 24n * MINUTE, [small], { trades: [{ sell: 'link', buy: 'usdc' }] });
    expect(Number(first(traded).given) / 1e18).toBeCloseTo(6, 5);
  });

  it('names a pair that is none', async () => {
    const epoch = await open(world, [fund]);
    const plan = { trades: [{ sell: 'link', buy: 'link' }] };
    await expect(round(world, epoch, [fund], plan)).rejects.toThrow('BadPair(0, 0)');
    const unknown = { trades: [{ sell: 'snx', buy: 'usdc' }] };
    await expect(round(world, epoch, [fund], unknown)).rejects.toThrow(`UnknownAsset(${addressOf(world, 'snx')})`);
  });

  it('a call with nothing to do reverts', async () => {
    const epoch = await open(world, [fund]);
    await expect(round(world, epoch, [fund], { also: ['link', 'usdc'] })).rejects.toThrow('NothingExecuted()');
  });

  it('only the rebalancer itself runs a fill', async () => {
    const { rebalancer } = world.platform;
    const [link, usdc] = [addressOf(world, 'link'), addressOf(world, 'usdc')];
    const args = [link, usdc, 1n, 0n, 0n, world.who.keeper, 0n, rebalancer, 0n] as const;
    await expect(
      world.client.simulateContract({
        ...{ address: rebalancer, abi: rebalancerAbi, functionName: 'execute', args, account: world.who.keeper },
      }),
    ).rejects.toThrow('OnlySelf');
  });
});

describe('the prices of now (docs/rules.md 6)', () => {
  it('a sale waits while the price of what it sells has risen above the clock', async () => {
    const epoch = await open(world, [fund]);
    await say(world, 'link', '12');
    const { traded } = await roundAt(world, epoch, 24n * MINUTE, [fund], { trades: [{ sell: 'link', buy: 'usdc' }] });
    // 99 % of 12, not the anchor's 10
    expect(Number((first(traded).received * 10n ** 18n) / first(traded).given) / 1e6).toBeCloseTo(11.88, 4);
    // the deficit of USDC is filled, so fewer LINK are sold
    expect(first(traded).received).toBeLessThanOrEqual(30_000n * USD);
  });
});
