import { Frozen, type Position } from '@wicker/core';
import type { Address } from 'viem';
import type { Leg } from './actions/holdings-of.ts';

/** A price that counts in value. */
export interface LegPrice {
  /** {base/tok} UQ112 > 0 */
  readonly price: bigint;
  /** Whether the asset was taken off the list: its target is 0. */
  readonly delisted: boolean;
}

/**
 * The legs that count, at prices, with the weights that act: an asset without a price stays out, a delisted one has target 0,
 * and the others share the whole in proportion to their weights (docs/rules.md 5 and 6).
 *
 * @param priceOf undefined for an asset whose price is dead
 */
export const positionsOf = (legs: readonly Leg[], priceOf: (asset: Address) => LegPrice | undefined): Position[] =>
  Frozen.sharingWhole(
    legs.flatMap(({ asset, weight, amount }) => {
      const found = priceOf(asset);
      if (found === undefined) return [];
      return [{ asset, holding: amount, price: found.price, weight: found.delisted ? 0n : weight }];
    }),
  );
