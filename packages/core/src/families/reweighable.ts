import { MIN_NAV } from '../rebalance/orders.ts';
import type { AssetAddress } from './asset-address.ts';
import { FamilyError } from './errors.ts';
import { badLegCount, MAX_COMPONENTS, type TargetWeights } from './target-weights.ts';

/** What a target must fit, at the moment it is set. */
export interface Surroundings {
  /** The assets that may be aimed at. */
  readonly listed: ReadonlySet<AssetAddress>;
  /** The assets that the index holds or aims at now. */
  readonly legs: ReadonlySet<AssetAddress>;
}

/** `Surroundings` with what only the moment of setting knows. */
export interface LiveSurroundings extends Surroundings {
  /** The assets with a fresh price (docs/rules.md 5). */
  readonly live: ReadonlySet<AssetAddress>;
  /** What the index is worth {base}. */
  readonly nav: bigint;
}

/**
 * Throws unless every asset is listed and the resulting legs are at most 50. Counted is the result, not the update: what is held
 * and not aimed at any more stays a leg until it is sold (docs/rules.md 4.2).
 *
 * @throws {FamilyError} NOT_LISTED, BAD_LEG_COUNT
 */
export const requireFitting = (weights: TargetWeights, { listed, legs }: Surroundings): void => {
  const unlisted = weights.find(({ asset }) => !listed.has(asset));
  if (unlisted !== undefined) {
    throw new FamilyError('NOT_LISTED', `${unlisted.asset} is not listed`, 'aim at listed assets only');
  }
  const result = new Set([...legs, ...weights.map(({ asset }) => asset)]);
  if (result.size > MAX_COMPONENTS) throw badLegCount(result.size);
};

/**
 * Throws unless the target fits, every asset of it has a fresh price and NAV is at least 1 000 USDC (docs/rules.md 1, 4.2).
 *
 * @throws {FamilyError} NOT_LISTED, BAD_LEG_COUNT, PRICE_NOT_LIVE, TOO_SMALL
 */
export const requireReweighable = (weights: TargetWeights, surroundings: LiveSurroundings): void => {
  requireFitting(weights, surroundings);
  const stale = weights.find(({ asset }) => !surroundings.live.has(asset));
  if (stale !== undefined) {
    throw new FamilyError(
      'PRICE_NOT_LIVE',
      `${stale.asset} has no fresh price`,
      'try again when its feed has answered',
    );
  }
  if (surroundings.nav < MIN_NAV) {
    const message = `the index is worth ${surroundings.nav}, less than ${MIN_NAV}`;
    throw new FamilyError('TOO_SMALL', message, 'an index below 1 000 USDC is not reweighed');
  }
};
