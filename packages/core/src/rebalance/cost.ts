import { mulDivDown } from '../math/fixed-point.ts';
import { add, mul } from '../math/word.ts';
import { FEE_KEEP, FEE_SCALE } from './impact.ts';

/** What entered one pool of a route, and what the pool had of it before. */
export interface PoolInput {
  /** {in} */
  readonly amountIn: bigint;
  /** {in} > 0 */
  readonly reserveIn: bigint;
}

/** What a fill cost {base}; the three sum to the value given less the value received, exactly. */
export interface FillCost {
  /** Kept by the pools: 30 bp of what enters each. */
  readonly poolFee: bigint;
  /** What the fill's own size cost: what was got against the pools' prices before it, after their fee. */
  readonly impact: bigint;
  /** The rest: how far the pools' prices stood from the fair ones, and roundings. Below 0 in favour of who gave. */
  readonly beyond: bigint;
}

/**
 * Takes the cost of a fill apart (docs/rules.md 6). The value given is followed along the route: each pool keeps its fee of what is
 * left, then its impact x / (reserve + x), x what enters after the fee; both floored. What remains was the pools' own price for
 * the fill; its difference to what was received is beyond both.
 *
 * @param given {base} value of what was given, at fair prices
 * @param received {base} value of what was received, at fair prices
 * @param pools of the route, in order; none for a crossing or a fill from a filler's own stock
 * @throws {MathError} OVERFLOW, DIVISION_BY_ZERO
 */
export const fillCost = (given: bigint, received: bigint, pools: readonly PoolInput[]): FillCost => {
  let left = given;
  let poolFee = 0n;
  let impact = 0n;
  for (const { amountIn, reserveIn } of pools) {
    const fee = mulDivDown(left, FEE_SCALE - FEE_KEEP, FEE_SCALE);
    const kept = mul(amountIn, FEE_KEEP);
    const lost = mulDivDown(left - fee, kept, add(mul(reserveIn, FEE_SCALE), kept));
    [left, poolFee, impact] = [left - fee - lost, poolFee + fee, impact + lost];
  }
  return { poolFee, impact, beyond: left - received };
};
