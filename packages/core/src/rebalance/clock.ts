import { ceilDiv, mulDivUp } from '../math/fixed-point.ts';
import { BASIS_POINT, ONE } from '../math/scales.ts';
import { add, div, max, min, mul, sub } from '../math/word.ts';

/** Margin over q at the opening: 20 bp {1e18}. */
export const OPENING_MARGIN = 20n * BASIS_POINT;
/** Fall of the limit per minute: 5 bp {1e18/min}. */
export const FALL_PER_MINUTE = 5n * BASIS_POINT;
/** The floor under the limit: 100 bp below the price of now {bp}; the same again for each day since a delisting. */
export const FLOOR_BPS = 100n;
/** The widest floor of a delisted asset {bp}. */
export const MAX_FLOOR_BPS = 3_000n;

/** The numbers of a clock. */
export interface Numbers {
  /** {1e18} over q at the opening, from -ONE on: a clock that starts at -ONE leaves only the floor, a flat limit */
  readonly openingMargin: bigint;
  /** {1e18/min} */
  readonly fallPerMinute: bigint;
  /** {bp} <= 10 000 below the price of now */
  readonly floorBps: bigint;
}

/** Those of the chain. */
export const CHAIN: Numbers = { openingMargin: OPENING_MARGIN, fallPerMinute: FALL_PER_MINUTE, floorBps: FLOOR_BPS };

const MINUTE = 60n;
const DAY = 86_400n;

/**
 * The factor of the clock {1e18}: 1 + q + 20 bp - 5 bp per minute, not below 0; rounded up (docs/rules.md 6).
 *
 * @param qBps deviation thresholds of both feeds, summed {bp}
 * @param elapsed {s} since the opening of the epoch
 * @param numbers of the clock; those of the chain unless others are tried
 * @throws {MathError} OVERFLOW
 */
export const clockFactor = (qBps: bigint, elapsed: bigint, { openingMargin, fallPerMinute } = CHAIN): bigint => {
  const start = add(ONE + openingMargin, mul(qBps, BASIS_POINT));
  const fall = mul(fallPerMinute, elapsed) / MINUTE;
  return fall < start ? start - fall : 0n;
};

/**
 * The factor {1e18} that stands for the price of now less the floor, against the anchor; rounded up (docs/rules.md 6).
 *
 * @param anchorO {base/o} UQ112 > 0, the asset sold
 * @param anchorU {base/u} UQ112, the asset bought
 * @param nowO {base/o} UQ112
 * @param nowU {base/u} UQ112 > 0
 * @param floorBps_ {bp} <= 10 000
 * @throws {MathError} OVERFLOW, DIVISION_BY_ZERO
 */
export const nowFactor = (anchorO: bigint, anchorU: bigint, nowO: bigint, nowU: bigint, floorBps_: bigint): bigint =>
  mulDivUp(mul(nowO, anchorU), mul(sub(10_000n, floorBps_), BASIS_POINT), mul(nowU, anchorO));

/** The factor that binds {1e18}: the higher of `clockFactor` and `nowFactor`. */
export const limitFactor = (clockFactor_: bigint, nowFactor_: bigint): bigint => max(clockFactor_, nowFactor_);

/**
 * The factor {1e18} below which a fill loses: the price of now against the anchor, at least the anchor; rounded up
 * (docs/rules.md 6).
 *
 * @param anchorO {base/o} UQ112 > 0, the asset sold
 * @param anchorU {base/u} UQ112, the asset bought
 * @param nowO {base/o} UQ112
 * @param nowU {base/u} UQ112 > 0
 * @throws {MathError} OVERFLOW, DIVISION_BY_ZERO
 */
export const fairFactor = (anchorO: bigint, anchorU: bigint, nowO: bigint, nowU: bigint): bigint =>
  limitFactor(ONE, nowFactor(anchorO, anchorU, nowO, nowU, 0n));

/**
 * The least {u} that `given` of o must bring, rounded up (docs/rules.md 6).
 *
 * @param given {o} < 2^112
 * @param anchorO {base/o} UQ112
 * @param anchorU {base/u} UQ112 > 0
 * @param factor {1e18}
 * @throws {MathError} OVERFLOW, DIVISION_BY_ZERO
 */
export const minReceived = (given: bigint, anchorO: bigint, anchorU: bigint, factor: bigint): bigint =>
  mulDivUp(mul(given, anchorO), factor, mul(ONE, anchorU));

/**
 * The price of o at a factor of the anchor {base/o} UQ112, rounded up: what `maxGiven` divides by (docs/rules.md 6).
 *
 * @param anchorO {base/o} UQ112 > 0
 * @param factor {1e18} > 0
 * @throws {MathError} OVERFLOW
 */
export const rateUp = (anchorO: bigint, factor: bigint): bigint => ceilDiv(mul(anchorO, factor), ONE);

/**
 * How much of o {o} may be given so that `received` of u pays for it: minReceived(maxGiven(r)) <= r (docs/rules.md 6). The rate
 * is rounded up, so it misses the largest such amount by at most 2^-40 of itself.
 *
 * @param received {u} < 2^112
 * @param anchorO {base/o} UQ112 > 0
 * @param anchorU {base/u} UQ112
 * @param factor {1e18} > 0: a factor of 0 has no largest
 * @throws {MathError} OVERFLOW, DIVISION_BY_ZERO
 */
export const maxGiven = (received: bigint, anchorO: bigint, anchorU: bigint, factor: bigint): bigint =>
  div(mul(received, anchorU), rateUp(anchorO, factor));

/**
 * Whether mirror orders may cross at the anchor: the clocks of both directions have come down to it, after 24 minutes for
 * q = 100 bp (docs/rules.md 6).
 *
 * @param qBps {bp}
 * @param elapsed {s}
 * @throws {MathError} OVERFLOW
 */
export const crossOpen = (qBps: bigint, elapsed: bigint, numbers = CHAIN): boolean =>
  clockFactor(qBps, elapsed, numbers) <= ONE;

/**
 * The first moment {s} since the opening of the epoch at which `crossOpen` says yes (docs/rules.md 6).
 *
 * @param qBps {bp}
 * @throws {MathError} OVERFLOW
 */
export const crossesAfter = (qBps: bigint): bigint =>
  ceilDiv(mul(add(OPENING_MARGIN, mul(qBps, BASIS_POINT)), MINUTE), FALL_PER_MINUTE);

/**
 * How far below the price of now a limit may fall {bp}: 100; for a delisted asset 100 a day (counted by the second) since its
 * delisting, at least 100 and at most 3 000, floored (docs/rules.md 6).
 *
 * @param delistedSince {s} timestamp of the delisting, 0 for a listed asset
 * @param now {s} >= delistedSince
 * @throws {MathError} OVERFLOW
 */
export const floorBps = (delistedSince: bigint, now: bigint, { floorBps: floor } = CHAIN): bigint => {
  if (delistedSince === 0n) return floor;
  const wide = mul(FLOOR_BPS, sub(now, delistedSince)) / DAY;
  return max(floor, min(wide, MAX_FLOOR_BPS));
};
