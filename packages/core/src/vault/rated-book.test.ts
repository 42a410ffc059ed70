import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_LOSS_BPS, NOTHING_PULLED, pulled } from '../controllers/pull.ts';
import { RAY } from '../math/scales.ts';
import { type Reading, valuedAt } from './pool-value.ts';
import { pools, poolWith } from './pools.fixture.ts';
import * as RatedBook from './rated-book.ts';
import * as RatedPool from './rated-pool.ts';

const DAY = 86_400n;
const code = (name: string) => expect.objectContaining({ code: name });
const unknown: Reading = { kind: 'unknown' };
const valued = (value: bigint): Reading => ({ kind: 'valued', value });
const whole = (lack: bigint) => pulled({ spent: lack, received: lack, maxLossBps: MAX_LOSS_BPS });

const bookWith = (pool: RatedPool.RatedPool, ...indices: string[]): RatedBook.RatedBook =>
  indices.reduce(RatedBook.choose, RatedBook.bookOf(pool));

describe('docs/rules.md 2: who enters a rated pool', () => {
  it('only an index that chose it', () => {
    const book = bookWith(poolWith({ idle: 1_000n }), 'PDI');
    const at = { reading: valued(0n), now: 0n };
    expect(RatedBook.enter(book, { index: 'PDI', amount: 100n }, at).shares).toBe(100n);
    expect(() => RatedBook.enter(book, { index: 'a person', amount: 100n }, at)).toThrow(code('NOT_CHOSEN'));
    expect(() => RatedBook.enterFor(book, { index: 'CAI', shares: 100n }, at)).toThrow(code('NOT_CHOSEN'));
    expect(() => RatedBook.move(book, { from: 'PDI', to: 'CAI', shares: 0n })).toThrow(code('NOT_CHOSEN'));
  });

  it('holdings move between two of them by bookkeeping', () => {
    const at = { reading: valued(0n), now: 0n };
    const { book } = RatedBook.enter(
      bookWith(poolWith({ idle: 1_000n }), 'PDI', 'CAI'),
      { index: 'PDI', amount: 100n },
      at,
    );
    const moved = RatedBook.move(book, { from: 'PDI', to: 'CAI', shares: 60n });
    expect(['PDI', 'CAI'].map((index) => RatedBook.sharesOf(moved, index))).toEqual([40n, 60n]);
    expect(moved.pool).toBe(book.pool);
    expect(() => RatedBook.move(moved, { from: 'PDI', to: 'CAI', shares: 41n })).toThrow(code('NOT_HELD'));
    expect(RatedBook.move(moved, { from: 'CAI', to: 'CAI', shares: 60n }).shares).toEqual(moved.shares);
    expect(RatedBook.choose(moved, 'PDI')).toBe(moved);
  });
});

describe('docs/rules.md 10: while what is placed cannot be valued', () => {
  const { book } = RatedBook.enter(
    bookWith(poolWith({ idle: 100_000n, placed: 900_000n }), 'PDI'),
    { index: 'PDI', amount: 1_000_000n },
    { reading: valued(900_000n), now: 0n },
  );
  const at = { reading: unknown, now: 5n };

  it('a mint is refused, a redemption is not, and the price does not move', () => {
    expect(() => RatedBook.enter(book, { index: 'PDI', amount: 1n }, at)).toThrow(code('PLACED_UNVALUED'));
    expect(() => RatedBook.enterFor(book, { index: 'PDI', shares: 1n }, at)).toThrow(code('PLACED_UNVALUED'));
    const left = RatedBook.leave(book, { index: 'PDI', shares: 1_000_000n, pull: whole }, at);
    expect([left.paid, left.claim, left.book.pool.rate]).toEqual([550_000n, 450_000n, RAY]);
    expect(RatedBook.sharesOf(left.book, 'PDI')).toBe(0n);
  });

  it('a pool with nothing placed asks nobody', () => {
    const idle = bookWith(poolWith({ idle: 1_000n }), 'PDI');
    expect(RatedBook.enter(idle, { index: 'PDI', amount: 7n }, at).shares).toBe(7n);
  });
});

describe('docs/rules.md 10: nobody comes for a harvest', () => {
  const thief = { index: 'thief', amount: 9_000_000n };
  const start = () => bookWith(poolWith({ idle: 100_000n, placed: 900_000n }), 'thief');

  it('a deposit just before it and a redemption right after gain nothing', () => {
    const { book, shares } = RatedBook.enter(start(), thief, { reading: valued(900_000n), now: 0n });
    const left = RatedBook.leave(
      book,
      { index: 'thief', shares, pull: whole },
      { reading: valued(1_000_000n), now: 0n },
    );
    expect(left.paid).toBe(9_000_000n);
  });

  it('who stays 24 h has their fair share, 90 % of 100 000 for 90 % of the pool', () => {
    const { book, shares } = RatedBook.enter(start(), thief, { reading: valued(900_000n), now: 0n });
    const harvested = { ...book, pool: valuedAt(book.pool, 1_000_000n, 0n) };
    const left = RatedBook.leave(
      harvested,
      { index: 'thief', shares, pull: whole },
      { reading: valued(1_000_000n), now: DAY },
    );
    expect(left.paid).toBe(9_090_000n);
  });

  it('whatever the pool, the gain and the time: at most the part of the gain that time and shares make', () => {
    const amounts = fc.bigInt(1n, 1n << 80n);
    fc.assert(
      fc.property(pools, amounts, amounts, fc.bigInt(0n, DAY), ({ pool }, amount, gain, stay) => {
        const book = bookWith(pool, 'thief');
        const before = { reading: valued(pool.placed), now: 0n };
        if (RatedPool.sharesDown(valuedAt(pool, pool.placed, 0n), amount) === 0n) return;
        const { book: inside, shares } = RatedBook.enter(book, { index: 'thief', amount }, before);
        const harvested = { ...inside, pool: valuedAt(inside.pool, pool.placed + gain, 0n) };
        const { paid } = RatedBook.leave(
          harvested,
          { index: 'thief', shares, pull: whole },
          { reading: valued(harvested.pool.placed), now: stay },
        );
        const fair = (gain * amount * stay) / ((RatedPool.backing(pool) + amount) * DAY);
        expect(paid).toBeLessThanOrEqual(amount + fair + 1n);
      }),
      { numRuns: 500 },
    );
  });
});

describe('docs/rules.md 10: the order of two moves in a second', () => {
  it('is no matter, for who enters and who leaves', () => {
    const amounts = fc.bigInt(1n, 1n << 80n);
    fc.assert(
      fc.property(pools, amounts, amounts, ({ pool }, a, b) => {
        const at = { reading: valued(pool.placed), now: 0n };
        const fresh = valuedAt(pool, pool.placed, 0n);
        if (RatedPool.sharesDown(fresh, a) === 0n || RatedPool.sharesDown(fresh, b) === 0n) return;
        const come = (book: RatedBook.RatedBook, index: string, amount: bigint) =>
          RatedBook.enter(book, { index, amount }, at);
        const go = (book: RatedBook.RatedBook, index: string) =>
          RatedBook.leave(book, { index, shares: RatedBook.sharesOf(book, index), pull: () => NOTHING_PULLED }, at);
        const start = bookWith(pool, 'A', 'B');
        const ab = come(come(start, 'A', a).book, 'B', b).book;
        const ba = come(come(start, 'B', b).book, 'A', a).book;
        expect(ab).toEqual(ba);
        // What is idle pays all here: amounts that came in are still there.
        const [first, last] = [go(ab, 'A'), go(ba, 'B')];
        expect(go(first.book, 'B').book).toEqual(go(last.book, 'A').book);
        expect(go(first.book, 'B').paid).toBe(last.paid);
      }),
      { numRuns: 300 },
    );
  });
});
