import type { Day } from '@wicker/core';

/** The return {1} of a month, or of the part of it that the series covers. */
export interface MonthlyReturn {
  /** `YYYY-MM` */
  readonly month: string;
  readonly return: number;
}

/**
 * The returns {1} of months: the last closing value of each against the last of the month before; the first month against the first
 * value. Multiplied together they are the return of the whole time (time-weighted returns are linked geometrically, Bacon 2008, ch. 2).
 *
 * @param values {USD} closing values above 0
 * @param days of the values
 */
export const monthlyReturns = (values: ArrayLike<number>, days: readonly Day[]): MonthlyReturn[] => {
  const closing = new Map(days.map((day, i) => [day.slice(0, 7), values[i] ?? 0]));
  let before = values[0] ?? 1;
  return [...closing].map(([month, value]) => {
    const gained = value / before - 1;
    before = value;
    return { month, return: gained };
  });
};
