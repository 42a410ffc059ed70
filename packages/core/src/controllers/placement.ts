import { BP } from '../index-fund/shares.ts';
import { mulDivDown } from '../math/fixed-point.ts';
import { max } from '../math/word.ts';
import { VaultError } from '../vault/errors.ts';
import { available, type CurrentPool, type RatedPool, requireAvailable, stored } from '../vault/pool-books.ts';
import { reduced } from '../vault/pool-value.ts';
import type { Pulled } from './pull.ts';
import { shareAt, type Target } from './target.ts';

/** What a keeper's call does with a pool: amounts {tok}. */
export type Step =
  | { readonly kind: 'place'; readonly amount: bigint }
  | { readonly kind: 'pull'; readonly amount: bigint }
  | { readonly kind: 'hold' };

/**
 * The step that brings a pool to the part that shall be placed at `now`, floored (docs/rules.md 10). What is set aside at par is no
 * part of it: a controller never touches that.
 *
 * @param now {s}
 * @throws {MathError} OUT_OF_RANGE
 */
export const stepOf = (pool: CurrentPool, target: Target, now: bigint): Step => {
  const wanted = mulDivDown(available(pool) + pool.placed, shareAt(target, now), BP);
  if (wanted > pool.placed) return { kind: 'place', amount: wanted - pool.placed };
  if (wanted < pool.placed) return { kind: 'pull', amount: pool.placed - wanted };
  return { kind: 'hold' };
};

/**
 * Places {tok} of what is idle and not set aside; what that costs shows at the next valuation (docs/rules.md 10).
 *
 * @throws {VaultError} NOT_IDLE; {MathError} OUT_OF_RANGE
 */
export const place = (pool: CurrentPool, amount: bigint): RatedPool => {
  requireAvailable(pool, amount);
  return stored({ ...pool, idle: pool.idle - amount, placed: pool.placed + amount });
};

/**
 * Takes back what a keeper pulled; what it cost is a loss of the pool, at once (docs/rules.md 10).
 *
 * @throws {VaultError} PULLED_TOO_MUCH; {MathError} OUT_OF_RANGE
 */
export const takeBack = (pool: CurrentPool, { spent, received }: Pulled): RatedPool => {
  if (spent > pool.placed)
    throw new VaultError('PULLED_TOO_MUCH', `${spent} was pulled of ${pool.placed}`, 'pull at most what is placed');
  const loss = max(spent - received, 0n);
  return stored({ ...pool, ...reduced(pool, loss), idle: pool.idle + received, placed: pool.placed - spent });
};
