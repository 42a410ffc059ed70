import type { Branded } from '../brand.ts';
import { MathError } from '../math/errors.ts';
import { ONE } from '../math/scales.ts';
import { max } from '../math/word.ts';
import { cappedWeights } from '../methodology/capped-weights.ts';
import { integerWeights } from '../methodology/integer-weights.ts';
import { type AssetAddress, ascending } from './asset-address.ts';
import { MAX_COMPONENTS, type TargetWeights, targetWeightsOf } from './target-weights.ts';

/** Where the ranges of cap and floor meet {1e18}: 2 %. A floor up to here never removes all of 50 assets. */
const MEETING = ONE / BigInt(MAX_COMPONENTS);
/** What carries weight is below this: all products of the rule then fit 256 bits. */
const SIZE_LIMIT = 1n << 128n;

/** Cap and floor of an index {1e18}, checked by `weightLimits`. */
export type WeightLimits = Branded<{ readonly cap: bigint; readonly floor: bigint }, 'WeightLimits'>;

/** Cap and floor {1e18}: the cap 2 % to 100 %, the floor 0 to 2 %. @throws {MathError} LIMITS_OUT_OF_RANGE */
export const weightLimits = ({ cap, floor }: { readonly cap: bigint; readonly floor: bigint }): WeightLimits => {
  if (cap < MEETING || cap > ONE || floor < 0n || floor > MEETING) {
    const message = `a cap of ${cap} and a floor of ${floor} are outside 2 % .. 100 % and 0 .. 2 %`;
    throw new MathError('LIMITS_OUT_OF_RANGE', message, 'give both at 1e18 = 100 %');
  }
  return { cap, floor } as WeightLimits;
};

/** Which cap a period had: the one of the index, or 1 / `assets` in its place, where that of the index was infeasible. */
export type AppliedCap =
  | { readonly kind: 'kept'; readonly cap: bigint }
  | { readonly kind: 'lifted'; readonly assets: number };

/** What cap and floor make of values. */
export interface LimitedWeights {
  readonly weights: TargetWeights;
  /** What carries no weight this period, ascending: below the floor, without value, or less than one unit of 1e-18. */
  readonly floored: readonly AssetAddress[];
  readonly cap: AppliedCap;
}

/**
 * Weights in proportion to values, with cap and floor as in docs/rules.md 4.1, and one difference: where the cap has become
 * infeasible, at the start or after a removal, it is 1 / n for the n assets left, which then weigh the same (4.2). All integers:
 * with values below 2^128 and at most 50 assets no product passes 2^254. The order of the input changes nothing.
 *
 * @param values {any common unit} < 2^128, at most 50
 * @throws {NoAssetsError}
 * @throws {ZeroTotalError} when nothing has a value
 * @throws {FamilyError} BAD_LEG_COUNT when one asset alone would have all
 * @throws {MathError} VALUES_OUT_OF_RANGE
 */
export const limitedWeights = (values: ReadonlyMap<AssetAddress, bigint>, limits: WeightLimits): LimitedWeights => {
  const assets = ascending(values.keys());
  const sizes = assets.map((asset) => values.get(asset) ?? 0n);
  if (assets.length > MAX_COMPONENTS || sizes.some((size) => size < 0n || size >= SIZE_LIMIT)) {
    const message = `${assets.length} values, the largest ${sizes.reduce(max)}, are outside the range of the rule`;
    throw new MathError('VALUES_OUT_OF_RANGE', message, 'give at most 50 values, in 0 .. 2^128 - 1');
  }
  const exact = cappedWeights(new Map(assets.map((asset, i) => [asset, { digits: sizes[i] ?? 0n, scale: 0 }])), {
    cap: { digits: limits.cap, scale: 18 },
    floor: { digits: limits.floor, scale: 18 },
    whenInfeasible: 'lift',
  });
  const integers = integerWeights(exact, ONE);
  const weights = targetWeightsOf(new Map(assets.map((asset) => [asset, integers.get(asset) ?? 0n])));
  const aimed = new Set(weights.map(({ asset }) => asset));
  return {
    weights,
    floored: assets.filter((asset) => !aimed.has(asset)),
    cap: exact.lifted ? { kind: 'lifted', assets: aimed.size } : { kind: 'kept', cap: limits.cap },
  };
};
