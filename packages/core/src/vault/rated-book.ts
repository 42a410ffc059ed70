import type { Pulled } from '../controllers/pull.ts';
import { VaultError } from './errors.ts';
import type { CurrentPool, RatedPool } from './pool-books.ts';
import * as PoolExit from './pool-exit.ts';
import { type Reading, readAt } from './pool-value.ts';
import * as Pool from './rated-pool.ts';

/** A rated pool and the shares of it that each index has which chose it: nobody else enters (docs/rules.md 2). */
export interface RatedBook {
  readonly pool: RatedPool;
  /** {share} by index */
  readonly shares: ReadonlyMap<string, bigint>;
}

/** A book after shares moved. */
export interface Booked {
  readonly book: RatedBook;
  /** {share} */
  readonly shares: bigint;
  /** {tok} */
  readonly amount: bigint;
}

/** A book that an index left in part, and what who leaves gets. */
export interface Paid extends Omit<PoolExit.Left, 'pool'> {
  readonly book: RatedBook;
}

/** What a move sees: the reading of the controller and the time {s}. */
export interface Moment {
  readonly reading: Reading;
  readonly now: bigint;
}

/** A book that no index chose yet. */
export const bookOf = (pool: RatedPool): RatedBook => ({ pool, shares: new Map() });

/** The book after an index chose the pool: it bears its losses and has its gains from now on (docs/rules.md 10). */
export const choose = (book: RatedBook, index: string): RatedBook =>
  book.shares.has(index) ? book : { ...book, shares: new Map(book.shares).set(index, 0n) };

/** The shares of an index {share}. @throws {VaultError} NOT_CHOSEN for who is no index that chose the pool */
export const sharesOf = ({ shares }: RatedBook, index: string): bigint => {
  const held = shares.get(index);
  if (held === undefined)
    throw new VaultError('NOT_CHOSEN', `${index} did not choose the pool`, 'only an index that chose it may enter');
  return held;
};

const without = (book: RatedBook, index: string, shares: bigint): RatedBook => {
  const held = sharesOf(book, index);
  if (shares < 0n || shares > held)
    throw new VaultError('NOT_HELD', `${index} has ${held} shares, not ${shares}`, 'move shares that the index has');
  return { ...book, shares: new Map(book.shares).set(index, held - shares) };
};

const withMore = (book: RatedBook, index: string, shares: bigint): RatedBook => ({
  ...book,
  shares: new Map(book.shares).set(index, sharesOf(book, index) + shares),
});

const currentPool = (book: RatedBook, { reading, now }: Moment): CurrentPool => {
  const at = readAt(book.pool, reading, now);
  if (at.kind === 'current') return at.pool;
  throw new VaultError('PLACED_UNVALUED', 'nobody knows what is placed', 'enter when the controller answers again');
};

const into = (book: RatedBook, index: string, { pool, shares, amount }: Pool.Moved): Booked => ({
  book: withMore({ ...book, pool }, index, shares),
  shares,
  amount,
});

/**
 * An index enters with an amount {tok}: what a trade brought (docs/rules.md 2, 10).
 *
 * @throws {VaultError} NOT_CHOSEN, PLACED_UNVALUED, POOL_CLOSED, NO_SHARES; {MathError} as `readAt`
 */
export const enter = (book: RatedBook, { index, amount }: { index: string; amount: bigint }, at: Moment): Booked =>
  into(book, index, Pool.enter(currentPool(book, at), amount));

/**
 * An index enters for a number of shares: what a mint asks for (docs/rules.md 1, 2, 10).
 *
 * @throws {VaultError} NOT_CHOSEN, PLACED_UNVALUED, POOL_CLOSED, NO_SHARES; {MathError} as `readAt`
 */
export const enterFor = (book: RatedBook, { index, shares }: { index: string; shares: bigint }, at: Moment): Booked =>
  into(book, index, Pool.enterFor(currentPool(book, at), shares));

/** Shares change hands between two indices that chose the pool: bookkeeping (docs/rules.md 2). @throws {VaultError} NOT_CHOSEN, NOT_HELD */
export const move = (book: RatedBook, { from, to, shares }: { from: string; to: string; shares: bigint }): RatedBook =>
  withMore(without(book, from, shares), to, shares);

/**
 * Shares of an index leave, for a redemption or a sale (docs/rules.md 10). While nobody knows what is placed: with a part of what is
 * idle and a claim on the rest.
 *
 * @param pull what the controller brings of a lack {tok}; NOTHING_PULLED when it fails
 * @throws {VaultError} NOT_CHOSEN, NOT_HELD, PULLED_TOO_MUCH; {MathError} as `readAt`
 */
export const leave = (
  book: RatedBook,
  { index, shares, pull }: { index: string; shares: bigint; pull: (lack: bigint) => Pulled },
  { reading, now }: Moment,
): Paid => {
  const rest = without(book, index, shares);
  const at = readAt(book.pool, reading, now);
  const { pool, ...left } =
    at.kind === 'current'
      ? PoolExit.leave(at.pool, shares, pull(PoolExit.lackOf(at.pool, shares)))
      : PoolExit.leaveUnvalued(at.pool, shares);
  return { book: { ...rest, pool }, ...left };
};
