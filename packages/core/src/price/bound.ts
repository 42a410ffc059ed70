/**
 * An aggregator's bound as a small float, so that both bounds of a feed fit in its slot on chain (docs/rules.md 5): 12-bit
 * mantissa in bits 8 .. 19, 8-bit exponent in bits 0 .. 7. Up to 4 095 exact, beyond at most 1/2 048 off.
 */
import { word } from '../math/word.ts';

const MANTISSA_BITS = 12n;
const EXPONENT_BITS = 8n;
const EXPONENT_MASK = (1n << EXPONENT_BITS) - 1n;

/** The smallest exponent that lets `value` fit in the mantissa. */
const exponentOf = (value: bigint): bigint => {
  const over = BigInt(word(value).toString(2).length) - MANTISSA_BITS;
  return over > 0n ? over : 0n;
};

/** The largest float not above `value`. @throws {MathError} OVERFLOW */
export const encodeDown = (value: bigint): bigint => {
  const exponent = exponentOf(value);
  return ((value >> exponent) << EXPONENT_BITS) | exponent;
};

/** The smallest float not below `value`. @throws {MathError} OVERFLOW */
export const encodeUp = (value: bigint): bigint => {
  const exponent = exponentOf(value);
  const floor = value >> exponent;
  const mantissa = floor << exponent === value ? floor : floor + 1n;
  // One more than 4 095 is 2^12: half of it at the next exponent.
  if (mantissa >> MANTISSA_BITS === 0n) return (mantissa << EXPONENT_BITS) | exponent;
  return ((mantissa >> 1n) << EXPONENT_BITS) | (exponent + 1n);
};

/** The value of a float. What passes 256 bits is cut off, as on chain; the bounds of answers, below 2^96, never do. */
export const decode = (bound: bigint): bigint =>
  BigInt.asUintN(256, (bound >> EXPONENT_BITS) << (bound & EXPONENT_MASK));
