import type { Branded } from '../brand.ts';
import { BP } from '../index-fund/shares.ts';
import { MathError } from '../math/errors.ts';
import { min } from '../math/word.ts';

const DAY = 86_400n;

interface TargetTerms {
  /** Part of a pool that shall be placed {bp}. */
  readonly targetBps: bigint;
  /** How fast the part moves there, up or down {bp/day}. */
  readonly stepBps: bigint;
  /** The part at `since` {bp}. */
  readonly fromBps: bigint;
  /** {s} when it was set up */
  readonly since: bigint;
}

/** What part of a pool shall be placed, and how fast it gets there (docs/rules.md 10). */
export type Target = Branded<TargetTerms, 'Target'>;

/**
 * A target, checked. The first step counts from the day of `since`.
 *
 * @throws {MathError} OUT_OF_RANGE
 */
export const target = ({ targetBps, stepBps, fromBps, since }: TargetTerms): Target => {
  const parts = [targetBps, fromBps].every((part) => part >= 0n && part <= BP);
  if (!parts || stepBps <= 0n || stepBps > BP || since < 0n)
    throw new MathError(
      'OUT_OF_RANGE',
      `a target of ${targetBps} bp from ${fromBps} bp by ${stepBps} bp a day is outside its range`,
      'give parts from 0 to 10 000 bp, a step from 1 to 10 000 bp a day and a time in seconds',
    );
  return { targetBps, stepBps, fromBps, since } as Target;
};

/**
 * The part that shall be placed at `now` {bp}: a step a day from where it began to the target, counted by the second, each way
 * cut off towards the beginning (docs/rules.md 10). It depends on the time alone: nobody gains by when a keeper calls.
 *
 * @param now {s} >= since
 * @throws {MathError} OUT_OF_RANGE before `since`
 */
export const shareAt = ({ targetBps, stepBps, fromBps, since }: Target, now: bigint): bigint => {
  if (now < since)
    throw new MathError(
      'OUT_OF_RANGE',
      `${now} is before the target was set up, ${since}`,
      'give the time of the block',
    );
  const moved = (stepBps * (now - since)) / DAY;
  return targetBps >= fromBps ? fromBps + min(moved, targetBps - fromBps) : fromBps - min(moved, fromBps - targetBps);
};

/**
 * The target anew, from the part that the old one has reached at `now` (docs/rules.md 10).
 *
 * @throws {MathError} OUT_OF_RANGE
 */
export const retarget = (old: Target, next: { targetBps: bigint; stepBps: bigint; now: bigint }): Target =>
  target({ targetBps: next.targetBps, stepBps: next.stepBps, fromBps: shareAt(old, next.now), since: next.now });
