import type { Branded } from '../brand.ts';
import { MathError } from '../math/errors.ts';
import { ONE } from '../math/scales.ts';
import { max, min } from '../math/word.ts';
import type { BandState, Epoch, Side } from './bands.ts';
import { type BandParameters, DEFAULT_BANDS } from './parameters.ts';

/** What is known of an asset's last move beyond its far bound. */
type State =
  /** There is none, or the asset came back. */
  | { readonly state: 'clear' }
  /** The asset does not trade before `until` {s}. */
  | { readonly state: 'paused'; readonly side: Side; readonly since: bigint; readonly until: bigint }
  /** The pause is over; last seen beyond the bound at `seen` {s}, not before the end of the pause. */
  | { readonly state: 'served'; readonly side: Side; readonly seen: bigint };

/** The pause of one asset of one index. `CLEAR` and `after` make it. */
export type Pause = Branded<State, 'BandPause'>;

/** What may happen to a pause, at {s}. */
export type PauseEvent =
  /** Somebody opened or poked the index. */
  | { readonly kind: 'measured'; readonly at: bigint; readonly band: BandState }
  /** Two independent sources answered {base/tok} UQ112. */
  | { readonly kind: 'sources'; readonly at: bigint; readonly prices: readonly [bigint, bigint] }
  /** The watchman moves the end of the pause. */
  | { readonly kind: 'watchman'; readonly at: bigint; readonly until: bigint };

/** The one place that makes a pause of a state. */
const pauseOf = (state: State): Pause => state as Pause;

/** Of an asset that is within its far bound. */
export const CLEAR: Pause = pauseOf({ state: 'clear' });

/** What a pause is at a time {s}: one that has ended has been served. */
const atTime = (pause: Pause, at: bigint): Pause => {
  const since = pause.state === 'paused' ? pause.since : pause.state === 'served' ? pause.seen : 0n;
  if (at < since) {
    throw new MathError('TIME_BACKWARDS', `${at} is before ${since}, seen before`, 'give events in the order of time');
  }
  if (pause.state !== 'paused' || at < pause.until) return pause;
  return pauseOf({ state: 'served', side: pause.side, seen: pause.until });
};

/**
 * Whether two prices agree: they differ by at most 2 % of the lower (docs/rules.md 7). A price of 0 agrees with nothing.
 *
 * @param prices {base/tok} UQ112
 */
export const agree = ([a, b]: readonly [bigint, bigint], { agreement }: BandParameters = DEFAULT_BANDS): boolean => {
  const low = min(a, b);
  return low > 0n && (max(a, b) - low) * ONE <= low * agreement;
};

/** An asset seen beyond its far bound pauses, unless it has served a pause for this very move. */
const beyond = (pause: Pause, at: bigint, side: Side, { pause: length }: BandParameters): Pause => {
  switch (pause.state) {
    case 'paused':
      return pause;
    case 'served':
      // Not seen for longer than a pause: it may have been back meanwhile, and a new move waits anew.
      if (pause.side === side && at - pause.seen <= length) return pauseOf({ state: 'served', side, seen: at });
      return pauseOf({ state: 'paused', side, since: at, until: at + length });
    case 'clear':
      return pauseOf({ state: 'paused', side, since: at, until: at + length });
  }
};

const moved = (pause: Pause, at: bigint, until: bigint, { longestPause }: BandParameters): Pause => {
  if (pause.state !== 'paused') {
    throw new MathError('NOT_PAUSED', 'the asset does not pause', 'only a pause that runs can be moved');
  }
  if (until < at) {
    throw new MathError('PAUSE_IN_THE_PAST', `the pause would end at ${until}, before ${at}`, 'end it now or later');
  }
  if (until > pause.since + longestPause) {
    throw new MathError(
      'PAUSE_TOO_LONG',
      `the pause would last ${until - pause.since} s from its beginning`,
      `give an end at most ${longestPause} s after ${pause.since}`,
    );
  }
  return atTime(pauseOf({ ...pause, until }), at);
};

/**
 * The pause after an event (docs/rules.md 7). An asset that is measured beyond its far bound pauses for 24 h. The pause ends sooner
 * when two sources agree; the watchman may shorten it, also to nothing, or extend it, to 7 days from its beginning at most. Coming back
 * within the bound does not end it: the jump is what was doubted. Once it is over the asset acts at half size while it is beyond the bound.
 * It pauses anew after it was measured within, on the other side, or not at all for longer than a pause.
 *
 * @throws {MathError} TIME_BACKWARDS; NOT_PAUSED, PAUSE_IN_THE_PAST, PAUSE_TOO_LONG for the watchman
 */
export const after = (pause: Pause, event: PauseEvent, parameters: BandParameters = DEFAULT_BANDS): Pause => {
  const { at } = event;
  const now = atTime(pause, at);
  switch (event.kind) {
    case 'measured':
      if (event.band.kind === 'beyond') return beyond(now, at, event.band.side, parameters);
      return now.state === 'paused' ? now : CLEAR;
    case 'sources':
      if (now.state !== 'paused' || !agree(event.prices, parameters)) return now;
      return pauseOf({ state: 'served', side: now.side, seen: at });
    case 'watchman':
      return moved(now, at, event.until, parameters);
  }
};

/** How an asset stands for trading: `part` {1e18} of its order acts. */
export type Standing =
  | { readonly kind: 'near' }
  | { readonly kind: 'acts'; readonly part: bigint }
  | { readonly kind: 'paused'; readonly until: bigint };

/**
 * How an asset stands at a time, and its pause after it was looked at (docs/rules.md 7). In a reweigh window every asset acts whole and
 * no pause begins; one that runs goes on.
 *
 * @param of at {s}
 * @throws {MathError} TIME_BACKWARDS
 */
export const standingOf = (
  {
    pause,
    band,
    at,
    epoch,
  }: { readonly pause: Pause; readonly band: BandState; readonly at: bigint; readonly epoch: Epoch },
  parameters: BandParameters = DEFAULT_BANDS,
): { readonly standing: Standing; readonly pause: Pause } => {
  const next = epoch === 'reweigh' ? atTime(pause, at) : after(pause, { kind: 'measured', at, band }, parameters);
  if (next.state === 'paused') return { standing: { kind: 'paused', until: next.until }, pause: next };
  if (epoch === 'reweigh') return { standing: { kind: 'acts', part: ONE }, pause: next };
  switch (band.kind) {
    case 'near':
      return { standing: { kind: 'near' }, pause: next };
    case 'acts':
      return { standing: { kind: 'acts', part: ONE }, pause: next };
    case 'beyond':
      return { standing: { kind: 'acts', part: parameters.partAfterPause }, pause: next };
  }
};
