import { word } from '../math/word.ts';
import { sorted } from '../rebalance/sorted.ts';
import { requireAmount, requireAvailable, stored } from '../vault/pool-books.ts';
import { sharesFor } from '../vault/pool-exit.ts';
import { give, valuedAt } from '../vault/pool-value.ts';
import {
  amountDown,
  available,
  backing,
  type CurrentPool,
  enter,
  type RatedPool,
  requireOpen,
  sharesDown,
} from '../vault/rated-pool.ts';
import { ExchangeError } from './errors.ts';

/**
 * The rated pool of an asset (docs/rules.md 2) with the shares of the indices that hold it: what exchange fees are paid to. Shares
 * that no index has, of what was locked and of roundings, are nobody's.
 */
export interface IndexPool {
  readonly books: RatedPool;
  /** {share} by index, above 0 */
  readonly shares: ReadonlyMap<string, bigint>;
}

/** Amounts of indices {tok}. */
export interface Part {
  readonly index: string;
  readonly amount: bigint;
}

/** The books now, with what is placed at its last valuation: a controller is read before the exchange is called (docs/rules.md 10). */
const current = ({ books }: IndexPool, now: bigint): CurrentPool =>
  valuedAt(books, books.placed + books.waiting.owed, now);

/** {tok} that an index holds now, floored */
export const holdingIn = (pool: IndexPool, index: string, now: bigint): bigint =>
  amountDown(current(pool, now), pool.shares.get(index) ?? 0n);

/** {tok} that a sale can take now: what is idle and not set aside */
export const saleable = ({ books }: IndexPool): bigint => available(books);

/** {tok} what the pool takes as a gift now: with what is on its way it at most doubles (docs/rules.md 2) */
export const giftRoom = (pool: IndexPool, now: bigint): bigint => {
  const books = current(pool, now);
  return give(books, backing(books)).taken;
};

const withShares = (shares: ReadonlyMap<string, bigint>, index: string, of: bigint): ReadonlyMap<string, bigint> => {
  const others = [...shares].filter(([name]) => name !== index);
  const all: [string, bigint][] = of === 0n ? others : [...others, [index, of]];
  return new Map(sorted(all, ([name]) => name));
};

/**
 * An index enters with an amount (docs/rules.md 2).
 *
 * @throws {VaultError} POOL_CLOSED, NO_SHARES; {MathError} OUT_OF_RANGE, OVERFLOW
 */
export const entered = (pool: IndexPool, { index, amount }: Part, now: bigint): IndexPool => {
  const { pool: books, shares } = enter(current(pool, now), amount);
  return { books, shares: withShares(pool.shares, index, (pool.shares.get(index) ?? 0n) + shares) };
};

/**
 * The pool after a purchase that brought `received` {tok}, of which the indices get their parts; shares are floored, what the parts
 * leave is nobody's (docs/rules.md 2).
 *
 * @throws {VaultError} POOL_CLOSED; {MathError} OUT_OF_RANGE, OVERFLOW when the parts are more than was received
 */
export const bought = (pool: IndexPool, parts: readonly Part[], received: bigint, now: bigint): IndexPool => {
  const books = current(pool, now);
  requireOpen(books);
  word(parts.reduce((rest, { amount }) => rest - amount, received));
  const shares = parts.reduce(
    (all, { index, amount }) =>
      withShares(all, index, requireAmount((all.get(index) ?? 0n) + sharesDown(books, amount))),
    pool.shares,
  );
  return { books: stored({ ...books, idle: books.idle + received }), shares };
};

/**
 * The pool after a sale of the parts: the shares that they take are rounded up, for those who stay (docs/rules.md 2).
 *
 * @throws {ExchangeError} NOT_HELD; {VaultError} NOT_BACKED, NOT_IDLE; {MathError} OUT_OF_RANGE, OVERFLOW
 */
export const sold = (pool: IndexPool, parts: readonly Part[], now: bigint): IndexPool => {
  const books = current(pool, now);
  let shares = pool.shares;
  for (const { index, amount } of parts) {
    const own = shares.get(index) ?? 0n;
    const taken = sharesFor(books, amount);
    if (taken > own) {
      throw new ExchangeError('NOT_HELD', `${index} sells ${amount} for ${taken} of ${own} shares`, 'sell less');
    }
    shares = withShares(shares, index, own - taken);
  }
  const given = parts.reduce((sum, { amount }) => sum + amount, 0n);
  return { books: stored({ ...books, idle: books.idle - requireAvailable(books, given) }), shares };
};

/**
 * The pool after a gift that raises the price of its shares over 24 hours (docs/rules.md 2, 9).
 *
 * @returns the pool, and what it took: at most `giftRoom` {tok}
 */
export const given = (
  pool: IndexPool,
  gift: bigint,
  now: bigint,
): { readonly pool: IndexPool; readonly taken: bigint } => {
  const { pool: books, taken } = give(current(pool, now), gift);
  return { pool: { ...pool, books }, taken };
};
