import { Clock, type Pool, planRebalance } from '@wicker/core';
import { describe, expect, it } from 'vitest';
import { keeperTable, measurePlan } from './keeper.ts';
import { keeperCase } from './keeper-case.ts';

const SIZE = { indices: 20, assets: 15, held: [5, 16] } as const;

describe('the benchmark of the planner', () => {
  it('measures a small case and says what its plan does', () => {
    const figures = measurePlan('small', SIZE, 2);
    expect(figures.crosses).toBeGreaterThan(0);
    expect(figures.trades).toBeGreaterThan(0);
    expect(figures.crossed + figures.traded).toBeLessThan(figures.ordered);
    expect(figures.traded).toBeGreaterThan(0);
    expect(Math.min(figures.duration.cold, figures.duration.min)).toBeGreaterThan(0);
    expect(keeperTable([figures])).toContain('traded {USDC}');
  });

  it('plans fills at or above their limits, only of assets with a live price, over listed pools', () => {
    const { indices, pools, opening, now } = keeperCase(SIZE, 3);
    const { trades } = planRebalance(indices, pools, opening, now);
    const assets = new Map(opening.assets.map((asset) => [asset.asset, asset]));
    const names = new Set(pools.map(({ pool }: Pool) => pool));
    expect(trades.length).toBeGreaterThan(0);
    for (const { o, u, route, given, received } of trades) {
      const [sold, bought] = [assets.get(o), assets.get(u)];
      if (sold === undefined || bought === undefined) throw new Error('an unknown asset');
      expect([sold.price, bought.price]).not.toContain(0n);
      expect(route.every((pool) => names.has(pool))).toBe(true);
      const floor = Clock.floorBps(sold.delistedSince, now);
      const factor = Clock.limitFactor(
        Clock.clockFactor(sold.qBps + bought.qBps, now - opening.openedAt),
        Clock.nowFactor(sold.anchor, bought.anchor, sold.price, bought.price, floor),
      );
      expect(received).toBeGreaterThanOrEqual(Clock.minReceived(given, sold.anchor, bought.anchor, factor));
    }
  });

  it('has indices whose orders balance, the same for the same seed', () => {
    const { indices, opening } = keeperCase(SIZE, 5);
    const anchors = new Map(opening.assets.map(({ asset, anchor }) => [asset, Number(anchor) / 2 ** 112]));
    for (const { orders } of indices) {
      const worthOf = (amount: bigint, asset: string): number => Number(amount) * (anchors.get(asset) ?? 0);
      const sold = orders.reduce((sum, { asset, excess }) => sum + worthOf(excess, asset), 0);
      const bought = orders.reduce((sum, { asset, deficit }) => sum + worthOf(deficit, asset), 0);
      // each order that is dust is worth at most 0.01 USDC
      expect(Math.abs(sold - bought)).toBeLessThan(orders.length * 10_000 + sold * 1e-9);
    }
    expect(keeperCase(SIZE, 5)).toEqual(keeperCase(SIZE, 5));
  });
});
