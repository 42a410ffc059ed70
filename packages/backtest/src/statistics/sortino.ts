import { ROUNDING } from './moments.ts';
import { DAYS_A_YEAR } from './year.ts';

/**
 * Sortino ratio a year: mean of the daily returns above the target, over the downside deviation, times the root of 365. The target is
 * the risk-free rate / 365; the downside deviation is the root of the mean, over all days, of the squares of the shortfalls below it
 * (Sortino, Price, "Performance Measurement in a Downside Risk Framework", Journal of Investing 3, 1994). Null without a shortfall.
 *
 * @param riskFreeRate {1} a year
 */
export const sortino = (returns: Float64Array, mean: number, riskFreeRate: number): number | null => {
  const target = riskFreeRate / DAYS_A_YEAR;
  let squares = 0;
  for (const value of returns) squares += Math.min(value - target, 0) ** 2;
  const downside = Math.sqrt(squares / returns.length);
  // Of no returns it is NaN.
  if (!(downside >= ROUNDING)) return null;
  return ((mean - target) / downside) * Math.sqrt(DAYS_A_YEAR);
};
