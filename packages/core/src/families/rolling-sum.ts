import { FamilyError } from './errors.ts';

/**
 * What was used of an allowance, counted in buckets of time: the sum over the last `count` buckets, the one of now among them. Any
 * `count - 1` buckets of time on end lie within `count` buckets, so no such time ever sees more than the allowance, not even
 * across midnight.
 */
export interface RollingSum {
  /** {s} length of a bucket, > 0 */
  readonly seconds: bigint;
  /** > 1 */
  readonly count: bigint;
  /** Oldest first, at most `count`. */
  readonly buckets: readonly { readonly number: bigint; readonly sum: bigint }[];
}

/** An unused allowance. */
export const empty = ({ seconds, count }: { readonly seconds: bigint; readonly count: bigint }): RollingSum => ({
  seconds,
  count,
  buckets: [],
});

/** What was used up to a moment {s}, in the unit of what was added. */
export const used = ({ seconds, count, buckets }: RollingSum, at: bigint): bigint =>
  buckets.filter(({ number }) => number > at / seconds - count).reduce((total, { sum }) => total + sum, 0n);

/** The allowance with more used at a moment {s}. @throws {FamilyError} TIME_RUNS_BACK before the last bucket */
export const add = (sum: RollingSum, { at, amount }: { readonly at: bigint; readonly amount: bigint }): RollingSum => {
  const now = at / sum.seconds;
  const last = sum.buckets.at(-1);
  if (last !== undefined && last.number > now) {
    throw new FamilyError('TIME_RUNS_BACK', `${at} lies before what was added last`, 'give times in their order');
  }
  const earlier = sum.buckets.filter(({ number }) => number > now - sum.count && number !== now);
  const already = last?.number === now ? last.sum : 0n;
  return { ...sum, buckets: [...earlier, { number: now, sum: already + amount }] };
};
