import fc from 'fast-check';
import { RAY } from '../math/scales.ts';
import { noDrip } from './drip.ts';
import * as RatedPool from './rated-pool.ts';

/** What one unit of the asset of the tests is worth {base/tok}, UQ112: 1 USDC at 6 decimals. */
export const PRICE = 1n << 112n;

/** A pool with numbers, at the price of 1 and time 0 when not told. */
export const poolWith = (books: Partial<Parameters<typeof RatedPool.ratedPool>[0]>): RatedPool.RatedPool =>
  RatedPool.ratedPool({
    rate: RAY,
    idle: 0n,
    placed: 0n,
    atPar: 0n,
    drip: noDrip(0n),
    waiting: { owed: 0n, par: RAY, round: 0n },
    ...books,
  });

/** A pool at a price from 1e-6 to 1e6, partly placed; `shares` are worth no more than its backing, and `locked` are among them. */
export const pools = fc
  .record({
    rate: fc.oneof(fc.bigInt(RAY / 1_000_000n, RAY * 1_000_000n), fc.constant(RAY), fc.bigInt(RAY / 3n, 3n * RAY)),
    idle: fc.bigInt(10_000_000n, 1n << 80n),
    placed: fc.bigInt(0n, 1n << 80n),
  })
  .map((books) => ({ pool: poolWith(books), shares: ((books.idle + books.placed) * RAY) / books.rate }));
