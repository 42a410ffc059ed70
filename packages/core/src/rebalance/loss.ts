import { mulDivUp } from '../math/fixed-point.ts';
import { ONE, Q112 } from '../math/scales.ts';
import { div, max, mul } from '../math/word.ts';
import * as Orders from './orders.ts';

/**
 * What an index loses by a fill {base}: max(0, value given at the fair factor - value got), at the anchors; the first is rounded up
 * (docs/rules.md 6). The factor scales the value, not the price: a price has 128 bits, and the factor is large when u has crashed.
 *
 * @param of given {o} and got {u}, anchors {base/tok} UQ112, fair {1e18} of `Clock.fairFactor`
 * @throws {MathError} OUT_OF_RANGE, OVERFLOW
 */
export const lossOf = (of: Readonly<Record<'given' | 'anchorO' | 'got' | 'anchorU' | 'fair', bigint>>): bigint =>
  max(0n, mulDivUp(Orders.valueOf(of.given, of.anchorO), of.fair, ONE) - Orders.valueOf(of.got, of.anchorU));

/**
 * How much {o} an index may give at a limit below the fair factor so that, even at the limit, its budget holds (docs/rules.md 6).
 *
 * @param of budget {base}, fair > limit {1e18}, anchorO {base/o} UQ112 > 0
 * @throws {MathError} OVERFLOW, DIVISION_BY_ZERO
 */
export const affordable = (of: Readonly<Record<'budget' | 'fair' | 'limit' | 'anchorO', bigint>>): bigint =>
  div(mul(of.budget, (ONE * Q112) / (of.fair - of.limit)), of.anchorO);
