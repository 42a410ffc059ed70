import { DAYS_A_YEAR } from './year.ts';

/**
 * Compound annual growth rate {1}: (last / first)^(365 / days) - 1 (Bacon, "Practical Portfolio Performance Measurement and
 * Attribution", 2nd ed., 2008, ch. 2, annualised return). Null when there is no day between first and last.
 *
 * @param values {USD} closing values above 0, one a day
 */
export const cagr = (values: ArrayLike<number>): number | null => {
  const days = values.length - 1;
  if (days < 1) return null;
  return ((values[days] ?? 0) / (values[0] ?? 1)) ** (DAYS_A_YEAR / days) - 1;
};
