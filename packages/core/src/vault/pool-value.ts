import { mulDivDown } from '../math/fixed-point.ts';
import { RAY } from '../math/scales.ts';
import { max, min } from '../math/word.ts';
import { absorbed, dripped, joined, undripped } from './drip.ts';
import {
  backing,
  type CurrentPool,
  type PoolBooks,
  type RatedPool,
  requireAmount,
  stored,
  type UnvaluedPool,
  type Waiting,
} from './pool-books.ts';

/** No gain brings the price above this {1e27 tok/share}: 1e6. */
export const MAX_RATE = RAY * 1_000_000n;
/** Claims on what is placed are void once they stand for less of their first worth {1e27 tok/claim}: 1e-18. */
const VOID_PAR = 10n ** 9n;

/** floor(rate * to / from): the price after the backing went `from` one `to` another, at most MAX_RATE. */
const scaled = (rate: bigint, from: bigint, to: bigint): bigint =>
  from === 0n ? rate : min(mulDivDown(rate, to, from), MAX_RATE);

/** The pool with what dripped until `now` in its price. */
const settled = (pool: PoolBooks, now: bigint): PoolBooks => {
  const { drip, entered } = dripped(pool.drip, now);
  const before = backing(pool);
  return { ...pool, drip, rate: scaled(pool.rate, before, before + entered) };
};

/** How much of a gain {tok} is counted: with what is on its way already at most the backing, so no gain more than doubles a pool. */
const counted = (pool: PoolBooks, gain: bigint): bigint => {
  if (pool.rate === 0n) return 0n;
  return min(gain, max(backing(pool) - undripped(pool.drip), 0n));
};

/** Drip and price after a loss {tok}: what has not entered the price goes first, the rest counts at once (docs/rules.md 2). */
export const reduced = (pool: PoolBooks, loss: bigint): Pick<PoolBooks, 'drip' | 'rate'> => {
  const before = backing(pool);
  const { drip, rest } = absorbed(pool.drip, loss);
  if (rest === 0n) return { drip, rate: pool.rate };
  return { drip, rate: rest >= before ? 0n : scaled(pool.rate, before, before - rest) };
};

/** What waits on the controller after its value fell from `before` to `after` {tok}; void when next to nothing is left. */
const cut = ({ owed, par, round }: Waiting, before: bigint, after: bigint): Waiting => {
  if (owed === 0n) return { owed, par, round };
  const left = mulDivDown(owed, after, before);
  const newPar = mulDivDown(par, left, owed);
  return newPar < VOID_PAR ? { owed: 0n, par: RAY, round: round + 1n } : { owed: left, par: newPar, round };
};

/**
 * The pool at `now`, with what is placed at its value: what dripped enters the price, a loss counts at once, a gain begins to
 * drip (docs/rules.md 2, 10). A loss is shared with those who wait on the controller, a gain is not. What a gain has above the
 * limit of doubling is counted by a later valuation.
 *
 * @param value {tok} of all that is placed; 0 for a pool without a controller
 * @param now {s}
 * @throws {MathError} OUT_OF_RANGE, TIME_RUNS_BACKWARDS, OVERFLOW
 */
export const valuedAt = (pool: RatedPool, value: bigint, now: bigint): CurrentPool => {
  const at = settled(pool, now);
  const before = at.placed + at.waiting.owed;
  if (requireAmount(value) >= before) {
    const gain = counted(at, value - before);
    const drip = gain === 0n ? at.drip : joined(at.drip, gain);
    return stored({ ...at, placed: at.placed + gain, drip }) as CurrentPool;
  }
  const waiting = cut(at.waiting, before, value);
  const placed = value - waiting.owed;
  const loss = max(at.placed - placed, 0n);
  return stored({ ...at, ...reduced(at, loss), placed: at.placed - loss, waiting }) as CurrentPool;
};

/** What a controller says that is placed with it. */
export type Reading = { readonly kind: 'valued'; readonly value: bigint } | { readonly kind: 'unknown' };

/** A pool after a reading: with a price, or without. */
export type PoolNow =
  | { readonly kind: 'current'; readonly pool: CurrentPool }
  | { readonly kind: 'unvalued'; readonly pool: UnvaluedPool };

/**
 * The pool at `now` after a reading of its controller; a failed reading moves nothing (docs/rules.md 10). Shares of a pool
 * with nothing placed need none.
 *
 * @param now {s}
 * @throws {MathError} OUT_OF_RANGE, TIME_RUNS_BACKWARDS, OVERFLOW
 */
export const readAt = (pool: RatedPool, reading: Reading, now: bigint): PoolNow => {
  if (reading.kind === 'valued') return { kind: 'current', pool: valuedAt(pool, reading.value, now) };
  if (pool.placed === 0n) return { kind: 'current', pool: valuedAt(pool, pool.waiting.owed, now) };
  return { kind: 'unvalued', pool: pool as UnvaluedPool };
};

/** A pool that took a gain. */
export interface Gained {
  readonly pool: RatedPool;
  /** {tok} that the pool takes; the rest stays with the giver */
  readonly taken: bigint;
}

/**
 * A gain paid into the pool, such as an exchange fee: it drips (docs/rules.md 2). The pool takes at most what would double it.
 *
 * @param gain {tok}
 * @throws {MathError} OUT_OF_RANGE
 */
export const give = (pool: CurrentPool, gain: bigint): Gained => {
  const taken = counted(pool, requireAmount(gain));
  if (taken === 0n) return { pool, taken };
  return { pool: stored({ ...pool, idle: pool.idle + taken, drip: joined(pool.drip, taken) }), taken };
};
