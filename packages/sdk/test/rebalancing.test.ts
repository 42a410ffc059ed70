import { ONE } from '@wicker/core';
import { jump, moveMarket } from '@wicker/devnet';
import { epochOf, openEpoch, openingOf, planRound, poolsOf, readIndex, rebalance, setWeights } from '@wicker/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fixture, openFixture } from './fixture.ts';

const MINUTE = 60n;
const HOUR = 60n * MINUTE;

describe('rebalancing through the SDK', () => {
  let f: Fixture;
  let opening: bigint;
  let openedAt: bigint;
  beforeAll(async () => {
    f = await openFixture();
    const { client, platform, manager, index, assets } = f;
    const aims = [48n, 26n, 26n].map((percent) => (ONE * percent) / 100n);
    const weights = assets.map((asset, i) => ({ asset, weight: aims[i] ?? 0n }));
    await setWeights(client, { account: manager, platform, index, weights: weights.reverse() });
    const opened = await openEpoch(client, { account: f.investor, platform, indices: [index] });
    opening = opened.opening;
    openedAt = (await client.getBlock({ blockNumber: opened.receipt.blockNumber })).timestamp;
  });
  afterAll(() => f.chain.stop());

  const plan = (now?: bigint) =>
    planRound(f.client, {
      ...{ platform: f.platform, opening, indices: [f.index] },
      pools: f.market.pools.map(({ pair }) => pair),
      ...(now === undefined ? {} : { now }),
    });

  it('reads the epoch, 72 h after a reweigh, and its anchors', async () => {
    const epoch = await epochOf(f.client, { platform: f.platform, index: f.index });
    expect(epoch).toMatchObject({ opening, openedAt, until: openedAt + 72n * HOUR, lost: 0n });
    const { anchors, openedAt: at } = await openingOf(f.client, { platform: f.platform, opening });
    expect(at).toBe(openedAt);
    expect(anchors.map(({ asset }) => asset)).toEqual(f.assets);
    expect(anchors.every(({ live, qBps, delistedSince }) => live && qBps === 50n && delistedSince === 0n)).toBe(true);
    const { assets } = await readIndex(f.client, { platform: f.platform, index: f.index });
    expect(anchors.map(({ price }) => price)).toEqual(assets.map(({ price }) => price));
  });

  it('shows orders that sell the first asset for the others', async () => {
    const { assets, driftBps } = await readIndex(f.client, { platform: f.platform, index: f.index });
    expect(driftBps).toBeCloseTo(200, 0);
    expect(assets.map(({ excess, deficit }) => [excess > 0n, deficit > 0n])).toEqual([
      [true, false],
      [false, true],
      [false, true],
    ]);
  });

  it('plans nothing before the clock has come down to what pools cost', async () => {
    expect(await plan()).toEqual({ crosses: [], trades: [] });
    expect((await plan(openedAt + HOUR)).trades.length).toBeGreaterThan(0);
  });

  it('executes exactly what it planned, and uses the impact of the pools', async () => {
    const { client, platform, investor, index, market } = f;
    await jump(client, HOUR);
    await moveMarket(client, market);
    const planned = await plan();
    const done = await rebalance(client, { account: investor, platform, opening, indices: [index], plan: planned });
    expect(done.skipped).toEqual([]);
    expect(done.crossed).toEqual([]);
    const expected = planned.trades.map(({ o, u, given, received, route }) => ({ o, u, given, received, route }));
    expect(done.traded.map(({ o, u, given, received, route }) => ({ o, u, given, received, route }))).toEqual(expected);
    const pools = await poolsOf(client, { platform, pools: market.pools.map(({ pair }) => pair) });
    expect(pools).toHaveLength(market.pools.length);
    expect(pools.some(({ used }) => used > 0n)).toBe(true);
    expect((await readIndex(client, { platform, index })).driftBps).toBeLessThan(200);
    expect((await epochOf(client, { platform, index })).lost).toBeGreaterThan(0n);
  });

  it('leaves out pools that are not listed', async () => {
    const [venue] = f.market.venues;
    const [token] = f.market.tokens;
    if (venue === undefined || token === undefined) throw new Error('no market');
    const { openPools } = await import('@wicker/devnet');
    const other = { ...token, id: 'other' };
    const amounts = { amountToken: 10n ** 18n, amountBase: 10n ** 18n };
    const [pool] = await openPools(f.client, [{ venue, token: other, base: f.market.tokens[1] ?? token, ...amounts }]);
    if (pool === undefined) throw new Error('no pool');
    expect(await poolsOf(f.client, { platform: f.platform, pools: [pool.pair] })).toEqual([]);
  });
});
