import { BP } from '../index-fund/shares.ts';
import { mulDivUp } from '../math/fixed-point.ts';
import { ONE } from '../math/scales.ts';
import type { AssetAddress } from './asset-address.ts';
import { FamilyError } from './errors.ts';
import type { TargetWeights } from './target-weights.ts';

/** Part of the depth of an asset's listed pools that all indices together may aim to hold: 20 % {bp}. */
export const DEPTH_BPS = 2_000n;

/** The market of an asset, as an index finds it. */
export interface AssetMarket {
  /**
   * What the other indices aim to hold: the sum of their weight x NAV, each rounded up {base}; of one on its way the goal where that
   * is larger.
   */
  readonly others: bigint;
  /** What its listed pools hold of the tokens on the other side, so what could be got for it at most {base}. */
  readonly depth: bigint;
}

/**
 * What an index aims to hold of an asset: weight x NAV, rounded up {base} (docs/rules.md 4.2).
 *
 * @param weight {1e18}
 * @param nav {base}
 * @throws {MathError} OVERFLOW
 */
export const exposure = ({ weight, nav }: { readonly weight: bigint; readonly nav: bigint }): bigint =>
  mulDivUp(nav, weight, ONE);

/**
 * Throws when an asset whose weight rises would be aimed at by all indices together with more than 20 % of its depth. What falls
 * or stays is not asked: a market that became thin must not keep an index in it (docs/rules.md 4.2).
 *
 * @param current what the index aims at now
 * @param nav {base} what the index is worth
 * @param markets of every asset whose weight rises; without one there is no depth
 * @throws {FamilyError} TOO_SHALLOW
 */
export const requireDepth = (change: {
  readonly current: TargetWeights;
  readonly proposed: TargetWeights;
  readonly nav: bigint;
  readonly markets: ReadonlyMap<AssetAddress, AssetMarket>;
}): void => {
  const before = new Map(change.current.map(({ asset, weight }) => [asset, weight]));
  for (const { asset, weight } of change.proposed) {
    if (weight <= (before.get(asset) ?? 0n)) continue;
    const { others, depth } = change.markets.get(asset) ?? { others: 0n, depth: 0n };
    const aimed = others + exposure({ weight, nav: change.nav });
    if (aimed * BP <= depth * DEPTH_BPS) continue;
    const message = `all indices would aim at ${aimed} of ${asset}, more than 20 % of the depth ${depth} of its pools`;
    throw new FamilyError('TOO_SHALLOW', message, 'propose a lower weight, or wait for deeper pools');
  }
};
