import { AumFee } from '@wicker/core';
import { devTokenAbi } from '@wicker/devnet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, isolate, now, pass, send } from './support/chain.ts';
import {
  amounts,
  byId,
  createFund,
  type Fund,
  type Legs,
  mint,
  PDI,
  redeem,
  shares,
  sharesOf,
  totalSupply,
} from './support/funds.ts';
import { addressOf, balanceOf, ONE, openWorld, type World } from './support/world.ts';

/** 600 USD of LINK and 400 of WETH */
const LEGS: Legs = { link: ['60', '60'], weth: ['40', '0.2'] };

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.chain.stop());
isolate(() => world.client);

describe('minting and redeeming in kind (docs/rules.md 1)', () => {
  let fund: Fund;
  beforeAll(async () => {
    fund = await createFund(world, LEGS, PDI);
  });

  it('works while every feed is dead', async () => {
    await pass(world.client, 30n * DAY);
    const paid = await mint(world, fund, world.who.alice, shares(10n));
    const got = await redeem(world, fund, world.who.alice, shares(10n) - paid.fee);
    expect(got.amounts.every((amount) => amount > 0n)).toBe(true);
    expect(got.setAside).toBe(0n);
  });

  it('takes exactly what it says, and tells it in an event', async () => {
    const before = { link: await balanceOf(world, 'link', world.who.alice) };
    const event = await mint(world, fund, world.who.alice, shares(10n));
    const paid = byId(fund.ids, event.amounts);
    expect(event).toMatchObject({ payer: world.who.alice, to: world.who.alice, shares: shares(10n) });
    expect(event.fee).toBe(shares(10n) / 500n); // 20 bps
    expect(before.link - (await balanceOf(world, 'link', world.who.alice))).toBe(paid.link);
    expect(await sharesOf(world, fund, world.who.alice)).toBe(shares(10n) - event.fee);
  });

  it('pays exactly what it says, and tells it in an event', async () => {
    const { fee } = await mint(world, fund, world.who.alice, shares(10n));
    const link = await balanceOf(world, 'link', world.who.alice);
    const event = await redeem(world, fund, world.who.alice, shares(10n) - fee);
    expect(event).toMatchObject({
      owner: world.who.alice,
      to: world.who.alice,
      shares: shares(10n) - fee,
      setAside: 0n,
    });
    expect((await balanceOf(world, 'link', world.who.alice)) - link).toBe(byId(fund.ids, event.amounts).link);
    expect(await sharesOf(world, fund, world.who.alice)).toBe(0n);
  });

  it('keeps to maxAmounts, to the last unit', async () => {
    const id = await world.client.snapshot();
    const { amounts: asked } = await mint(world, fund, world.who.alice, shares(10n));
    await world.client.revert({ id });
    const less = asked.map((amount, i) => (i === 1 ? amount - 1n : amount));
    await expect(mint(world, fund, world.who.alice, shares(10n), less)).rejects.toThrow(
      `AboveMaximum(1, ${asked[1]}, ${less[1]})`,
    );
    await expect(mint(world, fund, world.who.alice, shares(10n), asked.slice(1))).rejects.toThrow(
      'LengthMismatch(1, 2)',
    );
  });

  it('keeps to minAmounts, to the last unit', async () => {
    await mint(world, fund, world.who.alice, shares(11n));
    const id = await world.client.snapshot();
    const { amounts: paid } = await redeem(world, fund, world.who.alice, shares(10n));
    await world.client.revert({ id });
    const more = paid.map((amount, i) => (i === 0 ? amount + 1n : amount));
    await expect(redeem(world, fund, world.who.alice, shares(10n), more)).rejects.toThrow(
      `BelowMinimum(0, ${paid[0]}, ${more[0]})`,
    );
    await expect(redeem(world, fund, world.who.alice, shares(10n), [0n])).rejects.toThrow('LengthMismatch(1, 2)');
  });

  it('pre-transferred balances stolen at mint or burn: a gift is credited to nobody', async () => {
    const link = addressOf(world, 'link');
    for (const to of [world.platform.vault, fund.index, world.platform.factory]) {
      const args = [to, shares(1_000n)];
      await send(world.client, { from: world.who.bob, to: link, abi: devTokenAbi, functionName: 'transfer', args });
    }
    const asked = byId(fund.ids, (await mint(world, fund, world.who.alice, shares(1_000n))).amounts).link ?? 0n;
    expect(asked).toBeGreaterThan(59n * ONE);
    const call = { from: world.who.alice, to: link, abi: devTokenAbi, functionName: 'approve' };
    await send(world.client, { ...call, args: [fund.index, 0n] });
    await expect(mint(world, fund, world.who.alice, shares(1n))).rejects.toThrow('TransferFromFailed()');
    const { amounts: paid } = await redeem(world, fund, world.who.alice, shares(900n));
    expect(byId(fund.ids, paid).link).toBeLessThan(asked);
  });

  it('refuses what is nothing after its fee', async () => {
    await expect(mint(world, fund, world.who.alice, 1n)).rejects.toThrow('NothingToMint()');
    await mint(world, fund, world.who.alice, shares(1n));
    await expect(redeem(world, fund, world.who.alice, 1n)).rejects.toThrow('NothingToRedeem()');
  });

  it('redeems shares of the caller only', async () => {
    await expect(redeem(world, fund, world.who.bob, shares(1n))).rejects.toThrow('InsufficientBalance()');
  });

  it('shows a supply with all fees accrued to this second, so nobody can time an exit', async () => {
    const founded = 999_999_998n * 10n ** 12n;
    const { timestamp: created } = await world.client.getBlock({ blockNumber: fund.receipt.blockNumber });
    await pass(world.client, DAY);
    const supplyAt = (time: bigint) => founded + AumFee.fee(founded, PDI.aumRate, time - created);
    const seen = await now(world.client);
    expect(await totalSupply(world, fund)).toBe(supplyAt(seen));
    // the mint settles one second later, so what it takes follows from that supply
    const { amounts: asked } = await mint(world, fund, world.who.alice, shares(10n));
    expect(await totalSupply(world, fund)).toBe(supplyAt(seen + 1n) + shares(10n));
    expect(byId(fund.ids, asked).link).toBeLessThan(amounts(world, { link: '0.6' }).link ?? 0n);
  });
});
