import type { Day } from '@wicker/core';

/** A fall from a highest closing value. */
export interface Drawdown {
  /** {1} lost of the highest value, above 0. */
  readonly depth: number;
  /** The day of that value: the last one, where it was reached more than once. */
  readonly peak: Day;
  /** The first day of the lowest value. */
  readonly trough: Day;
  /** The first day on which the value was back; null when it never was. */
  readonly recovered: Day | null;
}

/**
 * The deepest fall {1} of closing values below the highest one before (Magdon-Ismail, Atiya, "Maximum Drawdown", Risk 17, 2004); the
 * first of equal ones. Null when no value is below an earlier one.
 *
 * @param values {USD} closing values above 0
 * @param days of the values
 */
export const maxDrawdown = (values: ArrayLike<number>, days: readonly Day[]): Drawdown | null => {
  let [peak, deepest, from, to] = [0, 0, 0, 0];
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    const highest = values[peak] ?? 0;
    if (value >= highest) peak = i;
    else if (1 - value / highest > deepest) [deepest, from, to] = [1 - value / highest, peak, i];
  }
  if (deepest === 0) return null;
  let back = to;
  while (back < values.length && (values[back] ?? 0) < (values[from] ?? 0)) back += 1;
  return {
    depth: deepest,
    peak: days[from] ?? '',
    trough: days[to] ?? '',
    recovered: back < values.length ? (days[back] ?? null) : null,
  };
};

/** How far each closing value {1} is below the highest until then: 0 or more. */
export const drawdowns = (values: ArrayLike<number>): number[] => {
  let highest = 0;
  return Array.from(values, (value) => {
    highest = Math.max(highest, value);
    return 1 - value / highest;
  });
};
