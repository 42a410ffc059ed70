import { MathError } from '../math/errors.ts';
import { min } from '../math/word.ts';
import * as Crossing from './crossing.ts';
import { type AssetGap, type IndexGaps, indexGaps } from './gaps.ts';
import { requireOnce, sorted } from './sorted.ts';

/**
 * The surface (docs/rules.md 8), exact: what may be traded for what, and for whom. The planner ranks with an estimate of it in
 * floating-point numbers: surface-estimate.ts.
 */

/** An asset to be sold, o, for another, u. */
export interface Pair {
  readonly o: string;
  readonly u: string;
}

/** The part of a trade that one index makes {base}, above 0. */
export interface Contribution {
  readonly index: string;
  readonly value: bigint;
}

/** What all indices together can exchange of o for u {base}: the sum of their contributions, by index ascending. */
export interface Shared extends Pair {
  readonly value: bigint;
  readonly contributions: readonly Contribution[];
}

/** The surface: all assets ascending, and every S(o,u) above 0, by o, then u. */
export interface Surface {
  readonly assets: readonly string[];
  readonly shared: readonly Shared[];
}

const sharedOf = (pair: Pair, contributions: readonly Contribution[]): Shared => ({
  ...pair,
  value: contributions.reduce((sum, { value }) => sum + value, 0n),
  contributions,
});

/**
 * The surface of some indices (docs/rules.md 8):
 * S(o,u) = sum over the indices of min(max(g_o, 0), max(-g_u, 0)). An index that neither holds nor aims at one of the two has no
 * gap in it, so it adds nothing. The order of the input does not matter.
 *
 * @throws {MathError} DUPLICATE_INDEX
 */
export const surface = (indices: readonly IndexGaps[]): Surface => {
  const byIndex = sorted(indices, ({ index }) => index);
  requireOnce(
    byIndex.map(({ index }) => index),
    'DUPLICATE_INDEX',
    'index',
  );
  const assets = sorted([...new Set(byIndex.flatMap(({ gaps }) => gaps.map(({ asset }) => asset)))], (asset) => asset);
  const found = new Map<string, Map<string, Contribution[]>>();
  for (const { index, gaps } of byIndex) {
    for (const { o, u, value } of pairsOf(gaps)) {
      const ofO = found.get(o) ?? new Map<string, Contribution[]>();
      found.set(o, ofO);
      const contributions = ofO.get(u);
      if (contributions === undefined) ofO.set(u, [{ index, value }]);
      else contributions.push({ index, value });
    }
  }
  const shared = assets.flatMap((o) =>
    assets.flatMap((u): Shared[] => {
      const contributions = found.get(o)?.get(u);
      return contributions === undefined ? [] : [sharedOf({ o, u }, contributions)];
    }),
  );
  return { assets, shared };
};

/**
 * What one index can exchange within itself {base}: for every asset that it has too much of and every one that it has too little
 * of the lesser of the two gaps (docs/rules.md 8), in the order of the gaps.
 */
export const pairsOf = (gaps: readonly AssetGap[]): (Pair & { readonly value: bigint })[] => {
  const under = gaps.filter(({ gap }) => gap < 0n);
  return gaps
    .filter(({ gap }) => gap > 0n)
    .flatMap((over) => under.map((each) => ({ o: over.asset, u: each.asset, value: min(over.gap, -each.gap) })));
};

/** S(o,u), also when it is 0. */
export const between = ({ shared }: Surface, { o, u }: Pair): Shared =>
  shared.find((each) => each.o === o && each.u === u) ?? sharedOf({ o, u }, []);

/** S {base} as a matrix: a row for each asset sold, a column for each bought, both in the order of `assets`. */
export const matrix = ({ assets, shared }: Surface): bigint[][] => {
  const places = new Map(assets.map((asset, place) => [asset, place]));
  const rows = assets.map(() => assets.map(() => 0n));
  for (const { o, u, value } of shared) {
    const row = rows[places.get(o) ?? -1];
    const column = places.get(u);
    if (row !== undefined && column !== undefined) row[column] = value;
  }
  return rows;
};

/**
 * A trade of less than S(o,u): every index makes its part of it, floored, and the trade is of the sum of the parts, so none
 * makes another's (docs/rules.md 8).
 *
 * @param value {base} wanted, <= S(o,u)
 * @throws {MathError} BEYOND_SURFACE
 */
export const scaled = ({ shared, value }: { readonly shared: Shared; readonly value: bigint }): Shared => {
  if (value < 0n || value > shared.value) {
    throw new MathError(
      'BEYOND_SURFACE',
      `a trade of ${value} of ${shared.o} for ${shared.u}, where the indices share ${shared.value}`,
      'trade from 0 to S(o,u)',
    );
  }
  if (value === 0n) return sharedOf({ o: shared.o, u: shared.u }, []);
  const contributions = shared.contributions
    .map(({ index, value: part }) => ({ index, value: Crossing.partDown(value, part, shared.value) }))
    .filter((part) => part.value > 0n);
  return sharedOf({ o: shared.o, u: shared.u }, contributions);
};

/** @throws {MathError} PAST_TARGET when the index has not `value` {base} too much of o and too little of u */
const requireGaps = (of: IndexGaps | undefined, { o, u }: Pair, { index, value }: Contribution): void => {
  const gapIn = (asset: string): bigint => of?.gaps.find((each) => each.asset === asset)?.gap ?? 0n;
  if (value > 0n && gapIn(o) >= value && -gapIn(u) >= value) return;
  throw new MathError(
    'PAST_TARGET',
    `${index} cannot exchange ${value} of ${o} for ${u} without passing a target`,
    'book contributions that the surface of these gaps has, each once',
  );
};

/**
 * The gaps after a trade at the prices of the gaps, booked index by index in the amounts of its contributions
 * (docs/rules.md 8). Indices without a contribution stay as they are.
 *
 * @throws {MathError} PAST_TARGET for a contribution that the gaps do not allow; DUPLICATE_INDEX
 */
export const booked = ({
  indices,
  trade,
}: {
  readonly indices: readonly IndexGaps[];
  readonly trade: Shared;
}): IndexGaps[] => {
  for (const named of [indices, trade.contributions]) {
    requireOnce(
      sorted(named, ({ index }: { readonly index: string }) => index).map(({ index }) => index),
      'DUPLICATE_INDEX',
      'index',
    );
  }
  const parts = new Map(trade.contributions.map((part) => [part.index, part]));
  for (const part of trade.contributions) {
    requireGaps(
      indices.find(({ index }) => index === part.index),
      trade,
      part,
    );
  }
  return indices.map((of) => {
    const part = parts.get(of.index)?.value ?? 0n;
    if (part === 0n) return of;
    return indexGaps({
      index: of.index,
      gaps: of.gaps.map(({ asset, gap }) => ({
        asset,
        gap: asset === trade.o ? gap - part : asset === trade.u ? gap + part : gap,
      })),
    });
  });
};
