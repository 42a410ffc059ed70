import { max } from '../math/word.ts';
import { DaoError } from './errors.ts';
import type { DaoDecision } from './proposals.ts';

/** {s} how long a stop lasts (contracts: Index.STOP_LASTS). */
export const STOP_LASTS = 7n * 86_400n;
/** {s} from the start of a stop until the watchman may stop again (contracts: Index.STOP_PAUSE). */
export const STOP_PAUSE = 30n * 86_400n;

/** What a stop stops. */
export type Stoppable = 'trade' | 'mint';
/** What nobody can stop. */
export type Unstoppable = 'redeem' | 'claim' | 'transfer' | 'cutFee';

/** The last stop of an index; 0 when there was none. */
export interface Stops {
  /** {s} */
  readonly stoppedUntil: bigint;
}

/** Never stopped. */
export const NEVER: Stops = { stoppedUntil: 0n };

/** Whether something may be done now. */
export type Admission = { readonly kind: 'open' } | { readonly kind: 'stopped' /** {s} */; readonly until: bigint };

/** When the watchman may stop next {s}; 0 for at once (docs/rules.md 12). */
export const nextStop = ({ stoppedUntil }: Stops): bigint =>
  stoppedUntil === 0n ? 0n : stoppedUntil - STOP_LASTS + STOP_PAUSE;

/**
 * The watchman stops trades and mints for 7 days (docs/rules.md 12).
 *
 * @param now {s}
 * @throws {DaoError} STOP_TOO_SOON within 30 days of the start of the last stop
 */
export const stop = (stops: Stops, now: bigint): Stops => {
  const earliest = nextStop(stops);
  if (now >= earliest) return { stoppedUntil: now + STOP_LASTS };
  throw new DaoError(
    'STOP_TOO_SOON',
    `the watchman may stop again from ${earliest} on, and it is ${now}`,
    'a stop within 30 days of the last one is for the DAO to decide',
  );
};

/**
 * The DAO stops again, whenever it decided so: for 7 days too (docs/rules.md 12). A decision that comes after a later stop, or a
 * second time, changes nothing: it neither ends that stop nor lets the watchman stop sooner.
 */
export const stopAgain = ({ stoppedUntil }: Stops, decision: DaoDecision<{ readonly kind: 'stopAgain' }>): Stops => ({
  stoppedUntil: max(stoppedUntil, decision.at + STOP_LASTS),
});

/**
 * Whether an action is open: redeeming, claims, transfers and fee cuts always are (docs/rules.md 12).
 *
 * @param now {s}
 */
export const admission = (stops: Stops, action: Stoppable | Unstoppable, now: bigint): Admission => {
  switch (action) {
    case 'redeem':
    case 'claim':
    case 'transfer':
    case 'cutFee':
      return { kind: 'open' };
    case 'trade':
    case 'mint':
      return now < stops.stoppedUntil ? { kind: 'stopped', until: stops.stoppedUntil } : { kind: 'open' };
  }
};
