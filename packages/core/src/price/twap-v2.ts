import type { Branded } from '../brand.ts';
import { MathError } from '../math/errors.ts';
import { Q112 } from '../math/scales.ts';
import { word } from '../math/word.ts';
import { type Answer, failed, type Horizon, type PriceSource, type Refreshed, ratioAnswer } from './answer.ts';
import type { Window } from './window.ts';

/** Times of a pair are {s} modulo 2^32, its cumulative price {UQ112 s} modulo 2^256. */
const TIME_BITS = 32;
const WORD_BITS = 256;
const RESERVE_BITS = 112n;

/** The cumulative price of one token of a pair at one moment. */
export type Observation = Branded<{ readonly cumulative: bigint; readonly at: bigint }, 'Observation'>;

/**
 * @param reading.cumulative {UQ112 s} as the pair gives it
 * @param reading.timestamp {s} of the block; what is above 32 bits is cut off, as in the pair
 * @throws {MathError} OVERFLOW for a cumulative price that is no word
 */
export const observation = ({ cumulative, timestamp }: { cumulative: bigint; timestamp: bigint }): Observation =>
  ({ cumulative: word(cumulative), at: BigInt.asUintN(TIME_BITS, word(timestamp)) }) as Observation;

/** Two observations of one pair, the earlier one first. */
export interface Span {
  readonly from: Observation;
  readonly to: Observation;
}

/** {s} between two observations, modulo 2^32: from 2^32 - 5 to 5 it is 10 s (docs/rules.md 5). */
export const elapsed = ({ from, to }: Span): bigint => BigInt.asUintN(TIME_BITS, to.at - from.at);

/**
 * The average price between two observations {UQ112}: the difference of the cumulative prices, modulo 2^256, over the time,
 * floored (docs/rules.md 5). Nothing overflows: a cumulative price of 2^256 - 5Q and the price 1 for 10 s give Q.
 *
 * @throws {MathError} DIVISION_BY_ZERO when no time has passed
 */
export const average = (span: Span): bigint => {
  const seconds = elapsed(span);
  if (seconds === 0n) {
    throw new MathError('DIVISION_BY_ZERO', 'no time passed between the observations', 'observe the pair again later');
  }
  return BigInt.asUintN(WORD_BITS, span.to.cumulative - span.from.cumulative) / seconds;
};

/** What a pair keeps for the price of one of its tokens in the other one. Reserves are {tok} < 2^112. */
export interface Pair {
  readonly reserve: bigint;
  readonly otherReserve: bigint;
  readonly seen: Observation;
}

/**
 * A pair as it would be after an update at `timestamp` that leaves its reserves: the cumulative price grows by
 * floor(otherReserve * 2^112 / reserve) for each second since the last one (docs/rules.md 5). So a price that is undone within its
 * block lasts for 0 s and moves no average. An empty pair has no price.
 *
 * @param timestamp {s}
 * @throws {MathError} OVERFLOW for reserves beyond 112 bits
 */
export const accumulated = ({ reserve, otherReserve, seen }: Pair, timestamp: bigint): Pair => {
  for (const one of [reserve, otherReserve]) {
    if (one >= 0n && one >> RESERVE_BITS === 0n) continue;
    throw new MathError('OVERFLOW', `a reserve of ${one} does not fit 112 bits`, 'give the reserves of a pair');
  }
  const now = observation({ cumulative: seen.cumulative, timestamp });
  const price = reserve === 0n || otherReserve === 0n ? 0n : (otherReserve * Q112) / reserve;
  const cumulative = BigInt.asUintN(WORD_BITS, seen.cumulative + price * elapsed({ from: seen, to: now }));
  return { reserve, otherReserve, seen: observation({ cumulative, timestamp }) };
};

/** The average of a pair's price over a window: not yet measured, or the last one and where it ended. */
export type TwapV2<H extends Horizon = Horizon> =
  | { readonly kind: 'waiting'; readonly window: Window<H>; readonly since: Observation }
  | { readonly kind: 'measured'; readonly window: Window<H>; readonly since: Observation; readonly price: bigint };

/** An average that begins to be measured. */
export const begun = <H extends Horizon>(window: Window<H>, since: Observation): TwapV2<H> => ({
  kind: 'waiting',
  window,
  since,
});

/**
 * The last average (docs/rules.md 5), a view: none before a whole window was measured, and stale once its end is longer ago than the
 * window.
 */
export const last = <H extends Horizon>(state: TwapV2<H>, seen: Observation): Answer<H> => {
  switch (state.kind) {
    case 'waiting':
      return failed('NO_WINDOW');
    case 'measured':
      if (elapsed({ from: state.since, to: seen }) > state.window.seconds) return { kind: 'stale' };
      return ratioAnswer(state.price, state.window.horizon);
  }
};

/**
 * Takes an observation in (docs/rules.md 5): when a window has passed since the last one that was kept, the average of that time is
 * the new price. After more than two windows it is an average of another horizon: measuring begins anew.
 */
export const refreshed = <H extends Horizon>(state: TwapV2<H>, seen: Observation): Refreshed<TwapV2<H>, H> => {
  const { window, since } = state;
  const span = { from: since, to: seen };
  const passed = elapsed(span);
  if (passed < window.seconds) return { state, answer: last(state, seen) };
  const next: TwapV2<H> =
    passed > 2n * window.seconds
      ? begun(window, seen)
      : { kind: 'measured', window, since: seen, price: average(span) };
  return { state: next, answer: last(next, seen) };
};

/** The average of a Uniswap v2 pair as a source of prices. */
export const source = { last, refreshed } satisfies PriceSource<TwapV2, Observation>;
