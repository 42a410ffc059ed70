import type { Estimate } from '../result.ts';

/** 97.5 % quantiles of Student's t for 1, 2, ... degrees of freedom (any table of statistics). */
const T = [
  ...[12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131],
  ...[2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042],
];
/** The same for more: that of the normal distribution. */
const NORMAL = 1.96;

export const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean of figures, one of each seed, with its interval of 95 %. */
export const estimate = (values: readonly number[]): Estimate => {
  const mean = meanOf(values);
  const free = values.length - 1;
  if (free < 1) return { mean, within: 0 };
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / free;
  return { mean, within: (T[free - 1] ?? NORMAL) * Math.sqrt(variance / values.length) };
};

/** A quantile {1} of figures, in any order; the nearest rank. */
export const quantile = (values: readonly number[], part: number): number => {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
};
