import { MathError } from '../math/errors.ts';
import { mulDivDown } from '../math/fixed-point.ts';
import { BASIS_POINT, ONE } from '../math/scales.ts';
import { min } from '../math/word.ts';

/** Reserve mints of a day, of NAV {1e18}: 5 %. */
export const MINTS_A_DAY = 500n * BASIS_POINT;
/** Reserve mints, and reserve redemptions, of a day while value is in flight, of NAV {1e18}: 1 %. */
export const WHILE_IN_FLIGHT = 100n * BASIS_POINT;

const DAY = 86_400n;

/** What a UTC day has used of its limit. */
export interface DailyUse {
  /** Days since 1970. */
  readonly day: bigint;
  /** {base} NAV at the first use of the day. */
  readonly nav: bigint;
  /** {base} */
  readonly used: bigint;
}

/** Nothing was used yet. */
export const UNUSED: DailyUse = { day: 0n, nav: 0n, used: 0n };

/** A limit at a moment. */
export interface Limit {
  /** {1e18} of NAV */
  readonly part: bigint;
  /** {base} */
  readonly nav: bigint;
  /** {s} timestamp */
  readonly now: bigint;
}

const today = (use: DailyUse, { nav, now }: Limit): DailyUse => {
  const day = now / DAY;
  if (day < use.day) {
    throw new MathError(
      'OVERFLOW',
      `${now} is before the day ${use.day} of the last use`,
      'give the time of the chain',
    );
  }
  return day === use.day ? use : { day, nav, used: 0n };
};

/**
 * What may still be used today {base}: the part of NAV, floored, less what was used. The NAV is the lower of now and of the
 * first use of the day, so that mints do not widen their own limit (docs/rules.md 11).
 *
 * @throws {MathError} OVERFLOW
 */
export const room = (use: DailyUse, limit: Limit): bigint => {
  const { nav, used } = today(use, limit);
  const whole = mulDivDown(min(nav, limit.nav), limit.part, ONE);
  return whole > used ? whole - used : 0n;
};

/** The use with `amount` {base} more. @throws {MathError} OVERFLOW */
export const record = (use: DailyUse, amount: bigint, limit: Limit): DailyUse => {
  const { day, nav, used } = today(use, limit);
  return { day, nav, used: used + amount };
};
