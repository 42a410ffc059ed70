import type { Branded } from '../brand.ts';
import { MathError } from '../math/errors.ts';
import { mulDivDown, mulDivUp } from '../math/fixed-point.ts';
import { ONE } from '../math/scales.ts';
import { sqrtDown } from '../math/sqrt.ts';
import { max, min } from '../math/word.ts';
import { type Epoch, type Widths, widths } from './bands.ts';
import { type BandParameters, DEFAULT_BANDS } from './parameters.ts';

/** {s} */
const DAY = 86_400n;

/** {1e18} ratios are below this: what `sigmaOf` takes the root of still fits a word, with up to 255 of them. */
const RATIO_LIMIT = 1n << 120n;

/** What an asset's weight was of its target on a UTC day. */
export interface Observation {
  /** {days} since 1970-01-01 UTC. */
  readonly day: bigint;
  /** NW/W {1e18}: ONE at the target. */
  readonly ratio: bigint;
}

/** The last observations of one asset, by day ascending, each day once. `NO_HISTORY` and `observe` make them. */
export type History = Branded<readonly Observation[], 'WeightHistory'>;

/** Of an asset that was never observed. */
export const NO_HISTORY = [] as readonly Observation[] as History;

/**
 * What a weight is of its target, NW/W {1e18}, floored.
 *
 * @throws {MathError} DIVISION_BY_ZERO: an asset without a target has no ratio and is not observed
 */
export const ratioOf = ({ weight, target }: { readonly weight: bigint; readonly target: bigint }): bigint =>
  mulDivDown(weight, ONE, target);

/**
 * The history after an observation (docs/rules.md 7). The first of a UTC day stands: a later one of the same day changes nothing.
 * Days without one leave no gap: what counts is the last `window` observations. In a reweigh window none is written: the way to
 * a new target is no volatility, and would widen the band for a month.
 *
 * @param of at {s} timestamp, ratio {1e18} NW/W
 * @throws {MathError} TIME_BACKWARDS for a day before the last; OUT_OF_RANGE for a ratio of 2^120 or more
 */
export const observe = (
  history: History,
  { at, ratio, epoch }: { readonly at: bigint; readonly ratio: bigint; readonly epoch: Epoch },
  { window }: BandParameters = DEFAULT_BANDS,
): History => {
  if (ratio < 0n || ratio >= RATIO_LIMIT || at < 0n) {
    throw new MathError(
      'OUT_OF_RANGE',
      `an observation of ${ratio} at ${at} is outside the range of the rule`,
      'give a time from 0 on and a ratio (1e18 = 1) from 0 to 2^120',
    );
  }
  const day = at / DAY;
  const last = history.at(-1);
  if (last !== undefined && day < last.day) {
    throw new MathError('TIME_BACKWARDS', `day ${day} is before day ${last.day}, observed before`, 'observe in order');
  }
  if (day === last?.day || epoch === 'reweigh') return history;
  return [...history, { day, ratio }].slice(-window) as readonly Observation[] as History;
};

/**
 * The volatility sigma {1e18}: the population standard deviation of NW/W - 1, floored (docs/rules.md 7). With n observations r it is
 * floor(sqrt(n sum r^2 - (sum r)^2) / n): one rounding in all. Floored, bands are rather a hair too narrow: they rather act, and pause,
 * sooner. 0 of no observations.
 */
export const sigmaOf = (history: History): bigint => {
  if (history.length === 0) return 0n;
  const n = BigInt(history.length);
  const sum = history.reduce((total, { ratio }) => total + ratio, 0n);
  const squares = history.reduce((total, { ratio }) => total + ratio * ratio, 0n);
  return sqrtDown(n * squares - sum * sum) / n;
};

const clamp = (value: bigint, low: bigint, high: bigint): bigint => min(max(value, low), high);

/**
 * The widths that follow from a volatility (docs/rules.md 7): x = clamp(sigma, 1 %, 40 %), y = clamp(3 sigma, x + 1 %, 50 %), but y at
 * least 15 % and y W at least 0.5 % of NAV, the quotient rounded up; y stays below 1, also where W is less than that 0.5 %.
 *
 * @param of sigma {1e18}, target W {1e18}
 */
export const widthsFrom = (
  { sigma, target }: { readonly sigma: bigint; readonly target: bigint },
  parameters: BandParameters = DEFAULT_BANDS,
): Widths => {
  const { leastNear, mostNear, multiple, leastSpread, mostFar, leastFar, leastFarOfNav } = parameters;
  const x = clamp(sigma, leastNear, mostNear);
  const clamped = clamp(multiple * sigma, x + leastSpread, mostFar);
  const ofNav = target === 0n ? ONE : mulDivUp(leastFarOfNav, ONE, target);
  return widths({ x, y: min(max(clamped, max(leastFar, ofNav)), ONE - 1n) });
};

/** Where the widths of a band come from. */
export type BandWidths =
  | { readonly kind: 'configured'; readonly widths: Widths }
  | { readonly kind: 'measured'; readonly sigma: bigint; readonly widths: Widths };

/**
 * The widths of an asset's band: from its volatility, or as configured while there are fewer than 7 observations (docs/rules.md 7).
 *
 * @param of target W {1e18}
 */
export const widthsOf = (
  { history, target, configured }: { readonly history: History; readonly target: bigint; readonly configured: Widths },
  parameters: BandParameters = DEFAULT_BANDS,
): BandWidths => {
  if (history.length < parameters.leastObservations) return { kind: 'configured', widths: configured };
  const sigma = sigmaOf(history);
  return { kind: 'measured', sigma, widths: widthsFrom({ sigma, target }, parameters) };
};
