import { MathError } from '../math/errors.ts';
import { mulDivDown } from '../math/fixed-point.ts';
import { sqrtDown } from '../math/sqrt.ts';
import { abs } from '../math/word.ts';

/** The largest tick of a Uniswap v3 pool; the smallest is its negative. */
export const MAX_TICK = 887_272n;

const RATIO_BITS = 128n;
/** Digits with which the factors are made: their errors are far below the bits that are kept. */
const GUARD_BITS = 512n;
/** MAX_TICK has 20 bits. */
const TICK_BITS = 20n;
const MAX_WORD = (1n << 256n) - 1n;
const LOW_BITS = 32n;

/** 1.0001^(-2^i / 2) as UQ128, each rounded to the nearest: i = 0 .. 19. */
const FACTORS: readonly bigint[] = (() => {
  const shift = GUARD_BITS - RATIO_BITS;
  let factor = sqrtDown((10_000n << (2n * GUARD_BITS)) / 10_001n);
  return Array.from({ length: Number(TICK_BITS) }, () => {
    const rounded = (factor + (1n << (shift - 1n))) >> shift;
    factor = (factor * factor) >> GUARD_BITS;
    return rounded;
  });
})();

/**
 * sqrt(1.0001^tick) as UQ96, bit-equal with a Uniswap v3 pool's: the product of one factor for each bit of |tick|, lowest first,
 * floored after each at 128 binary places; for a tick above 0 its inverse, floored; rounded up at 96 places (Uniswap v3 whitepaper,
 * 6.2.1; docs/rules.md 5).
 *
 * @throws {MathError} OUT_OF_RANGE beyond MAX_TICK on either side
 */
export const sqrtRatioAtTick = (tick: bigint): bigint => {
  const steps = abs(tick);
  if (steps > MAX_TICK) {
    throw new MathError('OUT_OF_RANGE', `the tick ${tick} is none`, 'give a tick from -887 272 to 887 272');
  }
  let ratio = 1n << RATIO_BITS;
  FACTORS.forEach((factor, i) => {
    if (((steps >> BigInt(i)) & 1n) === 1n) ratio = (ratio * factor) >> RATIO_BITS;
  });
  if (tick > 0n) ratio = MAX_WORD / ratio;
  return (ratio + (1n << LOW_BITS) - 1n) >> LOW_BITS;
};

/** Two UQ96 multiply to UQ192: 80 binary places more than a UQ112 has. */
const SQUARE_TO_PRICE = 1n << 80n;

/**
 * The price 1.0001^tick {token1/token0} as UQ112: the square of `sqrtRatioAtTick`, floored (docs/rules.md 5). That of token1 in token0
 * is the price at the negative tick.
 *
 * @throws {MathError} OUT_OF_RANGE beyond MAX_TICK on either side
 */
export const priceAtTick = (tick: bigint): bigint => {
  const root = sqrtRatioAtTick(tick);
  return mulDivDown(root, root, SQUARE_TO_PRICE);
};
