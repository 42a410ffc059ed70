import { describe, expect, it } from 'vitest';
import { drawdowns } from './statistics/drawdown.ts';
import { momentsOf } from './statistics/moments.ts';
import { dailyReturns } from './statistics/returns.ts';
import { monthlyReturns, relativeStatistics, statisticsOf } from './statistics.ts';

const DAYS = ['2023-01-30', '2023-01-31', '2023-02-01', '2023-02-02', '2023-02-03'];
/** Returns of +10 %, -10 %, +20 %, -5 %. */
const VALUES = [100, 110, 99, 118.8, 112.86];

describe('statistics by hand', () => {
  it('daily returns, their mean and sample deviation', () => {
    const returns = dailyReturns(VALUES);
    for (const [i, value] of [0.1, -0.1, 0.2, -0.05].entries()) expect(returns[i]).toBeCloseTo(value, 14);
    // Mean 0.15 / 4 = 0.0375; squares of the deviations 0.00390625, 0.01890625, 0.02640625, 0.00765625 sum to 0.056875; over 3.
    const { mean, deviation } = momentsOf(returns);
    expect(mean).toBeCloseTo(0.0375, 14);
    expect(deviation).toBeCloseTo(Math.sqrt(0.056875 / 3), 14);
  });

  it('growth, volatility and ratios at 365 days a year', () => {
    const { totalReturn, cagr, volatility, sharpe, sortino } = statisticsOf(VALUES, DAYS, 0);
    expect(totalReturn).toBeCloseTo(0.1286, 14);
    // 1.1286^(365/4)
    expect(cagr).toBeCloseTo(Math.exp((Math.log(1.1286) * 365) / 4) - 1, 6);
    // sqrt(0.056875 / 3 x 365) = 2.63055...
    expect(volatility).toBeCloseTo(2.6305, 3);
    // 0.0375 / 0.137689 x 19.10497 = 5.2033
    expect(sharpe).toBeCloseTo(5.2033, 3);
    // Downside: sqrt((0.01 + 0.0025) / 4) = 0.0559017; 0.0375 / 0.0559017 x 19.10497 = 12.8159
    expect(sortino).toBeCloseTo(12.8159, 3);
  });

  it('takes the risk-free rate off every day', () => {
    const { sharpe, sortino } = statisticsOf(VALUES, DAYS, 0.365);
    // A day 0.001: (0.0375 - 0.001) / 0.137689 x 19.10497
    expect(sharpe).toBeCloseTo(5.0645, 3);
    // Shortfalls 0.101 and 0.051: sqrt((0.010201 + 0.002601) / 4) = 0.0565729
    expect(sortino).toBeCloseTo((0.0365 / 0.0565729) * 19.10497, 3);
  });

  it('a year that doubles has a growth of 100 %', () => {
    const values = Float64Array.from({ length: 366 }, (_, i) => 2 ** (i / 365));
    expect(statisticsOf(values, [], 0).cagr).toBeCloseTo(1, 12);
  });

  it('the deepest fall, with its days', () => {
    const days = ['d0', 'd1', 'd2', 'd3', 'd4', 'd5', 'd6'];
    const { maxDrawdown } = statisticsOf([100, 120, 120, 90, 96, 130, 100], days, 0);
    expect(maxDrawdown).toEqual({ depth: 0.25, peak: 'd2', trough: 'd3', recovered: 'd5' });
    expect(statisticsOf([100, 50, 60], days, 0).maxDrawdown).toMatchObject({ depth: 0.5, recovered: null });
    expect(statisticsOf([1, 1, 2], days, 0).maxDrawdown).toBeNull();
    expect(drawdowns([100, 50, 200])).toEqual([0, 0.5, 0]);
  });

  it('monthly returns: each month against the end of the one before', () => {
    const monthly = monthlyReturns(VALUES, DAYS);
    expect(monthly.map(({ month }) => month)).toEqual(['2023-01', '2023-02']);
    expect(monthly[0]?.return).toBeCloseTo(0.1, 14);
    expect(monthly[1]?.return).toBeCloseTo(0.026, 14);
    expect(monthly.reduce((product, one) => product * (1 + one.return), 1)).toBeCloseTo(1.1286, 14);
  });

  it('tracking error and information ratio', () => {
    // Differences of returns: fund 10 %, 0 %; benchmark 5 %, 1 %: 0.05 and -0.01, mean 0.02, deviation 0.06 / sqrt 2.
    const { trackingError, informationRatio } = relativeStatistics([100, 110, 110], [100, 105, 106.05]);
    expect(trackingError).toBeCloseTo((0.06 / Math.SQRT2) * Math.sqrt(365), 12);
    expect(informationRatio).toBeCloseTo((0.02 * 365) / ((0.06 / Math.SQRT2) * Math.sqrt(365)), 12);
    expect(relativeStatistics([1, 2, 3], [1, 2, 3])).toEqual({ trackingError: 0, informationRatio: null });
    expect(relativeStatistics([1, 2], [1, 2])).toEqual({ trackingError: null, informationRatio: null });
  });

  it('has no ratios to what is only rounding', () => {
    // The same prices counted two ways, and a fee that takes the same part every day.
    const prices = Array.from({ length: 200 }, (_, i) => 3 + Math.sin(i));
    const [ours, theirs] = [prices.map((price) => price * (1e6 / 3)), prices.map((price) => (1e6 * price) / 3)];
    expect(relativeStatistics(ours, theirs)).toEqual({ trackingError: 0, informationRatio: null });
    const fee = Array.from({ length: 200 }, (_, i) => 1e6 * (1 - 2e-5) ** i);
    expect(statisticsOf(fee, [], 0)).toMatchObject({ volatility: 0, sharpe: null });
    expect(
      statisticsOf(
        ours.map((value, i) => (value / (prices[i] ?? 1)) * 3),
        [],
        0,
      ).sortino,
    ).toBeNull();
  });

  it('has no ratios without a deviation', () => {
    expect(statisticsOf([1, 1, 1], DAYS, 0)).toMatchObject({ volatility: 0, sharpe: null, sortino: null });
    expect(statisticsOf([1], DAYS, 0)).toMatchObject({ cagr: null, volatility: null });
  });
});
