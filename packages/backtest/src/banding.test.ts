import { describe, expect, it } from 'vitest';
import { backtest } from './backtest.ts';
import { DEEP, methodologyOf, randomTable, tableOf } from './table.fixture.ts';

/** Two halves from 2023-02-01, day 31, on; a is worth `factor` from day 33 on. */
const jumping = (factor: number) => {
  const table = tableOf('2023-01-01', 38, { a: { price: (day) => (day < 33 ? 1 : factor) }, b: { price: () => 1 } });
  return backtest({ methodology: methodologyOf(), table, settings: { ...DEEP, rebalancing: 'bands' } });
};

describe('rebalancing by bands (docs/rules.md 7), 5 % and 25 % while there are few observations', () => {
  it('a weight near its target is left alone: 0.5122 of 0.5', () => {
    expect(jumping(1.05).rebalances).toHaveLength(1);
  });

  it('a weight between the bounds is traded to its target: 0.5283', () => {
    const { rebalances, nav } = jumping(1.12);
    expect(rebalances.map(({ day, reason }) => [day, reason])).toEqual([
      ['2023-02-01', 'start'],
      ['2023-02-03', 'bands'],
    ]);
    for (const { after } of rebalances[1]?.assets ?? []) expect(after).toBeCloseTo(0.5, 12);
    expect(rebalances[1]?.assets.find(({ id }) => id === 'a')?.before).toBeCloseTo(1.12 / 2.12, 12);
    expect(nav.gross.at(-1)).toBeCloseTo(1_060_000, 6);
  });

  it('a weight beyond the far bound waits for a day, then acts at half size: 0.6296', () => {
    const { rebalances } = jumping(1.7);
    const weight = 1.7 / 2.7;
    expect(rebalances.map(({ day, reason }) => [day, reason])).toEqual([
      ['2023-02-01', 'start'],
      ['2023-02-04', 'bands'],
      ['2023-02-05', 'bands'],
    ]);
    expect(rebalances[1]?.assets[0]?.after).toBeCloseTo(weight - (weight - 0.5) / 2, 12);
    expect(rebalances[2]?.assets[0]?.after).toBeCloseTo(0.5, 12);
  });

  it('trades never past a target, and the ledger sums to gross less net', () => {
    const costs = { poolFeeBps: 30, gasUsdPerTrade: 10, managementFee: 0.01 };
    const methodology = methodologyOf({ weights: { by: 'market-cap', cap: 0.4, floor: 0.01 }, costs });
    const { rebalances, nav, ledger } = backtest({
      methodology,
      table: randomTable(5, 200, 8),
      settings: { rebalancing: 'bands' },
    });
    const targets = new Map<string, number>();
    let traded = 0;
    for (const { reason, assets } of rebalances) {
      for (const { id, before, after } of assets) {
        const target = targets.get(id) ?? 0;
        if (reason === 'bands') {
          traded += 1;
          // Targets are kept to 1e-18, weights to a double.
          expect(Math.abs(after - target)).toBeLessThanOrEqual(Math.abs(before - target) + 1e-12);
          expect((after - target) * (before - target)).toBeGreaterThanOrEqual(-1e-12);
        } else if (reason === 'delisting' && after === 0) {
          const left = 1 - (targets.get(id) ?? 0);
          targets.delete(id);
          for (const [other, target] of targets) targets.set(other, target / left);
        } else if (reason !== 'delisting') targets.set(id, after);
      }
    }
    expect(traded).toBeGreaterThan(50);
    const lost = (nav.gross.at(-1) ?? 0) - (nav.net.at(-1) ?? 0);
    expect(Math.abs(ledger.reduce((sum, { shortfallUsd }) => sum + shortfallUsd, 0) / lost - 1)).toBeLessThan(1e-12);
  });
});
