import { describe, expect, it } from 'vitest';
import { week } from '../scenario.fixture.ts';
import { marketOf } from './market.ts';

const scenario = week({
  days: 30,
  stepSeconds: 600,
  market: { correlation: 0.5, jumpsPerYear: 0, baseDeviationBps: 5 },
});
const { steps, ...market } = marketOf(scenario, 7);

/** The path of every asset. */
const pathsOf = (prices: Float64Array): Float64Array[] => {
  const count = prices.length / steps;
  return Array.from({ length: count }, (_, place) => prices.filter((_, i) => i % count === place));
};
const [truth, oracle] = [pathsOf(market.truth), pathsOf(market.oracle)];

const returnsOf = (path: Float64Array | undefined): number[] =>
  Array.from({ length: steps - 1 }, (_, i) => Math.log((path?.[i + 1] ?? 1) / (path?.[i] ?? 1)));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const covariance = (a: readonly number[], b: readonly number[]): number =>
  mean(a.map((value, i) => (value - mean(a)) * ((b[i] ?? 0) - mean(b))));

describe('a market', () => {
  it('moves as its scenario says: volatility and correlation', () => {
    const [, weth, wbtc] = truth.map(returnsOf);
    if (weth === undefined || wbtc === undefined) throw new Error('no paths');
    const year = 31_556_952 / 600;
    expect(Math.sqrt(covariance(weth, weth) * year)).toBeCloseTo(0.7, 1);
    const correlation = covariance(weth, wbtc) / Math.sqrt(covariance(weth, weth) * covariance(wbtc, wbtc));
    expect(correlation).toBeGreaterThan(0.45);
    expect(correlation).toBeLessThan(0.55);
    expect(new Set(truth[0])).toEqual(new Set([1]));
  });

  it('has feeds that lag behind the truth of one step ago by their thresholds at most', () => {
    scenario.assets.forEach(({ deviationBps }, i) => {
      const [path, answers] = [truth[i + 1], oracle[i + 1]];
      for (let step = 1; step < steps; step += 1) {
        const off = Math.abs((path?.[step - 1] ?? 0) / (answers?.[step] ?? 1) - 1);
        expect(off).toBeLessThan(deviationBps / 10_000);
      }
      expect(new Set(answers).size).toBeLessThan(steps / 2);
    });
  });

  it('jumps when it should', () => {
    const largest = (jumps: { jumpsPerYear: number; jumpSize?: number }): number => {
      const { truth: prices, assets } = marketOf(week({ market: jumps }), 1);
      return Math.max(
        ...Array.from(prices, (price, i) => Math.abs(Math.log(price / (prices[i - assets.length] ?? price)))),
      );
    };
    expect(largest({ jumpsPerYear: 300, jumpSize: 0.3 })).toBeGreaterThan(5 * largest({ jumpsPerYear: 0 }));
  });
});
