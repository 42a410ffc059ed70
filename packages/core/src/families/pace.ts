import { ceilDiv } from '../math/fixed-point.ts';
import { integerWeights } from '../methodology/integer-weights.ts';
import { EPOCH_PAUSE } from '../rebalance/epochs.ts';
import type { AssetAddress } from './asset-address.ts';
import { FamilyError } from './errors.ts';
import { type TargetWeights, targetWeightsOf } from './target-weights.ts';

/** Epochs over which a change of weights is spread. A turnover is at most 100 %, so no epoch of 4 moves more than 25 % of NAV. */
export const CHANGE_EPOCHS = 4n;

/** The weights of an index on their way. */
export type Course =
  | {
      /** The weights are those that were asked for. */
      readonly kind: 'settled';
      /** What the index aims at now. */
      readonly weights: TargetWeights;
      /** {s} of the last step */
      readonly steppedAt: bigint;
    }
  | {
      readonly kind: 'moving';
      readonly weights: TargetWeights;
      readonly steppedAt: bigint;
      /** What it will aim at in the end. */
      readonly goal: TargetWeights;
      /** Steps still to take, 1 to 4. */
      readonly epochsLeft: bigint;
    };

const risesOf = (from: TargetWeights, to: TargetWeights): Map<AssetAddress, bigint> => {
  const before = new Map(from.map(({ asset, weight }) => [asset, weight]));
  const rises = to.map(({ asset, weight }) => [asset, weight - (before.get(asset) ?? 0n)] as const);
  return new Map(rises.filter(([, rise]) => rise > 0n));
};

const sum = (parts: ReadonlyMap<AssetAddress, bigint>): bigint => [...parts.values()].reduce((a, b) => a + b, 0n);

/**
 * Turnover between two targets {1e18}: half the sum of |change|, which is the sum of the rises, exactly. At most 1.
 *
 * @param between the order of the two does not matter
 */
export const turnover = (between: { readonly from: TargetWeights; readonly to: TargetWeights }): bigint =>
  sum(risesOf(between.from, between.to));

/**
 * The next weights on the way (docs/rules.md 4.2): of the turnover T that is left, ceil(T / epochsLeft) is moved, parted among the
 * assets that rise, and among those that fall, in proportion to what each has before it; each part rounded down, the units left
 * over one each to the largest remainders, ties to the lower address. So the weights sum to 1 at each step, no asset ever moves
 * away from its goal or past it, and the last step is exactly the goal.
 *
 * @param epochsLeft > 0; with 4 or more, at most 25 % of NAV is moved by each step
 * @throws {MathError} DIVISION_BY_ZERO
 */
export const nextWeights = (way: {
  readonly from: TargetWeights;
  readonly to: TargetWeights;
  readonly epochsLeft: bigint;
}): TargetWeights => {
  const rises = risesOf(way.from, way.to);
  const falls = risesOf(way.to, way.from);
  const left = sum(rises);
  const moved = ceilDiv(left, way.epochsLeft);
  if (moved === 0n) return way.to;
  const weights = new Map(way.from.map(({ asset, weight }) => [asset, weight]));
  const parts = (numerators: ReadonlyMap<AssetAddress, bigint>) =>
    integerWeights({ denominator: left, numerators }, moved);
  const [up, down] = [parts(rises), parts(falls)];
  for (const asset of rises.keys()) weights.set(asset, (weights.get(asset) ?? 0n) + (up.get(asset) ?? 0n));
  for (const asset of falls.keys()) weights.set(asset, (weights.get(asset) ?? 0n) - (down.get(asset) ?? 0n));
  return targetWeightsOf(weights);
};

/**
 * Sets a new goal. What was reached of the last one stays, and so does the time of the last step: changing one's mind moves
 * nothing sooner (docs/rules.md 4.2).
 */
export const begin = (course: Course, goal: TargetWeights): Course => ({
  kind: 'moving',
  weights: course.weights,
  steppedAt: course.steppedAt,
  goal,
  epochsLeft: CHANGE_EPOCHS,
});

/**
 * Takes the next step, with the epoch that opens; 24 h after the last one at the earliest, so that no 24 h see more than 25 %
 * (docs/rules.md 4.2).
 *
 * @param at {s} now
 * @throws {FamilyError} SETTLED, TOO_SOON
 */
export const step = (course: Course, at: bigint): Course => {
  if (course.kind === 'settled') {
    throw new FamilyError('SETTLED', 'the weights are those that were asked for', 'begin a change first');
  }
  const from = course.steppedAt + EPOCH_PAUSE;
  if (at < from) {
    throw new FamilyError('TOO_SOON', `the next step is at ${from}, now is ${at}`, 'a step is taken once in 24 h');
  }
  const { goal, epochsLeft } = course;
  const weights = nextWeights({ from: course.weights, to: goal, epochsLeft });
  if (epochsLeft === 1n) return { kind: 'settled', weights, steppedAt: at };
  return { kind: 'moving', weights, steppedAt: at, goal, epochsLeft: epochsLeft - 1n };
};
