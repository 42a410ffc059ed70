import { MathError } from '../math/errors.ts';
import { ceilDiv, mulDivDown, mulDivUp } from '../math/fixed-point.ts';
import { Q112, RAY } from '../math/scales.ts';
import { word } from '../math/word.ts';
import { noDrip, undripped } from './drip.ts';
import { VaultError } from './errors.ts';
import { type CurrentPool, type PoolBooks, type RatedPool, requireAmount, stored } from './pool-books.ts';
import { MAX_RATE } from './pool-value.ts';

export { available, backing, type CurrentPool, type RatedPool, type UnvaluedPool, type Waiting } from './pool-books.ts';

/** Below this price a pool is closed: it can be left, not entered {1e27 tok/share}: 1e-6. */
export const MIN_RATE = RAY / 1_000_000n;
/** What is locked for ever when a pool opens {base}: 10 USDC. */
export const LOCKED_VALUE = 10_000_000n;

/** {tok} that must be locked to open a pool: 10 USDC worth, rounded up. @param price {base/tok} UQ112 > 0 @throws {MathError} DIVISION_BY_ZERO */
export const lockedAmount = (price: bigint): bigint => ceilDiv(LOCKED_VALUE * Q112, price);

/**
 * A new pool at the price of 1, with `locked` {tok} in it whose shares are nobody's for ever (docs/rules.md 2).
 *
 * @param locked {tok}
 * @param price {base/tok} UQ112 > 0
 * @param now {s}
 * @throws {VaultError} LOCK_TOO_SMALL; {MathError} OUT_OF_RANGE, DIVISION_BY_ZERO
 */
export const open = ({ locked, price, now }: { locked: bigint; price: bigint; now: bigint }): RatedPool => {
  const least = lockedAmount(price);
  if (locked < least)
    throw new VaultError('LOCK_TOO_SMALL', `${locked} is worth less than 10 USDC`, `lock at least ${least}`);
  return stored({
    rate: RAY,
    idle: locked,
    placed: 0n,
    atPar: 0n,
    drip: noDrip(now),
    waiting: { owed: 0n, par: RAY, round: 0n },
  });
};

/**
 * A pool from its stored numbers, checked.
 *
 * @throws {MathError} OUT_OF_RANGE
 * @throws {VaultError} UNBACKED when more is owed at par, or on its way, than there is
 */
export const ratedPool = (books: PoolBooks): RatedPool => {
  const { rate, idle, placed, atPar, drip, waiting } = books;
  for (const amount of [idle, placed, atPar, drip.total, waiting.owed]) requireAmount(amount);
  const times = drip.since >= 0n && drip.since <= drip.until && drip.since <= drip.settledAt;
  if (rate < 0n || rate > MAX_RATE || waiting.par < 0n || waiting.par > RAY || waiting.round < 0n || !times)
    throw new MathError(
      'OUT_OF_RANGE',
      'a rate, par or time of the pool is outside its range',
      'give the numbers as the pool stored them',
    );
  const owed = atPar + undripped(drip);
  if (owed > idle + placed)
    throw new VaultError('UNBACKED', `${owed} is owed of ${idle + placed}`, 'give the numbers as the pool stored them');
  return stored(books);
};

/** {share} that `amount` {tok} brings, floored: for who enters with an amount. @throws {MathError} DIVISION_BY_ZERO */
export const sharesDown = ({ rate }: CurrentPool, amount: bigint): bigint => mulDivDown(amount, RAY, rate);
/** {share} that `amount` {tok} costs, ceiled: for who takes an amount. @throws {MathError} DIVISION_BY_ZERO */
export const sharesUp = ({ rate }: CurrentPool, amount: bigint): bigint => mulDivUp(amount, RAY, rate);
/** {tok} that `shares` bring, floored: for who leaves. */
export const amountDown = ({ rate }: RatedPool, shares: bigint): bigint => mulDivDown(shares, rate, RAY);
/** {tok} that `shares` cost, ceiled: for who enters for a number of shares. */
export const amountUp = ({ rate }: CurrentPool, shares: bigint): bigint => mulDivUp(shares, rate, RAY);

/** What enters or leaves: shares against an amount. */
export interface Moved {
  readonly pool: RatedPool;
  /** {share} */
  readonly shares: bigint;
  /** {tok} */
  readonly amount: bigint;
}

/** Whether a pool can be entered: its price has not fallen below 1e-6. */
export const isOpen = ({ rate }: RatedPool): boolean => rate >= MIN_RATE;

/** @throws {VaultError} POOL_CLOSED */
export const requireOpen = (pool: RatedPool): void => {
  if (isOpen(pool)) return;
  throw new VaultError('POOL_CLOSED', 'the price of the pool fell below 1e-6', 'open another pool of the asset');
};

const entered = (pool: CurrentPool, shares: bigint, amount: bigint): Moved => {
  requireOpen(pool);
  if (shares === 0n)
    throw new VaultError('NO_SHARES', `${amount} brings no share`, `enter with at least ${amountUp(pool, 1n)}`);
  requireAmount(shares);
  return { pool: stored({ ...pool, idle: pool.idle + word(amount) }), shares, amount };
};

/**
 * Enters with an amount {tok}: shares are floored (docs/rules.md 2). Only indices may; see `RatedBook`.
 *
 * @throws {VaultError} POOL_CLOSED, NO_SHARES; {MathError} OUT_OF_RANGE, OVERFLOW
 */
export const enter = (pool: CurrentPool, amount: bigint): Moved =>
  entered(pool, pool.rate === 0n ? 0n : sharesDown(pool, requireAmount(amount)), amount);

/**
 * Enters for a number of shares: the amount is ceiled, as a mint asks it (docs/rules.md 1, 2).
 *
 * @throws {VaultError} POOL_CLOSED, NO_SHARES; {MathError} OUT_OF_RANGE, OVERFLOW
 */
export const enterFor = (pool: CurrentPool, shares: bigint): Moved =>
  entered(pool, requireAmount(shares), amountUp(pool, shares));
