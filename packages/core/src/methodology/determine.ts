import { formatDecimal, formatQuotient } from '../decimal/decimal.ts';
import { basisOf } from './basis.ts';
import { monthOfRebalance } from './calendar.ts';
import { cappedWeights, compareIds } from './capped-weights.ts';
import { NoAssetsError } from './errors.ts';
import { integerWeights, WEIGHT_SCALE } from './integer-weights.ts';
import type { Methodology } from './methodology.ts';
import type { Decision } from './rules.ts';
import { screen } from './screening.ts';
import { select } from './selection.ts';
import { splitWeights } from './splits.ts';
import type { Universe, UniverseAsset } from './universe.ts';

/** What a methodology makes of a universe: the index and the reasons. */
export type Determination = {
  /** {1e-18} per asset id, sum exactly 1e18, heaviest first. */
  readonly weights: ReadonlyMap<string, bigint>;
  /** Every other asset of the universe: by the screening in its order, by rank, by the floor, for a weight of 0. */
  readonly excluded: readonly Decision[];
  /** Rounds of capping. */
  readonly capRounds: number;
};

/** What is taken of the qualified, and the decisions on the rest. */
const selected = (
  qualified: readonly UniverseAsset[],
  { selection }: Methodology,
  members: ReadonlySet<string>,
): { taken: readonly UniverseAsset[]; left: readonly Decision[] } => {
  if (selection === null) return { taken: qualified, left: [] };
  const ranked = qualified.flatMap(({ id, figures: { marketCapUsd } }) =>
    marketCapUsd === undefined ? [] : [{ id, marketCap: marketCapUsd }],
  );
  const { taken, left } = select(ranked, selection, members);
  return {
    taken: qualified.filter(({ id }) => taken.includes(id)),
    left: [...left].map(([id, rank]) => ({
      ...{ id, rule: 'rank' as const, value: String(rank), threshold: String(bound(rank, members.has(id), selection)) },
    })),
  };
};

/** The rank to which an asset would have been taken for sure, or kept. Places that members fill leave others those up to `enter`. */
const bound = (
  rank: number,
  isMember: boolean,
  { size, enter = size, stay = size }: NonNullable<Methodology['selection']>,
): number => {
  if (rank <= size) return enter;
  return isMember && rank > stay ? stay : size;
};

const heaviestFirst = (weights: ReadonlyMap<string, bigint>): ReadonlyMap<string, bigint> =>
  new Map([...weights].sort(([a, x], [b, y]) => (x === y ? compareIds(a, b) : x < y ? 1 : -1)));

/** A cap of 0, a weight that rounds to nothing, or a split that gives all of it away leaves less than an index can hold. */
const withoutWeight = (id: string): Decision => ({
  ...{ id, rule: 'floor', value: '0', threshold: formatQuotient(1n, WEIGHT_SCALE, 18) },
});

/**
 * Screens a universe, takes the largest, and weighs them (docs/rules.md 4.1). Every asset of the universe has either a weight or a
 * decision; the order of the universe changes no weight.
 *
 * @param members ids of the index as it is, which selection with zones favours; none for a new index
 * @throws ParameterError, NoAssetsError, InfeasibleCapError, InfeasibleFloorError
 */
export function determine(
  universe: Universe,
  methodology: Methodology,
  members: ReadonlySet<string> = new Set(),
): Determination {
  const { qualified, excluded } = screen(universe, methodology);
  const { taken, left } = selected(qualified, methodology, members);
  if (taken.length === 0) throw new NoAssetsError();
  const { cap, floor, caps, splits } = methodology.weights;
  const bases = new Map(taken.map((asset) => [asset.id, basisOf(asset, methodology.weights)]));
  const weights = cappedWeights(bases, { cap, floor, caps: new Map(Object.entries(caps)) });
  const floored = weights.removed.map(({ id, numerator, denominator }): Decision => {
    return { id, rule: 'floor', value: formatQuotient(numerator, denominator, 18), threshold: formatDecimal(floor) };
  });
  const whole = integerWeights(weights, WEIGHT_SCALE);
  const split = splitWeights(
    whole,
    splits,
    universe.between?.month ?? monthOfRebalance(universe.date, methodology.calendar),
  );
  const weightless = [...whole.keys()].filter((id) => !split.has(id)).sort(compareIds);
  return {
    weights: heaviestFirst(split),
    // A split may give weight to an asset that was left out.
    excluded: [...excluded, ...left, ...floored, ...weightless.map(withoutWeight)].filter(({ id }) => !split.has(id)),
    capRounds: weights.capRounds,
  };
}
