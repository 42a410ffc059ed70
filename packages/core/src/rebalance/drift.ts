import { type Holding, nav } from '../index-fund/nav.ts';
import { MathError } from '../math/errors.ts';
import { ceilDiv } from '../math/fixed-point.ts';
import { BASIS_POINT, ONE } from '../math/scales.ts';
import { abs } from '../math/word.ts';
import * as Orders from './orders.ts';

/** What an index holds of an asset and what part of NAV it should be {1e18}; 0 for an asset to be sold whole. */
export interface Position extends Holding {
  readonly weight: bigint;
}

/** The order of an index in one asset. */
export interface AssetOrder extends Orders.Order {
  readonly asset: string;
}

/**
 * The orders of an index {tok}, over all assets that it holds or aims at, at the prices given, in the order given
 * (docs/rules.md 6).
 *
 * @throws {MathError} OVERFLOW, DIVISION_BY_ZERO
 */
export const ordersOf = (positions: readonly Position[]): AssetOrder[] => {
  const total = nav(positions);
  return positions.map(({ asset, holding, price, weight }) => ({
    asset,
    ...Orders.order(holding, Orders.targetAmount(total, weight, price), price),
  }));
};

/**
 * How far an index is from its targets {1e18}: half the sum of |weight - target|, rounded up (docs/rules.md 6). Exact: the
 * weights are not rounded on the way.
 *
 * @throws {MathError} EMPTY_INDEX when the NAV is 0; OVERFLOW
 */
export const drift = (positions: readonly Position[]): bigint => {
  const total = nav(positions);
  if (total === 0n)
    throw new MathError('EMPTY_INDEX', 'an index worth nothing has no drift', 'give holdings and prices above 0');
  const sum = positions.reduce(
    (far, { holding, price, weight }) => far + abs(Orders.valueOf(holding, price) * ONE - weight * total),
    0n,
  );
  return ceilDiv(sum, 2n * total);
};

/** `drift` in basis points {bp}, for people: a number with two decimals. */
export const driftBps = (positions: readonly Position[]): number =>
  Number((drift(positions) * 100n) / BASIS_POINT) / 100;

/** How the amount of an asset {tok} changed, at a price {base/tok} UQ112. */
export interface Change {
  readonly before: bigint;
  readonly after: bigint;
  readonly price: bigint;
}

/**
 * Turnover of a rebalance {base}: half the value of all that was bought and sold, floored.
 *
 * @throws {MathError} OVERFLOW
 */
export const turnover = (changes: readonly Change[]): bigint =>
  changes.reduce((sum, { before, after, price }) => sum + Orders.valueOf(abs(after - before), price), 0n) / 2n;
