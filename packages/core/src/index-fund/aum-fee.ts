import { MathError } from '../math/errors.ts';
import { mulDivDown, rpow } from '../math/fixed-point.ts';
import { ONE, RAY } from '../math/scales.ts';
import { word } from '../math/word.ts';

/** A mean Gregorian year {s}. */
export const YEAR = 31_556_952n;
/** The highest rate: 10 % a year {ray/s}. */
export const MAX_RATE = 1_000_000_003_338_741_835_197_267_525n;
/** The highest yearly fee {1e18}: 10 %. */
export const MAX_YEARLY = 10n ** 17n;

/** @throws {MathError} RATE_OUT_OF_RANGE unless the rate is in RAY .. MAX_RATE {ray/s} */
export const requireRate = (rate: bigint): void => {
  if (rate < RAY || rate > MAX_RATE) {
    const message = `a rate of ${rate} per second is outside ${RAY} .. ${MAX_RATE}`;
    throw new MathError('RATE_OUT_OF_RANGE', message, 'a management fee is 0 to 10 % a year; see ratePerSecond');
  }
};

/**
 * Shares that the management fee adds over `elapsed` seconds, floored: supply * (rate^elapsed - 1) (docs/rules.md 3).
 *
 * @param supply {share} at the last settlement
 * @param rate {ray/s} in RAY .. MAX_RATE
 * @param elapsed {s}
 * @returns {share}
 * @throws {MathError} RATE_OUT_OF_RANGE, POWER_OVERFLOW, OVERFLOW
 */
export const fee = (supply: bigint, rate: bigint, elapsed: bigint): bigint => {
  requireRate(rate);
  return mulDivDown(supply, rpow(rate, elapsed) - RAY, RAY);
};

/**
 * The part d of the holders' assets that a rate takes in one year {ray}: 1 - 1 / rate^YEAR, rounded up, so that a fee is
 * never shown smaller than it is.
 *
 * @param rate {ray/s} in RAY .. MAX_RATE
 * @throws {MathError} RATE_OUT_OF_RANGE
 */
export const yearlyFraction = (rate: bigint): bigint => {
  requireRate(rate);
  return RAY - (RAY * RAY) / rpow(rate, YEAR);
};

/** x^n at `scale`, each product rounded towards 0 (round = 0) or away from it (round = scale - 1): a bound of the true power. */
const boundOfPower = (x: bigint, n: bigint, scale: bigint, round: bigint): bigint => {
  let base = x;
  let power = scale;
  for (let rest = n; rest !== 0n; rest >>= 1n) {
    if ((rest & 1n) !== 0n) power = (power * base + round) / scale;
    base = (base * base + round) / scale;
  }
  return power;
};

/** Whether rate^YEAR <= 1 / (1 - yearly), decided by bounds of the power that are narrowed until they agree. */
const isWithin = (rate: bigint, yearly: bigint): boolean => {
  for (let scale = RAY ** 2n; ; scale *= RAY) {
    const x = (rate * scale) / RAY;
    const target = ONE * scale;
    if (boundOfPower(x, YEAR, scale, scale - 1n) * (ONE - yearly) <= target) return true;
    if (boundOfPower(x, YEAR, scale, 0n) * (ONE - yearly) > target) return false;
  }
};

/**
 * The rate per second {ray/s} with which holders end the year with 1 - d: floor((1 / (1 - d))^(1 / YEAR)), exact to the last
 * digit (docs/rules.md 3).
 *
 * @param yearly d {1e18} in 0 .. MAX_YEARLY
 * @throws {MathError} YEARLY_FEE_OUT_OF_RANGE
 * @example
 * ratePerSecond(10n ** 16n); // 1 % a year: 1000000000318482464817954188n
 */
export const ratePerSecond = (yearly: bigint): bigint => {
  if (word(yearly) > MAX_YEARLY) {
    const message = `a yearly fee of ${yearly} (1e18 = 100 %) is above ${MAX_YEARLY}`;
    throw new MathError('YEARLY_FEE_OUT_OF_RANGE', message, 'a management fee is at most 10 % a year');
  }
  let low = RAY; // within for every d >= 0
  let high = RAY + (1n << 62n); // about 15 % a year: within for no d <= 10 %
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (isWithin(middle, yearly)) low = middle;
    else high = middle;
  }
  return low;
};
