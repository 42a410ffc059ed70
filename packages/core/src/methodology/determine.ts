import { type Decimal, formatDecimal, formatQuotient } from '../decimal/decimal.ts';
import { cappedWeights } from './capped-weights.ts';
import { integerWeights, WEIGHT_SCALE } from './integer-weights.ts';
import type { Methodology } from './methodology.ts';
import type { Decision } from './rules.ts';
import { screen } from './screening.ts';
import type { Universe } from './universe.ts';

/** What a methodology makes of a universe: the index and the reasons. */
export type Determination = {
  /** {1e-18} per asset id, sum exactly 1e18, heaviest first. */
  readonly weights: ReadonlyMap<string, bigint>;
  /** Every other asset of the universe: those the screening excluded in its order, then those below the floor. */
  readonly excluded: readonly Decision[];
  /** Rounds of capping. */
  readonly capRounds: number;
};

/**
 * Screens a universe and weighs what is left (docs/rules.md 4.1). Every asset of the universe has either a weight or a decision.
 *
 * @throws ParameterError, NoAssetsError, InfeasibleCapError, InfeasibleFloorError
 */
export function determine(universe: Universe, methodology: Methodology): Determination {
  const { qualified, excluded } = screen(universe, methodology);
  const marketCaps = new Map<string, Decimal>();
  for (const { id, figures } of qualified) {
    if (figures.marketCapUsd !== undefined) marketCaps.set(id, figures.marketCapUsd);
  }
  const { cap, floor, caps } = methodology.weights;
  const weights = cappedWeights(marketCaps, { cap, floor, caps: new Map(Object.entries(caps)) });
  const floored = weights.removed.map(({ id, numerator, denominator }): Decision => {
    return {
      id,
      rule: 'floor',
      value: formatQuotient(numerator, denominator, 18),
      threshold: formatDecimal(floor),
    };
  });
  return {
    weights: integerWeights(weights, WEIGHT_SCALE),
    excluded: [...excluded, ...floored],
    capRounds: weights.capRounds,
  };
}
