import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Market } from './market.ts';
import * as Orders from './orders.ts';
import { type RoundInput, roundInputs } from './plan.fixture.ts';
import { planRebalance } from './plan.ts';
import { planCrosses } from './plan-crosses.ts';
import { routeBound, routeSpot, tradeOver } from './pools.ts';
import { Round } from './round.ts';

/** How many random orders of all that can be tried stand for the best one. */
const TRIES = 25;

/** Without loss budgets: they bound how much can be lost, and by how much they do depends on what comes first. */
const samples = (seed: number): RoundInput[] =>
  fc.sample(roundInputs(5), { seed, numRuns: 60 }).map((input) => ({
    ...input,
    now: input.opening.openedAt + 3_600n,
    indices: input.indices.map((index) => ({ ...index, budget: 10n ** 18n })),
  }));
const roundOf = ({ indices, opening, now }: RoundInput): Round => new Round(indices, opening, now);
const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

/** {base} */
const valueIn = (round: Round, place: number, amount: bigint): number =>
  Number(Orders.valueOf(amount, round.assets[place]?.anchor ?? 0n));

/** Numbers in [0, 1) by a linear congruence (Numerical Recipes): the same in every run. */
const randomOf = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
};

const shuffled = <T>(items: readonly T[], random: () => number): T[] =>
  items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

const pairsOf = (round: Round): { readonly o: number; readonly u: number }[] =>
  round.assets.flatMap((_, o) => round.assets.flatMap((_, u) => (o === u ? [] : [{ o, u }])));

const valueOfPlan = (input: RoundInput): { crossed: number; traded: number } => {
  const round = roundOf(input);
  const placeOf = (name: string): number => round.assets.findIndex(({ asset }) => asset === name);
  const { crosses, trades } = planRebalance(input.indices, input.pools, input.opening, input.now);
  return {
    crossed: crosses.reduce((sum, { o, x }) => sum + valueIn(round, placeOf(o), x), 0),
    traded: trades.reduce((sum, { o, given }) => sum + valueIn(round, placeOf(o), given), 0),
  };
};

/** {base} what is crossed when every pair is tried once, in a random order. */
const crossedAtRandom = (input: RoundInput, random: () => number): number => {
  const round = roundOf(input);
  return shuffled(
    pairsOf(round).filter(({ o, u }) => o < u),
    random,
  ).reduce((sum, { o, u }) => sum + valueIn(round, o, round.cross(o, u)?.x ?? 0n), 0);
};

/** {base} what is traded, after the planned crosses, when every way of every pair is tried once, in a random order. */
const tradedAtRandom = (input: RoundInput, random: () => number): number => {
  const round = roundOf(input);
  planCrosses(round);
  const market = new Market(input.pools, input.opening.base);
  const nameOf = (place: number): string => round.assets[place]?.asset ?? '';
  const attempts = pairsOf(round).flatMap(({ o, u }) =>
    market.waysBetween(nameOf(o), nameOf(u)).map((way) => ({ o, u, way })),
  );
  return shuffled(attempts, random).reduce((sum, { o, u, way }) => {
    const route = market.routeOf(way);
    const fill = round.size(o, u, routeBound(route), routeSpot(route));
    if (fill === undefined || !round.book(o, u, fill, tradeOver(route, fill.total).received)) return sum;
    market.trade(way, fill.total);
    return sum + valueIn(round, o, fill.total);
  }, 0);
};

/** {1} by how much each plan is behind the best of the random orders, where those move at least 100 USDC. */
const gapsTo = (seed: number, planned: 'crossed' | 'traded', atRandom: typeof crossedAtRandom): number[] =>
  samples(seed).flatMap((input, i) => {
    const random = randomOf(i + 1);
    const best = Math.max(...Array.from({ length: TRIES }, () => atRandom(input, random)));
    return best < 100_000_000 ? [] : [1 - valueOfPlan(input)[planned] / best];
  });

describe('how good the greedy plan is', () => {
  it('crosses within 1 % of the best of many random orders, in the mean', () => {
    const gaps = gapsTo(1, 'crossed', crossedAtRandom);
    expect(gaps.length).toBeGreaterThan(20);
    expect(mean(gaps)).toBeLessThan(0.01);
  });

  it('trades within 3 % of the best of many random orders, in the mean', () => {
    const gaps = gapsTo(2, 'traded', tradedAtRandom);
    expect(gaps.length).toBeGreaterThan(20);
    expect(mean(gaps)).toBeLessThan(0.03);
  });
});
