import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ONE, Q112 } from '../math/scales.ts';
import * as Impact from './impact.ts';
import * as Orders from './orders.ts';
import { planRebalance } from './plan.ts';
import type { Pool } from './pools.ts';
import type { AnchoredAsset, IndexOrders, Opening } from './round.ts';

const MINUTE = 60n;
const USDC = 10n ** 6n;
/** {base/tok} UQ112 of a token of 18 decimals at a whole price, rounded up so that round amounts come out. */
const usd = (price: bigint): bigint => (price * USDC * Q112) / ONE + 1n;
const anchored = (asset: string, anchor: bigint): AnchoredAsset => ({
  asset,
  anchor,
  price: anchor,
  qBps: 50n,
  delistedSince: 0n,
});

const WETH = anchored('weth', usd(2_000n));
const LINK = anchored('link', usd(10n));
const SNX = anchored('snx', usd(5n));
const opening: Opening = { openedAt: 1_000n, base: 'usdc', assets: [WETH, LINK, SNX] };
const at = (minutes: bigint): bigint => opening.openedAt + minutes * MINUTE;

const wants = (index: string, gaps: Record<string, bigint>, budget = 10n ** 12n): IndexOrders => ({
  index,
  budget,
  orders: Object.entries(gaps).map(([asset, gap]) => ({
    asset,
    holding: 1_000_000n * ONE,
    excess: gap > 0n ? gap : 0n,
    deficit: gap < 0n ? -gap : 0n,
  })),
});

/** A pool with `depth` dollars on either side, at the anchor. */
const pool = (name: string, { asset, anchor }: AnchoredAsset, depth: bigint): Pool => ({
  pool: name,
  token0: asset,
  token1: 'usdc',
  reserve0: (depth * USDC * Q112) / anchor,
  reserve1: depth * USDC,
  used: 0n,
});
const POOLS = [pool('weth-a', WETH, 10_000_000n), pool('link-a', LINK, 10_000_000n), pool('snx-a', SNX, 1_000_000n)];

const MIRROR = [
  wants('a', { weth: 10n * ONE, link: -2_000n * ONE }),
  wants('b', { weth: -(15n * ONE) / 2n, link: 1_500n * ONE }),
];

describe('planRebalance', () => {
  it('crosses 7.5 WETH against 1 500 LINK once the clocks meet, and not before', () => {
    expect(planRebalance(MIRROR, [], opening, at(24n) - 1n)).toEqual({ crosses: [], trades: [] });
    const { crosses } = planRebalance(MIRROR, [], opening, at(24n));
    expect(crosses).toHaveLength(1);
    expect(crosses[0]).toMatchObject({ o: 'weth', u: 'link' });
    expect((crosses[0]?.x ?? 0n) / 10n ** 9n).toBe(7_499_999_999n);
    expect((crosses[0]?.y ?? 0n) / 10n ** 9n).toBe(1_499_999_999_999n);
  });

  it('does not cross while the anchor is worse than the floor under the price of now', () => {
    const risen: Opening = { ...opening, assets: [{ ...WETH, price: usd(2_100n) }, LINK, SNX] };
    expect(planRebalance(MIRROR, [], risen, at(60n)).crosses).toEqual([]);
  });

  it('trades nothing above the market, and a slice within 15 bp once the clock is below its cost', () => {
    const [a] = MIRROR;
    if (a === undefined) throw new Error('no index');
    expect(planRebalance([a], POOLS, opening, at(0n)).trades).toEqual([]);
    const { trades } = planRebalance([a], POOLS, opening, at(44n));
    expect(trades).toHaveLength(1);
    expect(trades[0]).toMatchObject({ o: 'weth', u: 'link', route: ['weth-a', 'link-a'] });
    const limit = Impact.routeLimit(2n, 0n);
    const [first, second] = POOLS;
    if (first === undefined || second === undefined) throw new Error('no pools');
    const bound = Impact.maxInTwoHops(first.reserve0, first.reserve1, second.reserve1, limit);
    expect(trades[0]?.given).toBe(bound);
  });

  it('combines pools, the larger first', () => {
    const pools = [...POOLS, pool('weth-b', WETH, 20_000_000n), pool('link-b', LINK, 20_000_000n)];
    const { trades } = planRebalance(MIRROR.slice(0, 1), pools, opening, at(44n));
    expect(trades[0]?.route).toEqual(['weth-b', 'link-b']);
    expect(trades.length).toBeGreaterThan(1);
  });

  it('leaves alone what has no live price', () => {
    const dead: Opening = { ...opening, assets: [WETH, { ...LINK, price: 0n }, SNX] };
    expect(planRebalance(MIRROR, POOLS, dead, at(44n))).toEqual({ crosses: [], trades: [] });
  });

  it('stays within the loss budget', () => {
    const spent = [wants('a', { weth: 10n * ONE, link: -2_000n * ONE }, 0n)];
    expect(planRebalance(spent, POOLS, opening, at(44n)).trades).toEqual([]);
    const little = [wants('a', { weth: 10n * ONE, link: -2_000n * ONE }, USDC)]; // 1 USDC at 100 bp: 100 USDC a trade
    for (const { given, received } of planRebalance(little, POOLS, opening, at(44n)).trades) {
      expect(Orders.valueOf(given, WETH.anchor) - Orders.valueOf(received, LINK.anchor)).toBeLessThanOrEqual(USDC);
    }
  });

  it('never carries an asset past its target, whatever the orders and pools', () => {
    const gap = fc.bigInt({ min: -500_000n * ONE, max: 500_000n * ONE });
    const depth = fc.bigInt({ min: 10_000n, max: 500_000_000n });
    fc.assert(
      fc.property(
        fc.array(fc.record({ weth: gap, link: gap, snx: gap }), { minLength: 1, maxLength: 4 }),
        fc.tuple(depth, depth, depth),
        fc.bigInt({ min: 0n, max: 120n }),
        (gaps, depths, minutes) => {
          const pools = [WETH, LINK, SNX].map((asset, i) => pool(asset.asset, asset, depths[i] ?? 1n));
          const indices = gaps.map((each, i) => wants(`${i}`, each));
          const { crosses, trades } = planRebalance(indices, pools, opening, at(minutes));
          for (const { asset } of opening.assets) {
            const sum = (amounts: bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
            const orders = indices.flatMap((index) => index.orders.filter((each) => each.asset === asset));
            const sold =
              sum(crosses.map(({ o, u, x, y }) => (o === asset ? x : u === asset ? y : 0n))) +
              sum(trades.map(({ o, given }) => (o === asset ? given : 0n)));
            const bought =
              sum(crosses.map(({ o, u, x, y }) => (o === asset ? x : u === asset ? y : 0n))) +
              sum(trades.map(({ u, received }) => (u === asset ? received : 0n)));
            expect(sold).toBeLessThanOrEqual(sum(orders.map(({ excess }) => excess)));
            // What a fill brings is floored for each index: the dust is nobody's, and is bought again.
            const dust = BigInt(indices.length * (crosses.length + trades.length));
            expect(bought).toBeLessThanOrEqual(sum(orders.map(({ deficit }) => deficit)) + dust);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('refuses a time before the opening and an order without an anchor', () => {
    expect(() => planRebalance(MIRROR, [], opening, opening.openedAt - 1n)).toThrow(
      expect.objectContaining({ code: 'OVERFLOW' }),
    );
    expect(() => planRebalance([wants('a', { mkr: ONE })], [], opening, at(0n))).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_ASSET' }),
    );
  });
});
