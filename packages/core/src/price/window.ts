import type { Branded } from '../brand.ts';
import type { Horizon } from './answer.ts';
import { PriceError } from './errors.ts';

/** A time over which a price is averaged {s}, and the horizon that this makes: only those of like horizon are averaged together. */
export type Window<H extends Horizon = Horizon> = Branded<{ readonly seconds: bigint; readonly horizon: H }, 'Window'>;

/** {s} shortest and longest window of an average that stands beside live feeds (docs/rules.md 5) */
export const MIN_WINDOW = 1_800n;
export const MAX_WINDOW = 7_200n;

/** The window of the sanity bound: 24 h. */
export const DAY_WINDOW = { seconds: 86_400n, horizon: 'day' } as Window<'day'>;

/**
 * A window for averages that stand beside live feeds: 30 to 120 minutes (docs/rules.md 5).
 *
 * @param seconds {s}
 * @throws {PriceError} BAD_WINDOW
 */
export const liveWindow = (seconds: bigint): Window<'live'> => {
  if (seconds >= MIN_WINDOW && seconds <= MAX_WINDOW) return { seconds, horizon: 'live' } as Window<'live'>;
  throw new PriceError('BAD_WINDOW', `a window of ${seconds} s`, 'give 1 800 to 7 200 s: 30 to 120 minutes');
};
