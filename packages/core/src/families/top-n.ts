import { type AssetAddress, ascending } from './asset-address.ts';
import { FamilyError } from './errors.ts';
import type { WeightLimits } from './limited-weights.ts';
import { MAX_COMPONENTS, MIN_COMPONENTS } from './target-weights.ts';
import { barred, type Candidates, type FamilyWeights, type LeftOut, weighed } from './tracked.ts';

/**
 * A category ranked by capitalisation, the largest first, ties by address ascending; only what is listed and determined
 * (docs/rules.md 4.2).
 *
 * @throws {FamilyError} DUPLICATE_ASSET
 */
export const ranking = (category: Candidates): AssetAddress[] => {
  const sizeOf = (asset: AssetAddress) => category.capitalisations.get(asset) ?? 0n;
  return ascending(category.assets)
    .filter((asset) => barred(asset, category) === undefined)
    .sort((a, b) => (sizeOf(a) === sizeOf(b) ? 0 : sizeOf(a) > sizeOf(b) ? -1 : 1));
};

/**
 * The weights of a top-N index: the first n of its category, or all of it where it has fewer, weighed as a tracked index
 * (docs/rules.md 4.2).
 *
 * @param n 2 to 50
 * @throws {FamilyError} N_OUT_OF_RANGE, and as `trackedWeights`
 * @throws {ZeroTotalError}
 * @throws {MathError} VALUES_OUT_OF_RANGE
 */
export const topNWeights = (
  index: Candidates & { readonly limits: WeightLimits; readonly n: number },
): FamilyWeights => {
  const { n } = index;
  if (!Number.isInteger(n) || n < MIN_COMPONENTS || n > MAX_COMPONENTS) {
    throw new FamilyError('N_OUT_OF_RANGE', `n is ${n}`, `choose ${MIN_COMPONENTS} to ${MAX_COMPONENTS} assets`);
  }
  const ranked = ranking(index);
  const outranked = ranked.slice(n).map((asset): LeftOut => ({ asset, reason: 'outranked' }));
  const unable = index.assets.flatMap((asset) => barred(asset, index) ?? []);
  return weighed({
    assets: ranked.slice(0, n),
    capitalisations: index.capitalisations,
    limits: index.limits,
    leftOut: [...unable, ...outranked],
  });
};
