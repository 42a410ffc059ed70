import { MathError } from './errors.ts';

/** 2^256: what a word of the chain cannot hold. */
const WORD_LIMIT = 1n << 256n;

/**
 * The value itself when it is a word of the chain: an integer in 0 .. 2^256 - 1.
 *
 * @throws {MathError} OVERFLOW outside that range
 */
export const word = (value: bigint): bigint => {
  if (value < 0n || value >= WORD_LIMIT) {
    throw new MathError(
      'OVERFLOW',
      `${value} does not fit 256 bits`,
      'give amounts, prices and times within their documented bounds',
    );
  }
  return value;
};

/** a + b as the chain's checked arithmetic has it. @throws {MathError} OVERFLOW */
export const add = (a: bigint, b: bigint): bigint => word(word(a) + word(b));

/** a - b as the chain's checked arithmetic has it. @throws {MathError} OVERFLOW below 0 */
export const sub = (a: bigint, b: bigint): bigint => word(word(a) - word(b));

/** a * b as the chain's checked arithmetic has it. @throws {MathError} OVERFLOW */
export const mul = (a: bigint, b: bigint): bigint => word(word(a) * word(b));

/** floor(a / b). @throws {MathError} DIVISION_BY_ZERO, OVERFLOW */
export const div = (a: bigint, b: bigint): bigint => {
  if (b === 0n)
    throw new MathError('DIVISION_BY_ZERO', `${a} is divided by zero`, 'give a supply, price or reserve above 0');
  return word(a) / word(b);
};

export const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);

export const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** |a|, of any integer. */
export const abs = (a: bigint): bigint => (a < 0n ? -a : a);
