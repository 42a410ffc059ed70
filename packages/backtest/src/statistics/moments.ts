/** {1} of daily returns: values that are rounded to doubles tell no smaller deviation from none. */
export const ROUNDING = 1e-14;

/** What ratios are made of. */
export interface Moments {
  /** NaN of nothing. */
  readonly mean: number;
  /** Sample standard deviation; null of fewer than two values. */
  readonly deviation: number | null;
}

/**
 * Arithmetic mean and sample standard deviation: the root of the sum of squared deviations from the mean over n - 1, in two passes
 * (Chan, Golub, LeVeque, "Algorithms for Computing the Sample Variance", The American Statistician 37, 1983, eq. 1.1). A deviation
 * below `ROUNDING` is 0, so that no ratio is made of what is only rounding.
 */
export const momentsOf = (values: Float64Array): Moments => {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  if (values.length < 2) return { mean, deviation: null };
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const deviation = Math.sqrt(squares / (values.length - 1));
  return { mean, deviation: deviation < ROUNDING ? 0 : deviation };
};
