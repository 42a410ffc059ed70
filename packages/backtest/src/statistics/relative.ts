import { momentsOf } from './moments.ts';
import { dailyReturns } from './returns.ts';
import { DAYS_A_YEAR } from './year.ts';

/** How a fund did against a benchmark. Null where a figure is not defined. */
export interface RelativeStatistics {
  /** {1} a year. */
  readonly trackingError: number | null;
  readonly informationRatio: number | null;
}

/**
 * Tracking error {1} a year: the sample standard deviation of the differences between the daily returns of fund and benchmark, times
 * the root of 365; information ratio: 365 times their mean, over it (Grinold, Kahn, "Active Portfolio Management", 2nd ed., 2000,
 * ch. 5, ex post). Null without a deviation.
 *
 * @param fund {USD} closing values above 0
 * @param benchmark {USD} closing values above 0 of the same days
 */
export const relativeStatistics = (fund: ArrayLike<number>, benchmark: ArrayLike<number>): RelativeStatistics => {
  const theirs = dailyReturns(benchmark);
  const active = dailyReturns(fund).map((ours, i) => ours - (theirs[i] ?? 0));
  const { mean, deviation } = momentsOf(active);
  if (deviation === null) return { trackingError: null, informationRatio: null };
  const trackingError = deviation * Math.sqrt(DAYS_A_YEAR);
  return {
    trackingError,
    informationRatio: trackingError === 0 ? null : (mean * DAYS_A_YEAR) / trackingError,
  };
};
