import { bpsOf, drift, driftBps, nav, ONE, type Position, weightsOf } from '@wicker/core';
import { type Leg, type LegPrice, positionsOf } from '@wicker/sdk';
import type { Address } from 'viem';

/** An asset of an index by its part of NAV. */
export interface ValuedAsset {
  readonly asset: Address;
  /** {bps} of NAV, two decimals; 0 when the asset has no price */
  readonly weight: number;
  readonly target: number;
}

/** What an index is worth at some prices, and how far it is from its targets. */
export interface Valuation {
  /** {base} */
  readonly nav: bigint;
  /** {bps} with two decimals */
  readonly driftBps: number;
  /** {1e18} exactly */
  readonly drift: bigint;
  readonly assets: readonly ValuedAsset[];
}

/** Undefined when nothing of the index has a price. */
export const valuationOf = (
  legs: readonly Leg[],
  priceOf: (asset: Address) => LegPrice | undefined,
): Valuation | undefined => {
  const positions: readonly Position[] = positionsOf(legs, priceOf);
  const value = nav(positions);
  if (value === 0n) return undefined;
  const weights = new Map(weightsOf(positions).map(({ asset, weight }) => [asset, weight]));
  const targets = new Map(positions.map(({ asset, weight }) => [asset, weight]));
  return {
    ...{ nav: value, driftBps: driftBps(positions), drift: drift(positions) },
    assets: legs.map(({ asset }) => ({
      ...{ asset, weight: bpsOf(weights.get(asset) ?? 0n, ONE), target: bpsOf(targets.get(asset) ?? 0n, ONE) },
    })),
  };
};
