import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pulled } from '../controllers/pull.ts';
import { RAY } from '../math/scales.ts';
import { VaultError } from './errors.ts';
import * as PoolExit from './pool-exit.ts';
import { currentOf, INDICES, LOCKED, type Move, moved, moves, opened, type World } from './pool-moves.fixture.ts';
import * as RatedBook from './rated-book.ts';
import * as RatedPool from './rated-pool.ts';

const RUNS = { numRuns: 250 };
const sequences = fc.array(moves, { minLength: 10, maxLength: 40 });
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, each) => total + each, 0n);

/** A move that the books refuse leaves the world as it was. */
const after = (world: World, move: Move): World => {
  try {
    return moved(world, move);
  } catch (error) {
    if (error instanceof VaultError) return world;
    throw error;
  }
};

const owedToShares = (pool: RatedPool.RatedPool, { book }: World): bigint =>
  sum(
    [LOCKED, ...INDICES.map((index) => RatedBook.sharesOf(book, index))].map((each) =>
      RatedPool.amountDown(pool, each),
    ),
  );

/** What one rounding can leave to nobody {tok}: two of amounts, one of the price, one of a share. */
const grain = (pool: RatedPool.RatedPool): bigint => 4n + pool.rate / RAY;

describe('docs/rules.md 2: a rated pool, whatever happens to it', () => {
  it('solvency: it has at least what all claims on it are worth', () => {
    fc.assert(
      fc.property(sequences, (sequence) => {
        let world = opened();
        const broken: string[] = [];
        const atMost = (name: string, low: bigint, high: bigint) =>
          low > high && broken.push(`${name}: ${low} > ${high}`);
        for (const move of sequence) {
          world = after(world, move);
          const pool = currentOf(world);
          atMost('shares', owedToShares(pool, world), RatedPool.backing(pool));
          atMost('at par', world.aside, pool.atPar);
          atMost('set aside', pool.atPar, pool.idle);
          atMost('waiting', sum(world.claims.map((each) => PoolExit.waitingWorth(pool, each))), pool.waiting.owed);
          atMost('placed', pool.placed + pool.waiting.owed, world.real);
        }
        expect(broken).toEqual([]);
      }),
      RUNS,
    );
  });

  it('conservation: the vault has what came less what went, and nobody’s part of it is roundings', () => {
    fc.assert(
      fc.property(sequences, (sequence) => {
        let world = opened();
        const broken: string[] = [];
        let dust = 0n;
        let rate = RAY;
        for (const move of sequence) {
          world = after(world, move);
          const pool = currentOf(world);
          if (pool.idle !== world.balance) broken.push(`idle ${pool.idle}, in the vault ${world.balance}`);
          if (pool.rate > rate && rate !== 0n) dust = (dust * pool.rate) / rate + 1n;
          dust += grain(pool);
          rate = pool.rate;
          const nobodys = RatedPool.backing(pool) - owedToShares(pool, world);
          if (nobodys > dust) broken.push(`${nobodys} is nobody’s, roundings are ${dust}`);
        }
        expect(broken).toEqual([]);
      }),
      RUNS,
    );
  });

  it('nobody gains by coming before a move and going after it, in one second', () => {
    const whole = (lack: bigint) => pulled({ spent: lack, received: lack, maxLossBps: 0n });
    const thief = { index: 'thief', amount: 10n ** 12n };
    fc.assert(
      fc.property(sequences, moves, (sequence, move) => {
        if (move.kind === 'wait') return;
        const world = sequence.reduce(after, opened());
        const now = { now: world.now };
        const pool = currentOf(world);
        if (pool.rate < RatedPool.MIN_RATE || RatedPool.sharesDown(pool, thief.amount) === 0n) return;
        const { book, shares } = RatedBook.enter(RatedBook.choose(world.book, 'thief'), thief, {
          reading: { kind: 'valued', value: world.real },
          ...now,
        });
        const then = after({ ...world, book, balance: world.balance + thief.amount }, move);
        const left = RatedBook.leave(
          then.book,
          { index: 'thief', shares, pull: whole },
          { reading: { kind: 'valued', value: then.real }, ...now },
        );
        expect(left.paid).toBeLessThanOrEqual(thief.amount);
      }),
      RUNS,
    );
  });
});
