import type { Moments } from './moments.ts';
import { DAYS_A_YEAR } from './year.ts';

/**
 * Sharpe ratio a year: mean of the daily returns above the risk-free ones, over their sample standard deviation, times the root of
 * 365 (Sharpe, "The Sharpe Ratio", Journal of Portfolio Management 21, 1994, ex post ratio). The risk-free return of a day is the
 * yearly rate / 365. Null without a deviation.
 *
 * @param moments of the daily returns
 * @param riskFreeRate {1} a year
 */
export const sharpe = ({ mean, deviation }: Moments, riskFreeRate: number): number | null =>
  deviation === null || deviation === 0
    ? null
    : ((mean - riskFreeRate / DAYS_A_YEAR) / deviation) * Math.sqrt(DAYS_A_YEAR);
