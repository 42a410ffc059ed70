import { describe, expect, it } from 'vitest';
import { RAY } from '../math/scales.ts';
import * as PoolValue from '../vault/pool-value.ts';
import { poolWith } from '../vault/pools.fixture.ts';
import * as RatedPool from '../vault/rated-pool.ts';
import { place, stepOf, takeBack } from './placement.ts';
import { MAX_LOSS_BPS, pulled } from './pull.ts';
import { target } from './target.ts';

const DAY = 86_400n;
const code = (name: string) => expect.objectContaining({ code: name });
const seventy = target({ targetBps: 7_000n, stepBps: 1_000n, fromBps: 0n, since: 0n });

describe('docs/rules.md 10: a keeper’s step', () => {
  it('places up to 20 % on day 2, and nothing twice', () => {
    const pool = PoolValue.valuedAt(poolWith({ idle: 1_000n }), 0n, 2n * DAY);
    expect(stepOf(pool, seventy, 2n * DAY)).toEqual({ kind: 'place', amount: 200n });
    const placed = PoolValue.valuedAt(place(pool, 200n), 200n, 2n * DAY);
    expect(stepOf(placed, seventy, 2n * DAY)).toEqual({ kind: 'hold' });
    expect([placed.idle, placed.placed, placed.rate]).toEqual([800n, 200n, RAY]);
  });

  it('takes back what is above, at the pool’s cost, at once', () => {
    const pool = PoolValue.valuedAt(poolWith({ idle: 100n, placed: 900n }), 900n, 2n * DAY);
    expect(stepOf(pool, seventy, 2n * DAY)).toEqual({ kind: 'pull', amount: 700n });
    const back = takeBack(pool, pulled({ spent: 700n, received: 693n, maxLossBps: MAX_LOSS_BPS }));
    expect([back.idle, back.placed, back.rate]).toEqual([793n, 200n, (993n * RAY) / 1_000n]);
    const all = pulled({ spent: 901n, received: 901n, maxLossBps: 0n });
    expect(() => takeBack(pool, all)).toThrow(code('PULLED_TOO_MUCH'));
  });

  it('never touches what is set aside at par', () => {
    const pool = PoolValue.valuedAt(poolWith({ idle: 1_000n, atPar: 600n }), 0n, 9n * DAY);
    expect(stepOf(pool, seventy, 9n * DAY)).toEqual({ kind: 'place', amount: 280n });
    expect(() => place(pool, 401n)).toThrow(code('NOT_IDLE'));
  });
});

describe('docs/rules.md 10: a maximum loss of 100 bp a pull', () => {
  it('takes 99 for 100 and not one less', () => {
    expect(MAX_LOSS_BPS).toBe(100n);
    const taken = pulled({ spent: 10_000n, received: 9_900n, maxLossBps: MAX_LOSS_BPS });
    expect(taken).toEqual({ spent: 10_000n, received: 9_900n });
    const less = { spent: 10_000n, received: 9_899n, maxLossBps: MAX_LOSS_BPS };
    expect(() => pulled(less)).toThrow(code('LOSS_ABOVE_MAXIMUM'));
    expect(() => pulled({ ...less, maxLossBps: 10_001n })).toThrow(code('OUT_OF_RANGE'));
    expect(() => pulled({ ...less, spent: -1n })).toThrow(code('OUT_OF_RANGE'));
  });
});

describe('docs/rules.md 10: a controller that is hacked', () => {
  it('costs at most what is placed in it, and only who is in its pool', () => {
    const hacked = PoolValue.valuedAt(poolWith({ idle: 300n, placed: 700n }), 0n, 0n);
    expect([hacked.rate, hacked.idle, hacked.placed]).toEqual([(3n * RAY) / 10n, 300n, 0n]);
    expect(RatedPool.amountDown(hacked, 1_000n)).toBe(300n);
  });
});
