import type { Branded } from '../brand.ts';
import { ONE } from '../math/scales.ts';
import type { AssetAddress } from './asset-address.ts';
import { FamilyError } from './errors.ts';

/** Most legs of an index: those aimed at and those on their way out, together (contracts: Legs.MAX_LEGS). */
export const MAX_COMPONENTS = 50;
/** Fewest assets that an index aims at. */
export const MIN_COMPONENTS = 2;

/** What part of NAV an asset should be {1e18}. */
export interface TargetWeight {
  readonly asset: AssetAddress;
  readonly weight: bigint;
}

/** The whole target of an index, checked by `targetWeights`: nothing else makes one. */
export type TargetWeights = Branded<readonly TargetWeight[], 'TargetWeights'>;

/**
 * A valid target: 2 to 50 assets, strictly ascending, each weight above 0 and below 1, the sum exactly 1 (docs/rules.md 4.2).
 *
 * @throws {FamilyError} BAD_LEG_COUNT, LEGS_NOT_ASCENDING, BAD_WEIGHT, BAD_WEIGHT_SUM
 */
export const targetWeights = (weights: readonly TargetWeight[]): TargetWeights => {
  if (weights.length < MIN_COMPONENTS || weights.length > MAX_COMPONENTS) throw badLegCount(weights.length);
  let sum = 0n;
  let previous: AssetAddress | undefined;
  for (const { asset, weight } of weights) {
    if (previous !== undefined && asset <= previous) {
      const message = `${asset} does not come after ${previous}`;
      throw new FamilyError('LEGS_NOT_ASCENDING', message, 'give each asset once, in ascending order of addresses');
    }
    if (weight <= 0n || weight >= ONE) {
      const message = `the weight ${weight} of ${asset} is outside 1 .. ${ONE - 1n}`;
      throw new FamilyError('BAD_WEIGHT', message, 'give weights above 0 and below 1e18; leave out what is to be sold');
    }
    previous = asset;
    sum += weight;
  }
  if (sum !== ONE) throw new FamilyError('BAD_WEIGHT_SUM', `the weights sum to ${sum}`, `make them sum to ${ONE}`);
  return weights.map(({ asset, weight }) => ({ asset, weight })) as readonly TargetWeight[] as TargetWeights;
};

/** Weights by asset as a target: in ascending order, without those of weight 0. @throws {FamilyError} as `targetWeights` */
export const targetWeightsOf = (weights: ReadonlyMap<AssetAddress, bigint>): TargetWeights =>
  targetWeights(
    [...weights]
      .filter(([, weight]) => weight !== 0n)
      .map(([asset, weight]) => ({ asset, weight }))
      .sort((a, b) => (a.asset < b.asset ? -1 : 1)),
  );

/** The refusal of so many legs. */
export const badLegCount = (count: number): FamilyError =>
  new FamilyError(
    'BAD_LEG_COUNT',
    `the index would have ${count} assets`,
    `aim at ${MIN_COMPONENTS} or more, and have at most ${MAX_COMPONENTS} together with those still to be sold`,
  );
