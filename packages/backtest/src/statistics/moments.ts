/** Arithmetic mean; NaN of nothing. */
export const mean = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] ?? 0;
  return sum / values.length;
};

/** {1} of daily returns: values that are rounded to doubles tell no smaller deviation from none. */
export const ROUNDING = 1e-14;

/**
 * Sample standard deviation: the root of the sum of squared deviations from the mean over n - 1, in two passes
 * (Chan, Golub, LeVeque, "Algorithms for Computing the Sample Variance", The American Statistician 37, 1983, eq. 1.1). Null of fewer
 * than two values; 0 below `ROUNDING`, so that no ratio is made of what is only rounding.
 */
export const sampleDeviation = (values: ArrayLike<number>): number | null => {
  if (values.length < 2) return null;
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) squares += ((values[i] ?? 0) - centre) ** 2;
  const deviation = Math.sqrt(squares / (values.length - 1));
  return deviation < ROUNDING ? 0 : deviation;
};
