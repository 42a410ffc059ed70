import type { Day } from '@wicker/core';
import { cagr } from './statistics/cagr.ts';
import { type Drawdown, maxDrawdown } from './statistics/drawdown.ts';
import { momentsOf } from './statistics/moments.ts';
import { dailyReturns } from './statistics/returns.ts';
import { sharpe } from './statistics/sharpe.ts';
import { sortino } from './statistics/sortino.ts';
import { volatility } from './statistics/volatility.ts';

export { type MonthlyReturn, monthlyReturns } from './statistics/monthly.ts';
export { type RelativeStatistics, relativeStatistics } from './statistics/relative.ts';
export type { Drawdown };

/** What a series of closing values did, at 365 days a year. Null where a figure is not defined, as a ratio to a deviation of 0. */
export interface Statistics {
  /** {1} over the whole time. */
  readonly totalReturn: number;
  /** {1} a year. */
  readonly cagr: number | null;
  /** {1} a year. */
  readonly volatility: number | null;
  readonly sharpe: number | null;
  readonly sortino: number | null;
  /** Null when no value is below an earlier one. */
  readonly maxDrawdown: Drawdown | null;
}

/**
 * All statistics of one series.
 *
 * @param values {USD} closing values above 0, one a day, at least one
 * @param days of the values
 * @param riskFreeRate {1} a year
 */
export const statisticsOf = (values: ArrayLike<number>, days: readonly Day[], riskFreeRate: number): Statistics => {
  const returns = dailyReturns(values);
  const moments = momentsOf(returns);
  return {
    totalReturn: (values[values.length - 1] ?? 1) / (values[0] ?? 1) - 1,
    cagr: cagr(values),
    volatility: volatility(moments),
    sharpe: sharpe(moments, riskFreeRate),
    sortino: sortino(returns, moments.mean, riskFreeRate),
    maxDrawdown: maxDrawdown(values, days),
  };
};
