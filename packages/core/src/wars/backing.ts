import { max, min } from '../math/word.ts';

/** What one backer, or all of one side, put in, and how long it has been there. */
export interface Backing {
  /** {share} */
  readonly amount: bigint;
  /** {share s} up to `countedTo` */
  readonly weight: bigint;
  /** {s} */
  readonly countedTo: bigint;
}

/** From the fixed start to the fixed end {s}. */
export interface Term {
  readonly startAt: bigint;
  readonly endAt: bigint;
}

/** Nothing backed. */
export const NO_BACKING: Backing = { amount: 0n, weight: 0n, countedTo: 0n };

/**
 * Counts size by time up to now: amount times the seconds between the fixed start and the fixed end (docs/rules.md 13). Exact: the
 * weights of the backers sum to the weight of their side.
 *
 * @param now {s} not before `countedTo`
 */
export const countTo = (backing: Backing, { startAt, endAt }: Term, now: bigint): Backing => {
  const within = (moment: bigint): bigint => max(startAt, min(moment, endAt));
  const seconds = within(now) - within(backing.countedTo);
  return { amount: backing.amount, weight: backing.weight + backing.amount * seconds, countedTo: now };
};
