import { mean, sampleDeviation } from './moments.ts';
import { DAYS_A_YEAR } from './year.ts';

/**
 * Sharpe ratio a year: mean of the daily returns above the risk-free ones, over their sample standard deviation, times the root of
 * 365 (Sharpe, "The Sharpe Ratio", Journal of Portfolio Management 21, 1994, ex post ratio). The risk-free return of a day is the
 * yearly rate / 365. Null without a deviation.
 *
 * @param riskFreeRate {1} a year
 */
export const sharpe = (returns: ArrayLike<number>, riskFreeRate: number): number | null => {
  const deviation = sampleDeviation(returns);
  if (deviation === null || deviation === 0) return null;
  return ((mean(returns) - riskFreeRate / DAYS_A_YEAR) / deviation) * Math.sqrt(DAYS_A_YEAR);
};
