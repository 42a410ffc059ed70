import type { Moments } from './moments.ts';
import { DAYS_A_YEAR } from './year.ts';

/**
 * Volatility {1} a year: the sample standard deviation of daily returns times the root of 365 (Bacon 2008, ch. 4, annualised
 * risk). Null of fewer than two returns.
 */
export const volatility = ({ deviation }: Moments): number | null =>
  deviation === null ? null : deviation * Math.sqrt(DAYS_A_YEAR);
