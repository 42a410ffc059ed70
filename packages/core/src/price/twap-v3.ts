import { MathError } from '../math/errors.ts';
import { abs } from '../math/word.ts';
import { type Answer, failed, type Horizon, type PriceSource, type Refreshed, ratioAnswer } from './answer.ts';
import { MAX_TICK, priceAtTick } from './tick-math.ts';
import type { Window } from './window.ts';

/** {bits} of a pool's cumulative tick, which wraps */
const CUMULATIVE_BITS = 56;

/** The cumulative tick of a pool {tick s}, an int56, at both ends of a time {s} > 0. */
export interface TickSpan {
  readonly before: bigint;
  readonly after: bigint;
  readonly seconds: bigint;
}

/**
 * The mean tick of a time: the difference of the cumulative ticks, modulo 2^56, over the time, rounded toward minus infinity
 * (docs/rules.md 5). Beyond `MAX_TICK` on either side when no pool gives such cumulative ticks.
 *
 * @throws {MathError} DIVISION_BY_ZERO when no time passed
 */
export const meanTick = ({ before, after, seconds }: TickSpan): bigint => {
  if (seconds <= 0n) {
    throw new MathError('DIVISION_BY_ZERO', `the mean tick of ${seconds} s is asked for`, 'give a time above 0');
  }
  const difference = BigInt.asIntN(CUMULATIVE_BITS, after - before);
  const towardZero = difference / seconds;
  return difference < 0n && difference % seconds !== 0n ? towardZero - 1n : towardZero;
};

/** The average price in a Uniswap v3 pool. The pool keeps the observations: the source itself remembers nothing. */
export interface TwapV3<H extends Horizon = Horizon> {
  readonly window: Window<H>;
  /** Which token of the pool is priced in the other one. */
  readonly asset: 'token0' | 'token1';
}

/** What the pool's `observe` says of the window up to now, or that it does not reach back so far. */
export type Observed =
  | { readonly kind: 'observed'; readonly before: bigint; readonly after: bigint }
  | { readonly kind: 'failed' };

/**
 * The average of the window up to now {other/asset}, a view: the price at the mean tick; for token1 at its negative, so that
 * both prices are of one tick (docs/rules.md 5). Cumulative ticks that no pool gives are no answer: one source that tells
 * nonsense must not stop the others of an aggregate.
 */
export const last = <H extends Horizon>({ window, asset }: TwapV3<H>, seen: Observed): Answer<H> => {
  if (seen.kind === 'failed') return failed('NO_WINDOW');
  const tick = meanTick({ before: seen.before, after: seen.after, seconds: window.seconds });
  if (abs(tick) > MAX_TICK) return failed('OUT_OF_RANGE');
  return ratioAnswer(priceAtTick(asset === 'token0' ? tick : -tick), window.horizon);
};

/** As `last`: the pool is always fresh. */
export const refreshed = <H extends Horizon>(state: TwapV3<H>, seen: Observed): Refreshed<TwapV3<H>, H> => ({
  state,
  answer: last(state, seen),
});

/** The average of a Uniswap v3 pool as a source of prices. */
export const source = { last, refreshed } satisfies PriceSource<TwapV3, Observed>;
