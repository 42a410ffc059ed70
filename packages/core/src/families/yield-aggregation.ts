import { MathError } from '../math/errors.ts';
import { mulDivDown } from '../math/fixed-point.ts';
import { ONE } from '../math/scales.ts';
import type { AssetAddress } from './asset-address.ts';
import { FamilyError } from './errors.ts';
import { type LimitedWeights, limitedWeights, type WeightLimits } from './limited-weights.ts';
import type { TargetWeights } from './target-weights.ts';

/** {s} over which yield is measured, and in which a move must earn back its cost: 30 days. */
export const YIELD_PERIOD = 30n * 86_400n;
/** {s} by how much an observation may be older. */
const SLACK = 86_400n;

/** The share price of an ERC-4626 vault at a moment. */
export interface SharePrice {
  /** {asset/share} at any scale, the same for both prices of a vault; > 0, < 2^128 */
  readonly price: bigint;
  /** {s} */
  readonly at: bigint;
}

/**
 * Net yield of a vault over the last 30 days {1e18}, below 0 after a loss: growth of its share price, floored. The vault's own
 * fees are in that price already (docs/rules.md 4.2).
 *
 * @param past observed 30 to 31 days before `now`
 * @throws {FamilyError} NOT_30_DAYS
 * @throws {MathError} PRICE_OUT_OF_RANGE
 */
export const netYield = ({ past, now }: { readonly past: SharePrice; readonly now: SharePrice }): bigint => {
  const elapsed = now.at - past.at;
  if (elapsed < YIELD_PERIOD || elapsed >= YIELD_PERIOD + SLACK) {
    const message = `the observations are ${elapsed} s apart`;
    throw new FamilyError('NOT_30_DAYS', message, 'compare with an observation that is 30 to 31 days old');
  }
  for (const { price } of [past, now]) {
    if (price > 0n && price >> 128n === 0n) continue;
    throw new MathError('PRICE_OUT_OF_RANGE', `a share price of ${price} is outside 1 .. 2^128 - 1`, 'give both alike');
  }
  return mulDivDown(now.price, ONE, past.price) - ONE;
};

/**
 * Weights of a yield-aggregating index: in proportion to net yield, with cap and floor as in a tracked one; a yield of 0 or below
 * carries no weight (docs/rules.md 4.2).
 *
 * @param yields {1e18} of each vault
 * @throws as `limitedWeights`; ZeroTotalError when nothing yields
 */
export const yieldWeights = (yields: ReadonlyMap<AssetAddress, bigint>, limits: WeightLimits): LimitedWeights =>
  limitedWeights(new Map([...yields].map(([vault, net]) => [vault, net > 0n ? net : 0n])), limits);

/** A change of weights and what it costs. */
export interface YieldMove {
  readonly from: TargetWeights;
  readonly to: TargetWeights;
  /** {1e18} over 30 days, of each vault of either; below 0 after a loss */
  readonly yields: ReadonlyMap<AssetAddress, bigint>;
  /** {asset} what the index is worth */
  readonly nav: bigint;
  /** {asset} entry and exit fees, price impact and gas of the whole move, rounded up */
  readonly cost: bigint;
}

/**
 * What a move earns more in 30 days, were they like the last {1e-36 asset}: nav x sum of (to - from) x yield, exact and signed.
 *
 * @throws {FamilyError} YIELD_MISSING
 */
export const earnings = ({ from, to, yields, nav }: YieldMove): bigint => {
  const yieldOf = (vault: AssetAddress): bigint => {
    const net = yields.get(vault);
    if (net !== undefined) return net;
    throw new FamilyError('YIELD_MISSING', `${vault} has no yield`, 'observe its share price for 30 days first');
  };
  const perNav = (weights: TargetWeights) =>
    weights.reduce((sum, { asset, weight }) => sum + weight * yieldOf(asset), 0n);
  return nav * (perNav(to) - perNav(from));
};

/** Whether a move earns back its cost in 30 days: `earnings >= cost x 1e36`, and more than nothing (docs/rules.md 4.2). */
export const earnsBack = (move: YieldMove): boolean => {
  const earned = earnings(move);
  return earned > 0n && earned >= move.cost * ONE * ONE;
};
