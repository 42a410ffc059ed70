import { MathError } from '../math/errors.ts';
import { Q112 } from '../math/scales.ts';

/** Below it a price has lost its precision {base/tok} UQ112. */
export const MIN_PRICE = 1n << 40n;
/** A price stays below it {base/tok} UQ112. */
export const PRICE_LIMIT = 1n << 128n;

const ANSWER_BITS = 192n;
const BASE_ANSWER_BITS = 96n;
const MIN_EXPONENT = -48n;
const MAX_EXPONENT = 36n;

/** Whether a UQ112 price {base/tok} is within the range of the format (docs/rules.md 5). */
export const isPrice = (price: bigint): boolean => price >= MIN_PRICE && price < PRICE_LIMIT;

/** What feeds answered for an asset. */
export interface Answers {
  /** Product of the answers on the asset's path, below 2^192. */
  readonly answer: bigint;
  /** Answer of the base's feed, in 1 .. 2^96 - 1. */
  readonly baseAnswer: bigint;
  /** What the decimals of feeds and tokens leave over, in -48 .. 36. */
  readonly exponent: bigint;
}

/**
 * From feed answers to a price in the base (docs/rules.md 5): floor(answer * 2^112 * 10^exponent / baseAnswer), multiplied before
 * it is divided, rounded down once.
 *
 * @returns {base/tok} UQ112, or 0 when it lies outside [MIN_PRICE, PRICE_LIMIT)
 * @throws {MathError} OUT_OF_RANGE
 */
export const toPrice = ({ answer, baseAnswer, exponent }: Answers): bigint => {
  const known = answer >> ANSWER_BITS === 0n && baseAnswer > 0n && baseAnswer >> BASE_ANSWER_BITS === 0n;
  if (!known || exponent < MIN_EXPONENT || exponent > MAX_EXPONENT) {
    throw new MathError(
      'OUT_OF_RANGE',
      `answers ${answer} and ${baseAnswer} at the exponent ${exponent} are outside the range of the rule`,
      'give answers of feeds as they are read, and tokens of at most 27 decimals',
    );
  }
  const factor = exponent > 0n ? 10n ** exponent : 1n;
  const divisor = exponent < 0n ? 10n ** -exponent : 1n;
  const price = (answer * Q112 * factor) / (baseAnswer * divisor);
  return isPrice(price) ? price : 0n;
};
