import { MathError } from '../math/errors.ts';
import { ONE } from '../math/scales.ts';
import * as Orders from '../rebalance/orders.ts';

/** What an index holds of an asset, at a price. */
export interface Holding {
  /** The asset's id or address. */
  readonly asset: string;
  /** Amount {tok}. */
  readonly holding: bigint;
  /** {base/tok} UQ112. */
  readonly price: bigint;
}

/**
 * Net asset value {base}: the sum of price x amount, each floored (docs/rules.md 1).
 *
 * @throws {MathError} OVERFLOW
 */
export const nav = (holdings: readonly Holding[]): bigint =>
  holdings.reduce((sum, { holding, price }) => sum + Orders.valueOf(holding, price), 0n);

/** The weight of an asset {1e18}. */
export interface Weight {
  readonly asset: string;
  readonly weight: bigint;
}

/**
 * What part of NAV each asset is {1e18}, floored, in the order given.
 *
 * @throws {MathError} EMPTY_INDEX when the NAV is 0; OVERFLOW
 */
export const weightsOf = (holdings: readonly Holding[]): Weight[] => {
  const total = nav(holdings);
  if (total === 0n)
    throw new MathError('EMPTY_INDEX', 'an index worth nothing has no weights', 'give holdings and prices above 0');
  return holdings.map(({ asset, holding, price }) => ({
    asset,
    weight: (Orders.valueOf(holding, price) * ONE) / total,
  }));
};
