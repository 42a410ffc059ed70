import type { Branded } from '../brand.ts';
import { MathError } from '../math/errors.ts';
import { ONE } from '../math/scales.ts';
import { max } from '../math/word.ts';
import { cappedWeights, type ExactWeights } from '../methodology/capped-weights.ts';
import { NoAssetsError, ZeroTotalError } from '../methodology/errors.ts';
import { integerWeights } from '../methodology/integer-weights.ts';
import { type AssetAddress, ascending } from './asset-address.ts';
import { MAX_COMPONENTS, type TargetWeights, targetWeightsOf } from './target-weights.ts';

/** Where the ranges of cap and floor meet {1e18}: 2 %. A floor up to here never removes all of 50 assets. */
const MEETING = ONE / BigInt(MAX_COMPONENTS);
/** What carries weight is below this: all products of the rule then fit 256 bits. */
const VALUE_LIMIT = 1n << 128n;

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

const weigh = (assets: readonly AssetAddress[], sizeOf: (asset: AssetAddress) => bigint, cap: bigint): ExactWeights =>
  cappedWeights(new Map(assets.map((asset) => [asset, { digits: sizeOf(asset), scale: 0 }])), {
    cap: { digits: cap, scale: 18 },
    floor: { digits: 0n, scale: 0 },
  });

const equal = (assets: readonly AssetAddress[]): ExactWeights => ({
  denominator: BigInt(assets.length),
  numerators: new Map(assets.map((asset) => [asset, 1n])),
});

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
  if (assets.length === 0) throw new NoAssetsError();
  const sizeOf = (asset: AssetAddress) => values.get(asset) ?? 0n;
  if (assets.length > MAX_COMPONENTS || assets.some((asset) => sizeOf(asset) < 0n || sizeOf(asset) >= VALUE_LIMIT)) {
    const largest = assets.map(sizeOf).reduce(max);
    const message = `${assets.length} values, the largest ${largest}, are outside the range of the rule`;
    throw new MathError('VALUES_OUT_OF_RANGE', message, 'give at most 50 values, in 0 .. 2^128 - 1');
  }
  let left = assets.filter((asset) => sizeOf(asset) > 0n);
  if (left.length === 0) throw new ZeroTotalError(assets.length);
  const finish = (exact: ExactWeights, cap: AppliedCap): LimitedWeights => {
    const integers = integerWeights(exact, ONE);
    const weights = targetWeightsOf(new Map(left.map((asset) => [asset, integers.get(asset) ?? 0n])));
    const aimed = new Set(weights.map(({ asset }) => asset));
    return { weights, floored: assets.filter((asset) => !aimed.has(asset)), cap };
  };
  while (true) {
    if (limits.cap * BigInt(left.length) < ONE) return finish(equal(left), { kind: 'lifted', assets: left.length });
    const exact = weigh(left, sizeOf, limits.cap);
    const stays = (asset: AssetAddress) =>
      (exact.numerators.get(asset) ?? 0n) * ONE >= limits.floor * exact.denominator;
    if (left.every(stays)) return finish(exact, { kind: 'kept', cap: limits.cap });
    left = left.filter(stays);
  }
};
