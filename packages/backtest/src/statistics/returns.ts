/**
 * Simple daily returns {1}: value / value of the day before - 1.
 *
 * @param values {USD} closing values above 0, one a day
 * @returns one fewer than the values
 */
export const dailyReturns = (values: ArrayLike<number>): Float64Array => {
  const returns = new Float64Array(Math.max(values.length - 1, 0));
  for (let i = 0; i < returns.length; i += 1) returns[i] = (values[i + 1] ?? 0) / (values[i] ?? 1) - 1;
  return returns;
};
