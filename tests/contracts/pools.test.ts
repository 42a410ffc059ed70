import { BASIS_POINT, Clock, Impact } from '@wicker/core';
import { arbitragePools, openPools, readReserves } from '@wicker/devnet';
import { poolsOf } from '@wicker/sdk';
import type { Address } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, first, HOUR, isolate, MINUTE, now } from './support/chain.ts';
import { createFund, type Fund, holdings } from './support/funds.ts';
import { anchorOf, lostBy, open, round, roundAt } from './support/rounds.ts';
import { addressOf, amountOf, openWorld, refreshFeeds, tokenOf, USD, type World } from './support/world.ts';

/** {s} when the clock has come down to what a pool pays after its fee and the impact: 45 bp below the anchor, and a little */
const LATE = 40n * MINUTE;

let world: World;
let fund: Fund;
beforeAll(async () => {
  // the pool of the vector: 100 000 LINK against 1 000 000 USDC
  const [venue, depth] = ['uniswap-v2', 1_000_000n * USD];
  world = await openWorld({
    pools: [
      { id: 'link', venue, depth },
      { id: 'weth', venue, depth },
      { id: 'link', venue: 'sushiswap', depth },
    ],
  });
  fund = await createFund(world, { link: ['30', '6000'], weth: ['30', '10'], usdc: ['40', '20000'] });
});
afterAll(() => world.chain.stop());
isolate(() => world.client);

const pairOf = (id: string, venue = 'uniswap-v2'): Address =>
  first(world.market.pools.filter((pool) => pool.id === id && pool.venue === venue)).pair;
const reservesOf = async (id: string) => {
  const pools = world.market.pools.filter((pool) => pool.id === id && pool.venue === 'uniswap-v2');
  return first(await readReserves(world.client, pools));
};
const usedOf = async (pair: Address): Promise<bigint> =>
  first(await poolsOf(world.client, { platform: world.platform, pools: [pair] })).used;
const sale = () => ({ trades: [{ sell: 'link', buy: 'usdc', route: [pairOf('link')] }] });

describe('one pool (docs/rules.md 6)', () => {
  it('an order is scaled down until its impact is 15 bp, and all proceeds go to the index', async () => {
    const reserves = await reservesOf('link');
    const epoch = await open(world, [fund]);
    const { traded, delta } = await roundAt(world, epoch, LATE, [fund], sale());
    const { given, received } = first(traded);
    // x <= 100 000 * 0.0015 / 0.9985 = 150.225 LINK after the fee, 150.677 sent
    expect(given).toBe(Impact.maxInOneHop(reserves.token, 15n * BASIS_POINT));
    expect(Number(given) / 1e18).toBeCloseTo(150.677, 3);
    expect(received).toBe(Impact.amountOut(given, reserves.token, reserves.base));
    expect(delta(fund, 'usdc')).toBe(received);
    expect(delta(fund, 'link')).toBe(-given);
    expect((await reservesOf('link')).token).toBe(reserves.token + given);
    const used = await usedOf(pairOf('link'));
    expect(used).toBeLessThanOrEqual(15n * BASIS_POINT);
    expect(used).toBeGreaterThan(15n * BASIS_POINT - 1_000n);
    expect(await lostBy(world, fund)).toBeCloseTo(150.677 * (1 - 0.997 * 0.9985), 3);
  });

  it('the rest waits: the impact is cumulative, whichever epoch or index uses the pool, for 24 h from its first use', async () => {
    const epoch = await open(world, [fund]);
    await roundAt(world, epoch, LATE, [fund], sale());
    const since = await now(world.client);
    await expect(round(world, epoch, [fund], sale())).rejects.toThrow('NothingExecuted()');
    const other = await createFund(world, { link: ['50', '6000'], usdc: ['50', '20000'] });
    const next = await open(world, [other]);
    await expect(roundAt(world, next, LATE, [other], sale())).rejects.toThrow('NothingExecuted()');
    await refreshFeeds(world);
    const at = since + DAY - epoch.openedAt;
    await expect(roundAt(world, epoch, at - 1n, [fund], sale())).rejects.toThrow('NothingExecuted()');
    const again = await roundAt(world, epoch, at, [fund], sale());
    expect(Number(first(again.traded).given) / 1e18).toBeGreaterThan(150);
  });

  it('small uses add up', async () => {
    const pair = pairOf('link');
    const few = await createFund(world, { link: ['50', '510'], usdc: ['50', '4900'] });
    const early = await open(world, [few]);
    await roundAt(world, early, LATE, [few], sale());
    const used = await usedOf(pair);
    const reserves = await reservesOf('link');
    const epoch = await open(world, [fund]);
    const { traded } = await roundAt(world, epoch, LATE, [fund], sale());
    expect(first(traded).given).toBe(Impact.maxInOneHop(reserves.token, 15n * BASIS_POINT - used));
    expect(await usedOf(pair)).toBeLessThanOrEqual(15n * BASIS_POINT);
  });

  it('several pools may be combined in one call', async () => {
    const epoch = await open(world, [fund]);
    const other = { sell: 'link', buy: 'usdc', route: [pairOf('link', 'sushiswap')] };
    const both = { trades: [...sale().trades, other] };
    const { traded, delta } = await roundAt(world, epoch, LATE, [fund], both);
    expect(traded).toHaveLength(2);
    expect(Number(-delta(fund, 'link')) / 1e18).toBeCloseTo(2 * 150.677, 2);
  });

  it('a trade below its limit is skipped with an event and leaves nothing behind, while another executes', async () => {
    const epoch = await open(world, [fund]);
    const before = await reservesOf('link');
    const plan = { trades: [...sale().trades, { sell: 'link', buy: 'usdc' }] };
    const { traded, skipped } = await roundAt(world, epoch, 24n * MINUTE, [fund], plan);
    expect(traded).toHaveLength(1);
    const given = Impact.maxInOneHop(before.token, 15n * BASIS_POINT);
    const prices = [await anchorOf(world, epoch, 'link'), await anchorOf(world, epoch, 'usdc')] as const;
    const limit = Clock.minReceived(given, ...prices, 10n ** 18n);
    expect(skipped).toEqual([`BelowLimit(${Impact.amountOut(given, before.token, before.base)}, ${limit})`]);
    expect(await reservesOf('link')).toEqual(before);
    expect(await usedOf(pairOf('link'))).toBe(0n);
  });

  it('a fill that the pool makes too small is skipped, and says what would do', async () => {
    const epoch = await open(world, [fund]);
    const plan = { trades: [...sale().trades, ...sale().trades, { sell: 'link', buy: 'usdc' }] };
    const { traded, skipped } = await roundAt(world, epoch, LATE, [fund], plan);
    expect(traded).toHaveLength(2);
    // 100 USDC of LINK, and the floor of its price
    expect(skipped).toEqual([`BelowMinimumFill(0, ${amountOf(world, 'link', '10') + 1n})`]);
  });
});

describe('two pools (docs/rules.md 6)', () => {
  it('the impact of the whole route is within its limit', async () => {
    const [link, weth] = [await reservesOf('link'), await reservesOf('weth')];
    const epoch = await open(world, [fund]);
    const plan = { trades: [{ sell: 'link', buy: 'weth', route: [pairOf('link'), pairOf('weth')] }] };
    const { traded, delta } = await roundAt(world, epoch, LATE, [fund], plan);
    const { given, received } = first(traded);
    expect(given).toBe(Impact.maxInTwoHops(link.token, link.base, weth.base, 15n * BASIS_POINT));
    const middle = Impact.amountOut(given, link.token, link.base);
    expect(received).toBe(Impact.amountOut(middle, weth.base, weth.token));
    const [i1, i2] = [await usedOf(pairOf('link')), await usedOf(pairOf('weth'))];
    const one = 10n ** 18n;
    expect(one - ((one - i1) * (one - i2)) / one).toBeLessThanOrEqual(15n * BASIS_POINT + 2n);
    expect(delta(fund, 'usdc')).toBe(0n);
  });

  it('pool fees and impact are at most 75 bp: a third pool is too many', async () => {
    const epoch = await open(world, [fund]);
    const route = [pairOf('link'), pairOf('weth'), pairOf('link')];
    const plan = { trades: [{ sell: 'link', buy: 'weth', route }] };
    await expect(roundAt(world, epoch, LATE, [fund], plan)).rejects.toThrow('BadRoute(3)');
  });
});

describe('a venue is a listed pool, never a factory (docs/rules.md 6)', () => {
  it('a pool that anybody opened is refused', async () => {
    const venue = first(world.market.venues);
    const [token, base] = [tokenOf(world, 'snx'), tokenOf(world, 'usdc')];
    const amounts = { amountToken: amountOf(world, 'snx', '400000'), amountBase: 1_000_000n * USD };
    const { pair } = first(await openPools(world.client, [{ venue, token, base, ...amounts }]));
    const snx = await createFund(world, { snx: ['50', '24000'], usdc: ['50', '40000'] });
    const epoch = await open(world, [snx]);
    const plan = { trades: [{ sell: 'snx', buy: 'usdc', route: [pair] }] };
    const { snx: o, usdc: u } = { snx: addressOf(world, 'snx'), usdc: addressOf(world, 'usdc') };
    await expect(roundAt(world, epoch, LATE, [snx], plan)).rejects.toThrow(`PoolNotListed(${pair}, ${o}, ${u})`);
  });

  it('a listed pool of another pair is refused', async () => {
    const epoch = await open(world, [fund]);
    const plan = { trades: [{ sell: 'link', buy: 'usdc', route: [pairOf('weth')] }] };
    await expect(roundAt(world, epoch, HOUR, [fund], plan)).rejects.toThrow(`PoolNotListed(${pairOf('weth')}`);
  });

  it('a pool whose price was pushed brings no more than the target wants, and nothing below the limit', async () => {
    const before = await holdings(world, fund);
    const epoch = await open(world, [fund]);
    // somebody sells much LINK into the pool: 20 % below the anchor
    const prices = new Map([
      ['link', 8n * 10n ** 8n],
      ['weth', 2000n * 10n ** 8n],
      ['usdc', 10n ** 8n],
    ]);
    await arbitragePools(world.client, world.market, prices);
    await expect(roundAt(world, epoch, 5n * HOUR, [fund], sale())).rejects.toThrow('NothingExecuted()');
    expect(await holdings(world, fund)).toEqual(before);
    // and 20 % above it: all of the gain is the index's
    prices.set('link', 12n * 10n ** 8n);
    await arbitragePools(world.client, world.market, prices);
    const { traded } = await round(world, epoch, [fund], sale());
    expect(Number((first(traded).received * 10n ** 18n) / first(traded).given) / 1e6).toBeGreaterThan(11.8);
    expect((await holdings(world, fund)).usdc).toBeLessThanOrEqual(40_000n * USD);
  });
});
