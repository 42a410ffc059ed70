import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOTHING_PULLED } from '../controllers/pull.ts';
import { RAY } from '../math/scales.ts';
import { noDrip } from './drip.ts';
import * as PoolExit from './pool-exit.ts';
import * as PoolValue from './pool-value.ts';
import { PRICE, pools, poolWith } from './pools.fixture.ts';
import * as RatedPool from './rated-pool.ts';

const DAY = 86_400n;
const code = (name: string) => expect.objectContaining({ code: name });
const ONE_USDC = 1_000_000n;

describe('docs/rules.md 2: the price of a rated pool', () => {
  it('idle 100, placed 900, par claims 500, index claims 500, loss 100 -> rate 0.8, owed 900, held 900', () => {
    const pool = poolWith({ idle: 100n, placed: 900n, atPar: 500n });
    expect(RatedPool.backing(pool)).toBe(500n);
    const after = PoolValue.valuedAt(pool, 800n, 0n);
    expect(after.rate).toBe((8n * RAY) / 10n);
    expect(after.atPar + RatedPool.amountDown(after, 500n)).toBe(900n);
    expect(after.idle + after.placed).toBe(900n);
  });

  it('a loss counts at once, a gain over 24 h', () => {
    const pool = poolWith({ idle: 100n, placed: 900n });
    expect(PoolValue.valuedAt(pool, 800n, 0n).rate).toBe((9n * RAY) / 10n);
    const gained = PoolValue.valuedAt(pool, 1_100n, 0n);
    expect(gained.rate).toBe(RAY);
    expect(PoolValue.valuedAt(gained, 1_100n, DAY / 2n).rate).toBe((11n * RAY) / 10n);
    expect(PoolValue.valuedAt(gained, 1_100n, DAY).rate).toBe((12n * RAY) / 10n);
    expect(PoolValue.valuedAt(gained, 1_100n, 9n * DAY).rate).toBe((12n * RAY) / 10n);
  });

  it('a loss takes first what has not dripped: what came and went in a second moved no price', () => {
    const gained = PoolValue.valuedAt(poolWith({ idle: 100n, placed: 900n }), 1_000n, 0n);
    expect(PoolValue.valuedAt(gained, 900n, 0n).rate).toBe(RAY);
    expect(PoolValue.valuedAt(gained, 850n, 0n).rate).toBe((95n * RAY) / 100n);
  });

  it('a single gain at most doubles a pool; a later valuation counts the rest', () => {
    const pool = PoolValue.valuedAt(poolWith({ idle: 100n, placed: 900n }), 5_900n, 0n);
    expect(pool.placed).toBe(1_900n);
    const again = PoolValue.valuedAt(pool, 5_900n, 0n);
    expect(again.placed).toBe(1_900n);
    const later = PoolValue.valuedAt(again, 5_900n, DAY);
    expect(later.rate).toBe(2n * RAY);
    expect(later.placed).toBe(3_900n);
    expect(PoolValue.give(PoolValue.valuedAt(poolWith({ idle: 1_000n }), 0n, 0n), 3_000n).taken).toBe(1_000n);
  });

  it('the price stays at most 1e6; what a gain has above is nobody’s', () => {
    const pool = poolWith({ rate: PoolValue.MAX_RATE - RAY, idle: 10_000_000n });
    const { pool: given } = PoolValue.give(PoolValue.valuedAt(pool, 0n, 0n), 5_000_000n);
    const after = PoolValue.valuedAt(given, 0n, DAY);
    expect(after.rate).toBe(10n ** 33n);
    expect(RatedPool.backing(after)).toBe(15_000_000n);
  });

  it('below 1e-6 a pool is closed: nobody enters, everybody leaves with what there is', () => {
    const pool = poolWith({ idle: 1_000_000n, placed: 10n ** 13n });
    const lost = PoolValue.valuedAt(pool, 0n, 0n);
    expect(lost.rate).toBeLessThan(RatedPool.MIN_RATE);
    expect(() => RatedPool.enter(lost, 1_000n)).toThrow(code('POOL_CLOSED'));
    expect(() => RatedPool.enterFor(lost, 1_000n)).toThrow(code('POOL_CLOSED'));
    const paid = PoolExit.leave(lost, 10n ** 13n + 1_000_000n, NOTHING_PULLED).paid;
    expect([999_999n, 1_000_000n]).toContain(paid);
  });

  it('a pool that lost all has the price 0, and no gain brings it back', () => {
    const lost = PoolValue.valuedAt(poolWith({ placed: 1_000n }), 0n, 0n);
    expect(lost.rate).toBe(0n);
    expect(PoolValue.give(lost, 1_000n).taken).toBe(0n);
    expect(() => RatedPool.enter(lost, 1_000n)).toThrow(code('POOL_CLOSED'));
    expect(() => PoolExit.sharesFor(lost, 1n)).toThrow(code('NOT_BACKED'));
    const next = PoolValue.valuedAt(poolWith({ idle: 1n, placed: 10n ** 31n }), 0n, 0n);
    expect([next.rate, RatedPool.backing(next), PoolValue.give(next, 1n).taken]).toEqual([0n, 1n, 0n]);
  });

  it('10 USDC worth is locked when it opens', () => {
    const opened = RatedPool.open({ locked: 10n * ONE_USDC, price: PRICE, now: 7n });
    expect([opened.rate, opened.idle, RatedPool.backing(opened)]).toEqual([RAY, 10_000_000n, 10_000_000n]);
    expect(RatedPool.lockedAmount(3n * PRICE)).toBe(3_333_334n);
    expect(() => RatedPool.open({ locked: 9_999_999n, price: PRICE, now: 0n })).toThrow(code('LOCK_TOO_SMALL'));
    expect(() => RatedPool.open({ locked: 1n, price: 0n, now: 0n })).toThrow(code('DIVISION_BY_ZERO'));
  });

  it('amounts round against who comes or goes', () => {
    const pool = PoolValue.valuedAt(poolWith({ rate: (3n * RAY) / 2n, idle: 1_000n }), 0n, 0n);
    expect([RatedPool.enter(pool, 100n).shares, RatedPool.enterFor(pool, 67n).amount]).toEqual([66n, 101n]);
    expect([RatedPool.amountDown(pool, 67n), PoolExit.sharesFor(pool, 100n)]).toEqual([100n, 67n]);
    expect(() => RatedPool.enter(pool, 1n)).toThrow(code('NO_SHARES'));
  });

  it('refuses numbers that no pool has', () => {
    expect(() => poolWith({ idle: -1n })).toThrow(code('OUT_OF_RANGE'));
    expect(() => poolWith({ idle: 1n << 112n })).toThrow(code('OUT_OF_RANGE'));
    expect(() => poolWith({ rate: PoolValue.MAX_RATE + 1n })).toThrow(code('OUT_OF_RANGE'));
    expect(() => poolWith({ drip: { total: 0n, since: 2n, until: 1n, settledAt: 2n } })).toThrow(code('OUT_OF_RANGE'));
    expect(() => poolWith({ idle: 4n, atPar: 5n })).toThrow(code('UNBACKED'));
    expect(() => PoolValue.valuedAt(poolWith({ idle: 1n }), -1n, 0n)).toThrow(code('OUT_OF_RANGE'));
    expect(() => RatedPool.enter(PoolValue.valuedAt(poolWith({ idle: 1n }), 0n, 0n), 1n << 112n)).toThrow(
      code('OUT_OF_RANGE'),
    );
  });

  it('a stored pool has no price to enter or leave at: it must be read first', () => {
    const pool = poolWith({ idle: 100n });
    // @ts-expect-error the pool was not valued
    RatedPool.enter(pool, 10n);
    // @ts-expect-error nor is it known to be without a value
    PoolExit.leaveUnvalued(pool, 10n);
    const current = PoolValue.valuedAt(pool, 0n, 0n);
    // @ts-expect-error a copy with other numbers is not the pool that was valued
    RatedPool.enter({ ...current, rate: RAY / 2n }, 10n);
    // @ts-expect-error an unchecked literal is no pool
    PoolValue.valuedAt({ rate: RAY, idle: 1n, placed: 0n, atPar: 0n, drip: noDrip(0n), waiting: pool.waiting }, 0n, 0n);
  });
});

describe('whatever the pool', () => {
  it('a gain or loss leaves claims <= T + D when they were <= T', () => {
    fc.assert(
      fc.property(pools, fc.bigInt(0n, 1n << 81n), ({ pool, shares }, value) => {
        const valued = PoolValue.valuedAt(pool, value, 0n);
        const dripped = PoolValue.valuedAt(valued, valued.placed, DAY);
        for (const after of [valued, dripped]) {
          expect(RatedPool.amountDown(after, shares)).toBeLessThanOrEqual(RatedPool.backing(after));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('the higher the value of what is placed, the higher the price', () => {
    fc.assert(
      fc.property(pools, fc.bigInt(0n, 1n << 81n), fc.bigInt(0n, 1n << 81n), ({ pool }, a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const after = (value: bigint) => PoolValue.valuedAt(PoolValue.valuedAt(pool, value, 0n), value, DAY).rate;
        expect(after(low)).toBeLessThanOrEqual(after(high));
      }),
      { numRuns: 500 },
    );
  });

  it('entering and leaving moves no price, and brings nobody more than they gave', () => {
    fc.assert(
      fc.property(pools, fc.bigInt(1n, 1n << 80n), ({ pool }, amount) => {
        const current = PoolValue.valuedAt(pool, pool.placed, 0n);
        const shares = RatedPool.sharesDown(current, amount);
        if (shares === 0n) return;
        const { pool: after } = RatedPool.enter(current, amount);
        const left = PoolExit.leave(PoolValue.valuedAt(after, pool.placed, 0n), shares, NOTHING_PULLED);
        expect(left.paid).toBeLessThanOrEqual(amount);
        expect([after.rate, left.pool.rate]).toEqual([pool.rate, pool.rate]);
        expect(RatedPool.backing(left.pool)).toBe(RatedPool.backing(pool) + amount - left.paid);
      }),
      { numRuns: 500 },
    );
  });

  it('who enters for a number of shares pays at least what they bring', () => {
    fc.assert(
      fc.property(pools, fc.bigInt(1n, 1n << 80n), ({ pool }, shares) => {
        const current = PoolValue.valuedAt(pool, pool.placed, 0n);
        const { amount } = RatedPool.enterFor(current, shares);
        expect(amount).toBeGreaterThanOrEqual(RatedPool.amountDown(current, shares));
        expect(RatedPool.sharesDown(current, amount)).toBeGreaterThanOrEqual(shares);
      }),
      { numRuns: 500 },
    );
  });
});
