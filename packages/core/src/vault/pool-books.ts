import type { Branded } from '../brand.ts';
import { MathError } from '../math/errors.ts';
import { max } from '../math/word.ts';
import { type Drip, undripped } from './drip.ts';
import { VaultError } from './errors.ts';

/** Holdings are below this {tok}: 2^112 (docs/rules.md 1). */
const LIMIT = 1n << 112n;

/** Claims of those who left while the controller could not pay: they wait for it, and share its losses, not its gains. */
export interface Waiting {
  /** {tok} of what is placed, beside `placed` */
  readonly owed: bigint;
  /** {1e27 tok/claim} */
  readonly par: bigint;
  /** Which claims these are: those of earlier rounds are void. */
  readonly round: bigint;
}

export interface PoolBooks {
  /** What a share is worth {1e27 tok/share}. */
  readonly rate: bigint;
  /** In the vault {tok}. */
  readonly idle: bigint;
  /** In the controller, at its last counted value, for the shares {tok}. */
  readonly placed: bigint;
  /** Set aside at par for those who could not be paid {tok}. */
  readonly atPar: bigint;
  /** Gains on their way into the price. */
  readonly drip: Drip;
  readonly waiting: Waiting;
}

type State = 'stored' | 'current' | 'unvalued';

/**
 * The books of a rated pool: what shares of it are worth follows gains and losses (docs/rules.md 2). The sum of the shares is not
 * among them: if shares are worth no more than the backing before an event, they are worth no more after it.
 */
export type RatedPool = Branded<PoolBooks, State>;
/** A rated pool at a time at which what is placed was valued: the only one that has a price to enter or leave at. */
export type CurrentPool = Branded<PoolBooks, 'current'>;
/** A rated pool whose placed part could not be valued: it can be left for a part of what is idle. */
export type UnvaluedPool = Branded<PoolBooks, 'unvalued'>;

/** An amount or number of shares itself, when a holding can be that large. @throws {MathError} OUT_OF_RANGE */
export const requireAmount = (amount: bigint): bigint => {
  if (amount >= 0n && amount < LIMIT) return amount;
  throw new MathError(
    'OUT_OF_RANGE',
    `${amount} is outside the range of a holding`,
    'give amounts and shares in smallest units, from 0 to 2^112 - 1',
  );
};

/** The books after a move, their amounts in range. @throws {MathError} OUT_OF_RANGE */
export const stored = (books: PoolBooks): RatedPool => {
  requireAmount(books.idle + books.placed + books.waiting.owed);
  return books as RatedPool;
};

/** {tok} that is idle and not set aside: what can be paid out or placed. */
export const available = ({ idle, atPar }: PoolBooks): bigint => max(idle - atPar, 0n);

/** An amount {tok} itself, when it can be paid out or placed. @throws {VaultError} NOT_IDLE; {MathError} OUT_OF_RANGE */
export const requireAvailable = (books: PoolBooks, amount: bigint): bigint => {
  if (requireAmount(amount) <= available(books)) return amount;
  throw new VaultError('NOT_IDLE', `${amount} is more than ${available(books)}`, 'take what is idle and not set aside');
};

/**
 * T, what backs the shares {tok}: idle + placed, less what is owed at par, less gains that have not entered the price
 * (docs/rules.md 2).
 */
export const backing = ({ idle, placed, atPar, drip }: PoolBooks): bigint =>
  max(idle + placed - atPar - undripped(drip), 0n);
