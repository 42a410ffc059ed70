import { devTokenAbi } from '@wicker/devnet';
import { conservation, holdingsOf, readIndex, vaultAbi } from '@wicker/sdk';
import type { Address } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR, isolate, MINUTE, send } from './support/chain.ts';
import { byId, createFund, type Fund, holdings, mint, redeem, setWeights, shares } from './support/funds.ts';
import { open, roundAt } from './support/rounds.ts';
import { addressOf, amountOf, balanceOf, ONE, openWorld, type World } from './support/world.ts';

let world: World;
let fund: Fund;
beforeAll(async () => {
  world = await openWorld();
  // NAV 100 000 USDC, at its targets
  fund = await createFund(world, { link: ['30', '3000'], weth: ['30', '15'], usdc: ['40', '40000'] });
});
afterAll(() => world.chain.stop());
isolate(() => world.client);

const holdersOf = (id: string): Promise<bigint> =>
  world.client.readContract({
    ...{ address: world.platform.vault, abi: vaultAbi, functionName: 'holdersOf', args: [addressOf(world, id)] },
  });
const books = async (funds: readonly Fund[], ids: readonly string[]) => {
  const assets = ids.map((id) => addressOf(world, id));
  const indices = funds.map(({ index }) => index);
  return (await conservation(world.client, { platform: world.platform, indices, assets })).assets;
};
const give = (id: string, to: Address, amount: bigint) =>
  send(world.client, {
    ...{
      from: world.who.bob,
      to: addressOf(world, id),
      abi: devTokenAbi,
      functionName: 'transfer',
      args: [to, amount],
    },
  });

describe('direct transfers belong to nobody and change no price (docs/rules.md 2)', () => {
  it('a gift to the vault', async () => {
    const { platform, client } = world;
    const before = await readIndex(client, { platform, index: fund.index });
    await give('link', platform.vault, amountOf(world, 'link', '1000000'));
    expect(await readIndex(client, { platform, index: fund.index })).toEqual(before);
    const [link] = await books([fund], ['link']);
    expect((link?.surplus ?? 0n) - amountOf(world, 'link', '1000000')).toBeLessThanOrEqual(1n);
    const { amounts } = await redeem(world, fund, world.who.manager, shares(1_000n));
    expect(Number(byId(fund.ids, amounts).link) / 1e18).toBeCloseTo(30, 6);
  });

  it('a gift during an epoch is not traded away', async () => {
    await setWeights(world, fund, { link: '20', weth: '30', usdc: '50' });
    const epoch = await open(world, [fund]);
    await give('link', world.platform.vault, amountOf(world, 'link', '5000'));
    const { delta } = await roundAt(world, epoch, 24n * MINUTE, [fund], { trades: [{ sell: 'link', buy: 'usdc' }] });
    expect(Number(-delta(fund, 'link')) / 1e18).toBeCloseTo(1_000, 5);
    const [link] = await books([fund], ['link']);
    expect((link?.surplus ?? 0n) - amountOf(world, 'link', '5000')).toBeLessThan(10n);
  });
});

describe('solvency and conservation (docs/rules.md 2)', () => {
  it('balance less claims is roundings alone, after mints, redeems and trades of two indices', async () => {
    const other = await createFund(world, { link: ['50', '700'], weth: ['50', '1.5'] });
    const ids = ['link', 'weth', 'usdc'];
    await mint(world, fund, world.who.alice, shares(123n) + 457n);
    await mint(world, other, world.who.bob, shares(77n) + 13n);
    const epoch = await open(world, [other]);
    await roundAt(world, epoch, HOUR, [other], { trades: [{ sell: 'link', buy: 'weth' }] });
    await redeem(world, fund, world.who.alice, shares(100n) + 1n);
    await redeem(world, other, world.who.bob, shares(50n) + 7n);
    for (const { surplus } of await books([fund, other], ids)) {
      expect(surplus).toBeGreaterThanOrEqual(0n);
      expect(surplus).toBeLessThan(20n);
    }
  });

  it('mint then redeem brings back no more than was paid', async () => {
    const { amounts: paid } = await mint(world, fund, world.who.alice, 1_234_567_890_123n);
    const { amounts: got } = await redeem(world, fund, world.who.alice, 1_234_567_890_123n);
    for (const [i, amount] of got.entries()) {
      expect(amount).toBeLessThanOrEqual(paid[i] ?? 0n);
      expect((paid[i] ?? 0n) - amount).toBeLessThanOrEqual(1n);
    }
  });

  it('two indices with a common asset share one pool', async () => {
    const before = await balanceOf(world, 'link', world.platform.vault);
    const other = await createFund(world, { link: ['50', '700'], usdc: ['50', '7000'] });
    expect(await holdersOf('link')).toBe(2n);
    expect(await balanceOf(world, 'link', world.platform.vault)).toBe(before + amountOf(world, 'link', '700'));
    // each leaves with its own
    await redeem(world, other, world.who.manager, shares(13_998n));
    expect((await holdings(world, fund)).link).toBe(amountOf(world, 'link', '3000') - 1n);
  });
});

describe('an asset that left the target weights (docs/rules.md 1)', () => {
  const legs = async (): Promise<readonly Address[]> => {
    const held = await holdingsOf(world.client, { platform: world.platform, index: fund.index });
    return held.legs.map(({ asset }) => asset);
  };

  it('stays part of NAV, mint and redeem until it is sold', async () => {
    const { platform, client } = world;
    const { nav } = await readIndex(client, { platform, index: fund.index });
    await setWeights(world, fund, { weth: '50', usdc: '50' });
    expect(await legs()).toContain(addressOf(world, 'link'));
    expect((await readIndex(client, { platform, index: fund.index })).nav).toBe(nav);
    const paid = byId(fund.ids, (await mint(world, fund, world.who.alice, shares(1_000n))).amounts);
    const got = byId(fund.ids, (await redeem(world, fund, world.who.alice, shares(1_000n))).amounts);
    expect(Number(paid.link) / 1e18).toBeCloseTo(30, 6);
    expect((paid.link ?? 0n) - (got.link ?? 0n)).toBeLessThanOrEqual(1n);
  });

  it('is purged at the next reweigh once it is sold', async () => {
    await setWeights(world, fund, { weth: '50', usdc: '50' });
    const epoch = await open(world, [fund]);
    // below the anchor the deficits want more than there is: LINK is sold to the last unit
    const trades = ['weth', 'usdc'].map((buy) => ({ sell: 'link', buy }));
    await roundAt(world, epoch, 34n * MINUTE, [fund], { trades });
    expect((await holdings(world, fund)).link).toBe(0n);
    expect(await holdersOf('link')).toBe(1n);
    await setWeights(world, fund, { weth: '40', usdc: '60' });
    expect(await legs()).not.toContain(addressOf(world, 'link'));
    expect(await holdersOf('link')).toBe(0n);
    await setWeights(world, fund, { weth: '40', usdc: '50', link: '10' });
    expect(await holdersOf('link')).toBe(1n);
  });

  it('a mint does not ask for an asset that is only aimed at yet', async () => {
    await setWeights(world, fund, { weth: '30', usdc: '30', link: '30', wbtc: '10' });
    const { amounts } = await mint(world, fund, world.who.alice, ONE);
    expect(amounts.filter((amount) => amount === 0n)).toHaveLength(1);
  });

  it('Managed wants what it aims at ascending, listed, and summing to 1', async () => {
    await expect(setWeights(world, fund, { weth: '50', usdc: '49' })).rejects.toThrow('BadWeightSum');
    await expect(setWeights(world, fund, { weth: '100' })).rejects.toThrow('BadLegCount(1)');
    await expect(setWeights(world, fund, { weth: '100', usdc: '0' })).rejects.toThrow('BadWeight');
  });
});

describe('dust of an asset that left the targets', () => {
  it('is sold too, so that its leg can be purged', async () => {
    await setWeights(world, fund, { weth: '50', usdc: '50' });
    const epoch = await open(world, [fund]);
    const trades = ['weth', 'usdc'].map((buy) => ({ sell: 'link', buy }));
    await roundAt(world, epoch, 24n * MINUTE, [fund], { trades });
    expect((await holdings(world, fund)).link).toBeGreaterThan(0n);
    await setWeights(world, fund, { weth: '40', usdc: '60' });
    const next = await open(world, [fund]);
    await roundAt(world, next, HOUR, [fund], { trades: [...trades, { sell: 'weth', buy: 'usdc' }] });
    expect((await holdings(world, fund)).link).toBe(0n);
  });
});
