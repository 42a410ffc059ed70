import type { Branded } from '../brand.ts';
import { DaoError } from './errors.ts';

/** A value from a moment on {s}, until the next checkpoint. */
export interface Checkpoint {
  readonly at: bigint;
  readonly value: bigint;
}

/** How a value changed, in strictly ascending time; made by `record` alone. */
export type Checkpoints = Branded<readonly Checkpoint[], 'Checkpoints'>;

/** A value that was 0 since ever. */
export const EMPTY = [] as readonly Checkpoint[] as Checkpoints;

/**
 * Notes a value from `at` on. Within one second the last value stands: what was there in between never was (docs/rules.md 12).
 *
 * @throws {DaoError} TIME_WENT_BACK when `at` is before the last checkpoint
 */
export const record = (history: Checkpoints, { at, value }: Checkpoint): Checkpoints => {
  const last = history.at(-1);
  if (last !== undefined && at < last.at) {
    throw new DaoError(
      'TIME_WENT_BACK',
      `${at} is before the last change at ${last.at}`,
      'give changes in their order',
    );
  }
  const before = last?.at === at ? history.slice(0, -1) : history;
  return [...before, { at, value }] as readonly Checkpoint[] as Checkpoints;
};

/** How many checkpoints are not after `at`: by halves, since they ascend. */
const countUpTo = (history: Checkpoints, at: bigint): number => {
  let [low, high] = [0, history.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((history[middle]?.at ?? 0n) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * The value at the end of a second that is over (docs/rules.md 12). The second of now is not: a later transaction of the same
 * block may still change it, so a stake lent for one transaction is never seen.
 *
 * @param at {s} the moment asked for, before now
 * @param now {s}
 * @throws {DaoError} NOT_YET_PAST unless at < now
 */
export const valueAt = (history: Checkpoints, { at, now }: { readonly at: bigint; readonly now: bigint }): bigint => {
  if (at >= now) {
    throw new DaoError('NOT_YET_PAST', `the second ${at} is not over at ${now}`, 'ask for a moment before now');
  }
  return history[countUpTo(history, at) - 1]?.value ?? 0n;
};
