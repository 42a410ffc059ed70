import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Clock from './clock.ts';
import * as Impact from './impact.ts';
import { type RoundInput, roundInputs } from './plan.fixture.ts';
import { type Plan, planRebalance } from './plan.ts';
import { type Pool, tradeOver } from './pools.ts';
import type { AnchoredAsset } from './round.ts';

const RUNS = { numRuns: 150 };
const plan = ({ indices, pools, opening, now }: RoundInput): Plan => planRebalance(indices, pools, opening, now);
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

const assetIn = ({ opening }: RoundInput, name: string): AnchoredAsset => {
  const asset = opening.assets.find((each) => each.asset === name);
  if (asset === undefined) throw new Error(`no asset ${name}`);
  return asset;
};

/** {1e18} what a fill of o for u must reach (docs/rules.md 6). */
const limitOf = (input: RoundInput, o: AnchoredAsset, u: AnchoredAsset): bigint => {
  const floor = Clock.floorBps(o.delistedSince, input.now);
  return Clock.limitFactor(
    Clock.clockFactor(o.qBps + u.qBps, input.now - input.opening.openedAt),
    Clock.nowFactor(o.anchor, u.anchor, o.price, u.price, floor),
  );
};

const hopIn = (pool: Pool | undefined, tokenIn: string) => {
  if (pool === undefined) throw new Error('a pool that is not listed');
  const forward = pool.token0 === tokenIn;
  const [reserveIn, reserveOut] = forward ? [pool.reserve0, pool.reserve1] : [pool.reserve1, pool.reserve0];
  return { hop: { pool, tokenIn, reserveIn, reserveOut }, tokenOut: forward ? pool.token1 : pool.token0 };
};

describe('planRebalance, whatever the orders, prices and pools', () => {
  it('every fill is at or above its limit and of assets with a live price', () => {
    fc.assert(
      fc.property(roundInputs(5), (input) => {
        for (const { o, u, given, received } of plan(input).trades) {
          const [sold, bought] = [assetIn(input, o), assetIn(input, u)];
          expect(sold.price * bought.price).toBeGreaterThan(0n);
          const least = Clock.minReceived(given, sold.anchor, bought.anchor, limitOf(input, sold, bought));
          expect(received).toBeGreaterThanOrEqual(least);
        }
      }),
      RUNS,
    );
  });

  it('no asset passes its target', () => {
    fc.assert(
      fc.property(roundInputs(5), (input) => {
        const { crosses, trades } = plan(input);
        // What a fill brings is floored for each index: the dust is nobody's, and is bought again.
        const dust = BigInt(input.indices.length * (crosses.length + trades.length));
        for (const { asset } of input.opening.assets) {
          const orders = input.indices.flatMap((index) => index.orders.filter((each) => each.asset === asset));
          const crossed = sum(crosses.map(({ o, u, x, y }) => (o === asset ? x : u === asset ? y : 0n)));
          const sold = crossed + sum(trades.map(({ o, given }) => (o === asset ? given : 0n)));
          const bought = crossed + sum(trades.map(({ u, received }) => (u === asset ? received : 0n)));
          expect(sold).toBeLessThanOrEqual(sum(orders.map(({ excess }) => excess)));
          expect(bought).toBeLessThanOrEqual(sum(orders.map(({ deficit }) => deficit)) + dust);
        }
      }),
      RUNS,
    );
  });

  it('brings what the pools pay, one trade after the other, within the impact that each pool may have', () => {
    fc.assert(
      fc.property(roundInputs(5), (input) => {
        const pools = new Map(input.pools.map((pool) => [pool.pool, pool]));
        for (const { o, u, route, given, received } of plan(input).trades) {
          const first = hopIn(pools.get(route[0] ?? ''), o);
          const second = route[1] === undefined ? undefined : hopIn(pools.get(route[1]), first.tokenOut);
          expect((second ?? first).tokenOut).toBe(u);
          const done = tradeOver(second === undefined ? [first.hop] : [first.hop, second.hop], given);
          expect(done.received).toBe(received);
          for (const pool of done.after) pools.set(pool.pool, pool);
          const used = sum(done.after.map((pool) => pool.used));
          // each pool rounds its impact up by less than 1, and 1 - (1 - a)(1 - b) <= a + b
          const square = done.after.map((pool) => pool.used).reduce((product, each) => product * each, 1n) / 10n ** 18n;
          expect(used - (second === undefined ? 0n : square)).toBeLessThanOrEqual(
            Impact.routeLimit(BigInt(route.length), 0n) + 2n,
          );
        }
      }),
      RUNS,
    );
  });

  it('is the same in whatever order indices, orders, pools and assets come', () => {
    fc.assert(
      fc.property(roundInputs(5), fc.infiniteStream(fc.nat()), (input, numbers) => {
        const shuffled = <T>(items: readonly T[]): T[] =>
          items
            .map((item) => ({ item, at: numbers.next().value ?? 0 }))
            .sort((a, b) => a.at - b.at)
            .map(({ item }) => item);
        const other = {
          ...{ now: input.now, pools: shuffled(input.pools) },
          indices: shuffled(input.indices).map((index) => ({ ...index, orders: shuffled(index.orders) })),
          opening: { ...input.opening, assets: shuffled(input.opening.assets) },
        };
        expect(plan(other)).toEqual(plan(input));
      }),
      RUNS,
    );
  });
});
