import { type AssetAddress, ascending } from './asset-address.ts';
import { type AppliedCap, limitedWeights, type WeightLimits } from './limited-weights.ts';
import type { TargetWeights } from './target-weights.ts';

/** An asset of an index that has weight 0 this period, and why. It may return in the next. */
export interface LeftOut {
  readonly asset: AssetAddress;
  /**
   * `delisted`: it may not be aimed at. `undetermined`: it had no capitalisation on the day of determination.
   * `floored`: its weight would be below the floor. `outranked`: others of its category are larger.
   */
  readonly reason: 'delisted' | 'undetermined' | 'floored' | 'outranked';
}

/** What a family makes of capitalisations. */
export interface FamilyWeights {
  readonly weights: TargetWeights;
  /** Ascending. */
  readonly leftOut: readonly LeftOut[];
  readonly cap: AppliedCap;
}

/** What both families by capitalisation work from. */
export interface Candidates {
  /** Each once, in any order. */
  readonly assets: readonly AssetAddress[];
  readonly listed: ReadonlySet<AssetAddress>;
  /** {base} of the determination */
  readonly capitalisations: ReadonlyMap<AssetAddress, bigint>;
}

/** Why an asset cannot be considered at all; undefined when it can. */
export const barred = (asset: AssetAddress, { listed, capitalisations }: Candidates): LeftOut | undefined => {
  if (!listed.has(asset)) return { asset, reason: 'delisted' };
  return capitalisations.has(asset) ? undefined : { asset, reason: 'undetermined' };
};

/** `chosen` weighed, the others left out. @throws as `limitedWeights` */
export const weighed = (chosen: {
  readonly assets: readonly AssetAddress[];
  readonly capitalisations: ReadonlyMap<AssetAddress, bigint>;
  readonly limits: WeightLimits;
  readonly leftOut: readonly LeftOut[];
}): FamilyWeights => {
  const values = new Map(chosen.assets.map((asset) => [asset, chosen.capitalisations.get(asset) ?? 0n]));
  const { weights, floored, cap } = limitedWeights(values, chosen.limits);
  const below = floored.map((asset): LeftOut => ({ asset, reason: 'floored' }));
  return { weights, leftOut: [...chosen.leftOut, ...below].sort((a, b) => (a.asset < b.asset ? -1 : 1)), cap };
};

/**
 * The weights of a tracked index: its fixed set of assets by capitalisation, with cap and floor; a delisted asset is sold and the
 * others are scaled up (docs/rules.md 4.2). The first weights, in the call of the factory, are made in the same way.
 *
 * @throws {ZeroTotalError} when no capitalisation is above 0
 * @throws {FamilyError} DUPLICATE_ASSET, BAD_LEG_COUNT when fewer than two assets are left
 * @throws {MathError} VALUES_OUT_OF_RANGE
 */
export const trackedWeights = (index: Candidates & { readonly limits: WeightLimits }): FamilyWeights => {
  const assets = ascending(index.assets);
  return weighed({
    assets: assets.filter((asset) => barred(asset, index) === undefined),
    capitalisations: index.capitalisations,
    limits: index.limits,
    leftOut: assets.flatMap((asset) => barred(asset, index) ?? []),
  });
};
