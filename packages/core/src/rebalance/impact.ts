import { mulDivDown, mulDivUp } from '../math/fixed-point.ts';
import { BASIS_POINT, ONE } from '../math/scales.ts';
import { add, div, min, mul, sub } from '../math/word.ts';

/** What counts of an input, per FEE_SCALE {1/1000} (Uniswap v2 core, UniswapV2Pair.swap). */
export const FEE_KEEP = 997n;
export const FEE_SCALE = 1_000n;
/** Fee of one hop {1e18}. */
export const HOP_FEE = 30n * BASIS_POINT;
/** The most impact of a whole route in 24 hours {1e18}: 15 bp. */
export const ROUTE_LIMIT = 15n * BASIS_POINT;
/** The most that pool fees and impact may cost together {1e18}: 75 bp. */
export const COST_LIMIT = 75n * BASIS_POINT;

/** The input to send so that at most x {in} counts after the pool fee. */
const sent = (x: bigint): bigint => mul(x, FEE_SCALE) / FEE_KEEP;

/**
 * Output {out} of a constant-product pool with a fee of 30 bp, floored, as the pool itself counts (Uniswap v2).
 *
 * @param amountIn {in}
 * @param reserveIn {in} > 0, < 2^112
 * @param reserveOut {out} < 2^112
 * @throws {MathError} OVERFLOW, DIVISION_BY_ZERO
 */
export const amountOut = (amountIn: bigint, reserveIn: bigint, reserveOut: bigint): bigint => {
  const kept = mul(amountIn, FEE_KEEP);
  return div(mul(kept, reserveOut), add(mul(reserveIn, FEE_SCALE), kept));
};

/**
 * Impact of an input on a pool {1e18}, rounded up: x / (reserveIn + x), x = 0.997 amountIn (docs/rules.md 6).
 *
 * @param amountIn {in}
 * @param reserveIn {in} > 0, < 2^112
 * @throws {MathError} OVERFLOW, DIVISION_BY_ZERO
 */
export const impactOf = (amountIn: bigint, reserveIn: bigint): bigint => {
  const kept = mul(amountIn, FEE_KEEP);
  return mulDivUp(kept, ONE, add(mul(reserveIn, FEE_SCALE), kept));
};

/**
 * The largest input {in} whose impact on one pool is within the limit L: x <= reserveIn * L / (1 - L), sent with its fee
 * (docs/rules.md 6).
 *
 * @param reserveIn {in} < 2^112
 * @param limit L {1e18} < ONE
 * @throws {MathError} OVERFLOW, DIVISION_BY_ZERO
 */
export const maxInOneHop = (reserveIn: bigint, limit: bigint): bigint =>
  sent(div(mul(reserveIn, limit), sub(ONE, limit)));

/**
 * The largest input {in} of a route over two pools whose impacts together, 1 - (1 - i1)(1 - i2), are within the limit L
 * (docs/rules.md 6): x1 <= reserveIn1 * reserveIn2 * L / ((1 - L) * (reserveIn2 + 0.997 * reserveOut1)), sent with its fee.
 *
 * @param reserveIn1 {in} of the first pool, < 2^112
 * @param reserveOut1 {mid} of the first pool, < 2^112
 * @param reserveIn2 {mid} of the second pool, < 2^112; not both 0
 * @param limit L {1e18} < ONE
 * @throws {MathError} OVERFLOW, DIVISION_BY_ZERO
 */
export const maxInTwoHops = (reserveIn1: bigint, reserveOut1: bigint, reserveIn2: bigint, limit: bigint): bigint => {
  const depth = add(mul(reserveIn2, FEE_SCALE), mul(reserveOut1, FEE_KEEP));
  return sent(mulDivDown(mul(reserveIn1, reserveIn2), mul(limit, FEE_SCALE), mul(sub(ONE, limit), depth)));
};

/**
 * The impact that a route may still have {1e18}: min(15 bp, 75 bp - 30 bp a hop) less what its pools have had in these 24 hours, not
 * below 0 (docs/rules.md 6).
 *
 * @param hops number of pools in the route
 * @param used impact already spent on these pools in the 24 hours, summed {1e18}
 * @throws {MathError} OVERFLOW
 */
export const routeLimit = (hops: bigint, used: bigint): bigint => {
  const fees = mul(HOP_FEE, hops);
  const rest = fees < COST_LIMIT ? COST_LIMIT - fees : 0n;
  const limit = min(rest, ROUTE_LIMIT);
  return used < limit ? limit - used : 0n;
};
