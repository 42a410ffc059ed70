import type { Branded } from '../brand.ts';
import { BP } from '../index-fund/shares.ts';
import { type Answer, failed } from './answer.ts';
import { PriceError } from './errors.ts';
import { isNear, NEAR_BPS } from './near.ts';

/** {bp} of all weight that has to be left */
export const QUORUM_BPS = 6_000n;
/** {1} sources that have to be left */
export const QUORUM_SOURCES = 2;

/** A source's name and its part of the whole {bp}. */
export interface WeightedSource {
  readonly source: string;
  readonly weight: bigint;
}

/** Sources with weights above 0 that sum to 10 000, by name ascending. */
export type Split = Branded<readonly WeightedSource[], 'Split'>;

/** @throws {PriceError} BAD_SPLIT */
export const split = (sources: readonly WeightedSource[]): Split => {
  // Nothing but the two: what a caller's objects have besides must not end up in a part.
  const bare = sources.map(({ source, weight }) => ({ source, weight }));
  const sorted = bare.toSorted((a, b) => (a.source < b.source ? -1 : 1));
  const sum = sorted.reduce((total, { weight }) => total + weight, 0n);
  const [names, light] = [new Set(sorted.map(({ source }) => source)), sorted.find(({ weight }) => weight <= 0n)];
  const wrong =
    (names.size !== sorted.length && 'a source is named twice') ||
    (sorted.length < QUORUM_SOURCES && 'a single source has nothing to be compared with') ||
    (light !== undefined && `${light.source} has the weight ${light.weight}`) ||
    (sum !== BP && `the weights sum to ${sum}`);
  if (wrong === false) return sorted as readonly WeightedSource[] as Split;
  throw new PriceError(
    'BAD_SPLIT',
    wrong,
    'give two or more sources, each once, with weights above 0 that sum to 10 000',
  );
};

/** What became of a source: why it was dropped, or that it was kept. */
export type Fate = 'kept' | 'stale' | 'failed' | 'zero' | 'far';

/** A source in an aggregation. Fresh ones have a price and its distance from the median, in the scale of the prices. */
export type Part = WeightedSource &
  (
    | { readonly fate: 'stale' | 'failed' | 'zero' }
    | { readonly fate: 'kept' | 'far'; readonly price: bigint; readonly distance: bigint }
  );

/** How an aggregate was worked out. */
export interface Aggregation {
  /** By name ascending. */
  readonly parts: readonly Part[];
  /** Of the fresh prices; undefined when there are none. */
  readonly median: bigint | undefined;
  /** Of the sources that were kept {bp}. */
  readonly weightLeft: bigint;
  readonly sourcesLeft: number;
  readonly answer: Answer<'live'>;
}

const isFresh = (answer: Answer<'live'> | undefined): answer is Extract<Answer<'live'>, { kind: 'price' }> =>
  answer?.kind === 'price' && answer.price > 0n;

const fateOf = (answer: Answer | undefined): 'stale' | 'failed' | 'zero' => {
  if (answer === undefined) return 'failed';
  return answer.kind === 'price' ? 'zero' : answer.kind;
};

/** The lower middle. */
const medianOf = (prices: readonly bigint[]): bigint | undefined =>
  prices.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))[(prices.length - 1) >> 1];

/**
 * One price from several sources of like horizon (docs/rules.md 5): stale, zero and failing ones are dropped; then those further
 * than 2 % from the median of the rest, for an even number the lower middle. What is left has 60 % of the weight and is two
 * sources at least, or there is no price (QUORUM): else the price is their weighted average, floored. Prices are of one scale.
 *
 * @param answers by name; a source that is missing gave no answer
 * @throws {PriceError} UNKNOWN_SOURCE for an answer of a source that is not in the split
 */
export const aggregation = (sources: Split, answers: ReadonlyMap<string, Answer<'live'>>): Aggregation => {
  const stranger = [...answers.keys()].find((name) => sources.every(({ source }) => source !== name));
  if (stranger !== undefined) {
    throw new PriceError(
      'UNKNOWN_SOURCE',
      `${stranger} has no weight`,
      'give answers of the sources of the split alone',
    );
  }
  const median = medianOf([...answers.values()].filter(isFresh).map(({ price }) => price));
  const parts = sources.map((one): Part => {
    const answer = answers.get(one.source);
    if (!isFresh(answer) || median === undefined) return { ...one, fate: fateOf(answer) };
    const { price } = answer;
    const fate = isNear({ price, of: median, bps: NEAR_BPS }) ? 'kept' : 'far';
    return { ...one, fate, price, distance: price > median ? price - median : median - price };
  });
  const kept = parts.flatMap((part) => (part.fate === 'kept' ? [part] : []));
  const weightLeft = kept.reduce((sum, { weight }) => sum + weight, 0n);
  const sourcesLeft = kept.length;
  const quorum = weightLeft >= QUORUM_BPS && sourcesLeft >= QUORUM_SOURCES;
  const total = kept.reduce((sum, { weight, price }) => sum + weight * price, 0n);
  const answer: Answer<'live'> = quorum
    ? { kind: 'price', price: total / weightLeft, horizon: 'live' }
    : failed('QUORUM');
  return { parts, median, weightLeft, sourcesLeft, answer };
};
