import { MathError } from '../math/errors.ts';
import { ceilDiv } from '../math/fixed-point.ts';
import { word } from '../math/word.ts';

/**
 * How much of an asset belongs to one smallest unit of effective supply: mantissa * 2^-exponent {tok/share}. The mantissa is
 * below 2^112 with its top bit set (0 for an empty holding), the exponent in 0 .. 255.
 */
export interface Unit {
  readonly mantissa: bigint;
  readonly exponent: bigint;
}

const MANTISSA_BITS = 112n;
const EXPONENT_BITS = 8n;
const EXPONENT_MASK = (1n << EXPONENT_BITS) - 1n;
const UNIT_BITS = MANTISSA_BITS + EXPONENT_BITS;
const UNIT_MASK = (1n << UNIT_BITS) - 1n;
const SUPPLY_LIMIT = 1n << 128n;

const outOfRange = (supply: bigint): MathError =>
  new MathError(
    'EFFECTIVE_SUPPLY_OUT_OF_RANGE',
    `an effective supply of ${supply} is outside its range of 128 bits, or 0`,
    'give the effective supply in the smallest unit of the share',
  );

const requireSupply = (supply: bigint): void => {
  if (supply < 0n || supply >= SUPPLY_LIMIT) throw outOfRange(supply);
};

const bitLength = (value: bigint): bigint => BigInt(value.toString(2).length);

/**
 * The unit of a holding: the largest float that is not above holding / effectiveSupply (docs/rules.md 1).
 *
 * @param holding {tok} < 2^112
 * @param effectiveSupply {share} in 1 .. 2^128 - 1
 * @throws {MathError} HOLDING_TOO_LARGE, EFFECTIVE_SUPPLY_OUT_OF_RANGE
 */
export const fromHolding = (holding: bigint, effectiveSupply: bigint): Unit => {
  if (word(holding) >> MANTISSA_BITS !== 0n) {
    throw new MathError(
      'HOLDING_TOO_LARGE',
      `a holding of ${holding} needs more than 112 bits`,
      'list smaller tokens only',
    );
  }
  if (effectiveSupply === 0n) throw outOfRange(effectiveSupply);
  requireSupply(effectiveSupply);
  if (holding === 0n) return { mantissa: 0n, exponent: 0n };
  // The quotient of two numbers has the difference of their lengths in bits, or one more: at most one step too far.
  let exponent = MANTISSA_BITS + bitLength(effectiveSupply) - bitLength(holding);
  let mantissa = (holding << exponent) / effectiveSupply;
  if (mantissa >> MANTISSA_BITS !== 0n) {
    exponent -= 1n;
    mantissa = (holding << exponent) / effectiveSupply;
  }
  return { mantissa, exponent };
};

/**
 * floor(e * unit): what leaves the vault.
 *
 * @param e effective supply {share} < 2^128
 * @returns {tok}
 * @throws {MathError} EFFECTIVE_SUPPLY_OUT_OF_RANGE
 */
export const amountDown = (e: bigint, unit: Unit): bigint => {
  requireSupply(e);
  return (e * unit.mantissa) >> unit.exponent;
};

/**
 * ceil(e * unit): what enters the vault.
 *
 * @param e effective supply {share} < 2^128
 * @returns {tok}
 * @throws {MathError} EFFECTIVE_SUPPLY_OUT_OF_RANGE
 */
export const amountUp = (e: bigint, unit: Unit): bigint => {
  requireSupply(e);
  return ceilDiv(e * unit.mantissa, 1n << unit.exponent);
};

/** The unit as the chain stores it: mantissa in bits 119..8, exponent in bits 7..0. */
export const unwrap = (unit: Unit): bigint => (unit.mantissa << EXPONENT_BITS) | unit.exponent;

/** The unit that a chain's word of 120 bits stands for; higher bits are cut off. */
export const wrap = (bits: bigint): Unit => ({
  mantissa: (bits & UNIT_MASK) >> EXPONENT_BITS,
  exponent: bits & EXPONENT_MASK,
});

/** Two units in one storage word: `lo` in bits 119..0, `hi` in bits 239..120. */
export const pack = (lo: Unit, hi: Unit): bigint => unwrap(lo) | (unwrap(hi) << UNIT_BITS);

/**
 * The unit in the lower (parity 0) or upper (parity 1) half of a word of `pack`.
 *
 * @param parity position of the leg modulo 2
 */
export const at = (packed: bigint, parity: bigint): Unit => wrap(packed >> (UNIT_BITS * parity));
