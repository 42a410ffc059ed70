import { MathError } from '../math/errors.ts';
import { ceilDiv } from '../math/fixed-point.ts';
import { add, min } from '../math/word.ts';

/** How long a gain takes to enter the price {s}: 24 h. */
export const DRIP_PERIOD = 86_400n;

/**
 * A gain on its way into the price: it enters evenly from `since` to `until` (docs/rules.md 2). What has entered depends on the
 * time alone, never on how often somebody looked.
 */
export interface Drip {
  /** {tok} */
  readonly total: bigint;
  /** {s} */
  readonly since: bigint;
  /** {s} >= since */
  readonly until: bigint;
  /** {s} up to when it is counted, >= since */
  readonly settledAt: bigint;
}

/** Nothing on its way. @param now {s} */
export const noDrip = (now: bigint): Drip => ({ total: 0n, since: now, until: now, settledAt: now });

/** {tok} not entered at a time {s} >= since, ceiled: what enters is floored. */
const leftAt = ({ total, since, until }: Drip, at: bigint): bigint =>
  at >= until ? 0n : total - (total * (at - since)) / (until - since);

/** {tok} on its way when it was last counted: the pool has it, the price does not. */
export const undripped = (drip: Drip): bigint => leftAt(drip, drip.settledAt);

/** A drip counted up to a time. */
export interface Dripped {
  readonly drip: Drip;
  /** {tok} that entered since the last count */
  readonly entered: bigint;
}

/**
 * The drip at `now`, and what entered since it was last counted (docs/rules.md 2).
 *
 * @param now {s}
 * @throws {MathError} TIME_RUNS_BACKWARDS
 */
export const dripped = (drip: Drip, now: bigint): Dripped => {
  if (now < drip.settledAt)
    throw new MathError(
      'TIME_RUNS_BACKWARDS',
      `the pool was counted at ${drip.settledAt}, after ${now}`,
      'give the time of the block, in seconds',
    );
  return { drip: { ...drip, settledAt: now }, entered: undripped(drip) - leftAt(drip, now) };
};

/**
 * The drip with a further gain: what is left of both enters evenly until the average of their ends, each weighted by its
 * amount, rounded up (docs/rules.md 2). A gain of dust so delays nothing.
 *
 * @param gain {tok}
 * @throws {MathError} OVERFLOW
 */
export const joined = (drip: Drip, gain: bigint): Drip => {
  const now = drip.settledAt;
  const left = undripped(drip);
  const total = add(left, gain);
  const period = left === 0n ? DRIP_PERIOD : ceilDiv(left * (drip.until - now) + gain * DRIP_PERIOD, total);
  return { total, since: now, until: now + period, settledAt: now };
};

/** What a loss leaves of a drip. */
export interface Absorbed {
  readonly drip: Drip;
  /** {tok} of the loss that is left for the price */
  readonly rest: bigint;
}

/** The drip after a loss {tok}, which takes first what has not entered yet (docs/rules.md 2). */
export const absorbed = (drip: Drip, loss: bigint): Absorbed => {
  const left = undripped(drip);
  const taken = min(left, loss);
  const now = drip.settledAt;
  const rest = loss - taken;
  if (taken === left) return { drip: noDrip(now), rest };
  return { drip: { total: left - taken, since: now, until: drip.until, settledAt: now }, rest };
};
