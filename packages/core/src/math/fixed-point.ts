import { MathError } from './errors.ts';
import { RAY } from './scales.ts';
import { div, word } from './word.ts';

/** Half of RAY {ray}: added before each division of `rpow`, so that it rounds to the nearest. */
const HALF_RAY = RAY / 2n;

/** Factors of `rpow` stay below this, so that their product stays a word. */
const FACTOR_LIMIT = 1n << 128n;

/** The product of two words, which may be wider than a word, over a word. */
const wideDiv = (a: bigint, b: bigint, c: bigint, round: bigint): bigint => {
  const product = word(a) * word(b);
  if (c === 0n) throw new MathError('DIVISION_BY_ZERO', `${product} is divided by zero`, 'give a divisor above 0');
  return word((product + round) / word(c));
};

/**
 * floor(a * b / c), whatever the width of the product.
 *
 * @throws {MathError} DIVISION_BY_ZERO; OVERFLOW when the result needs more than 256 bits
 */
export const mulDivDown = (a: bigint, b: bigint, c: bigint): bigint => wideDiv(a, b, c, 0n);

/**
 * ceil(a * b / c), whatever the width of the product.
 *
 * @throws {MathError} DIVISION_BY_ZERO; OVERFLOW when the result needs more than 256 bits
 */
export const mulDivUp = (a: bigint, b: bigint, c: bigint): bigint => wideDiv(a, b, c, c - 1n);

/** ceil(a / b). @throws {MathError} DIVISION_BY_ZERO */
export const ceilDiv = (a: bigint, b: bigint): bigint => div(a, b) + (a % b === 0n ? 0n : 1n);

const factor = (value: bigint): bigint => {
  if (value >= FACTOR_LIMIT) {
    throw new MathError(
      'POWER_OVERFLOW',
      `a factor of the power reached ${value}`,
      'shorten the time or lower the rate',
    );
  }
  return value;
};

/**
 * x^n by squaring, every multiplication adding half a RAY and dividing by RAY (docs/rules.md 3). The rounding order is part
 * of the rule: lowest bit of the exponent first, the square before the product.
 *
 * @param x base {ray}
 * @param n exponent {1}; x^0 is RAY, also for x = 0
 * @returns power {ray}
 * @throws {MathError} POWER_OVERFLOW when a factor reaches 2^128
 */
export const rpow = (x: bigint, n: bigint): bigint => {
  let base = word(x);
  let power = (word(n) & 1n) === 0n ? RAY : base;
  for (let rest = n >> 1n; rest !== 0n; rest >>= 1n) {
    base = (factor(base) ** 2n + HALF_RAY) / RAY;
    if ((rest & 1n) !== 0n) power = (factor(base) * factor(power) + HALF_RAY) / RAY;
  }
  return power;
};
