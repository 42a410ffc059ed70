import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASIS_POINT, ONE } from '../math/scales.ts';
import * as Active from './active.ts';
import { asset, assetsTo, codeOf } from './families.fixture.ts';

const HOUR = 3_600n;
const DAY = 24n * HOUR;
const NAV = 1_000_000n * 1_000_000n;
const listed = new Set(assetsTo(5));
const widest = Active.activeLimits(Active.MAX_ACTIVE_LIMITS);

/** A trade of so many bp of NAV that loses so many bp of itself. */
const trade = (at: bigint, bps: bigint, lossBps = 0n): Active.ActiveTrade => {
  const given = (NAV * bps) / 10_000n;
  const received = given - (given * lossBps) / 10_000n;
  return { at, sold: asset(1), bought: asset(2), given, received, nav: NAV, listed };
};
const after = (trades: readonly Active.ActiveTrade[], limits = widest) =>
  trades.reduce(Active.trade, Active.untraded(limits));

describe('docs/rules.md 4.2: actively managed', () => {
  it('trades at most 20 % of NAV a day', () => {
    const full = after([trade(0n, 1_500n), trade(HOUR, 500n)]);
    expect(codeOf(() => Active.trade(full, trade(2n * HOUR, 1n)))).toBe('TURNOVER_USED_UP');
    expect(codeOf(() => Active.trade(Active.untraded(widest), trade(0n, 2_001n)))).toBe('TURNOVER_USED_UP');
  });

  it('and that in any 24 h: midnight gives nothing back', () => {
    const full = after([trade(DAY - 60n, 2_000n)]);
    expect(codeOf(() => Active.trade(full, trade(DAY, 1n)))).toBe('TURNOVER_USED_UP');
    expect(codeOf(() => Active.trade(full, trade(2n * DAY - 1n, 1n)))).toBe('TURNOVER_USED_UP');
    expect(Active.trade(full, trade(2n * DAY, 2_000n)).turnover.buckets).toHaveLength(1);
  });

  it('loses at most 100 bp a trade against the oracle', () => {
    expect(after([trade(0n, 100n, 100n)]).losses.buckets).toEqual([{ number: 0n, sum: BASIS_POINT }]);
    expect(codeOf(() => after([trade(0n, 100n, 101n)]))).toBe('LOSS_TOO_LARGE');
    const odd = { ...trade(0n, 1n), given: 10_001n, received: 9_900n };
    expect(codeOf(() => after([odd]))).toBe('LOSS_TOO_LARGE');
    expect(codeOf(() => after([{ ...odd, received: 9_901n }]))).toBe('nothing was thrown');
  });

  it('loses at most 200 bp of NAV a week; with 20 % a day at 100 bp a trade it cannot even reach them', () => {
    const week = Array.from({ length: 8 }, (_, i) => trade(BigInt(i) * (DAY + HOUR), 2_000n, 100n));
    const full = after(week);
    const lost = full.losses.buckets.reduce((sum, each) => sum + each.sum, 0n);
    expect(lost <= 160n * BASIS_POINT).toBe(true);
    const tight = Active.activeLimits({ ...Active.MAX_ACTIVE_LIMITS, weekLossBps: 50n });
    const used = after([trade(0n, 2_000n, 100n), trade(2n * DAY, 2_000n, 100n), trade(4n * DAY, 1_000n, 100n)], tight);
    expect(codeOf(() => Active.trade(used, trade(6n * DAY, 1n, 100n)))).toBe('LOSSES_USED_UP');
    expect(codeOf(() => Active.trade(used, trade(6n * DAY, 1n, 0n)))).toBe('nothing was thrown');
    expect(codeOf(() => Active.trade(used, trade(8n * DAY, 2_000n, 100n)))).toBe('nothing was thrown');
  });

  it('a gain makes no room for a loss', () => {
    const gain = { ...trade(0n, 1_000n), received: NAV };
    expect(after([gain]).losses.buckets).toEqual([{ number: 0n, sum: 0n }]);
  });

  it('buys listed assets only; what is held may always be sold', () => {
    expect(codeOf(() => after([{ ...trade(0n, 1n), bought: asset(9) }]))).toBe('NOT_LISTED');
    expect(codeOf(() => after([{ ...trade(0n, 1n), sold: asset(9) }]))).toBe('nothing was thrown');
    expect(codeOf(() => after([{ ...trade(0n, 1n), sold: asset(2) }]))).toBe('EMPTY_TRADE');
    expect(codeOf(() => after([{ ...trade(0n, 1n), nav: 0n }]))).toBe('EMPTY_TRADE');
  });

  it('an index may choose tighter limits, never wider ones', () => {
    expect(codeOf(() => Active.activeLimits({ ...Active.MAX_ACTIVE_LIMITS, turnoverBps: 2_001n }))).toBe(
      'LIMITS_TOO_WIDE',
    );
    expect(codeOf(() => Active.activeLimits({ ...Active.MAX_ACTIVE_LIMITS, tradeLossBps: 101n }))).toBe(
      'LIMITS_TOO_WIDE',
    );
    expect(codeOf(() => Active.activeLimits({ ...Active.MAX_ACTIVE_LIMITS, weekLossBps: 201n }))).toBe(
      'LIMITS_TOO_WIDE',
    );
    expect(codeOf(() => Active.activeLimits({ ...Active.MAX_ACTIVE_LIMITS, weekLossBps: -1n }))).toBe(
      'LIMITS_TOO_WIDE',
    );
    // @ts-expect-error limits that nobody checked are none
    expect(Active.untraded({ ...Active.MAX_ACTIVE_LIMITS }).turnover.buckets).toEqual([]);
  });

  it('whatever the manager tries, no 24 h see more than 20 % of NAV sold, no 7 days a loss above 200 bp', () => {
    const tries = fc.array(
      fc.record({ wait: fc.bigInt(0n, 10n * HOUR), bps: fc.bigInt(1n, 2_500n), loss: fc.bigInt(0n, 120n) }),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(tries, fc.bigInt(0n, 200n), (moves, weekLossBps) => {
        let activity = Active.untraded(Active.activeLimits({ ...Active.MAX_ACTIVE_LIMITS, weekLossBps }));
        let at = 0n;
        const done: { at: bigint; sold: bigint; lost: bigint }[] = [];
        for (const { wait, bps, loss } of moves) {
          at += wait;
          const settled = trade(at, bps, loss);
          try {
            activity = Active.trade(activity, settled);
          } catch (error) {
            expect(error).toMatchObject({ code: expect.stringMatching(/^(TURNOVER|LOSS)/) });
            continue;
          }
          done.push({ at, sold: settled.given, lost: settled.given - settled.received });
        }
        for (const { at: end } of done) {
          const within = (span: bigint) => done.filter((each) => each.at <= end && each.at > end - span);
          const sold = within(DAY).reduce((sum, each) => sum + each.sold, 0n);
          const lost = within(7n * DAY).reduce((sum, each) => sum + each.lost, 0n);
          expect(sold * 10_000n <= NAV * 2_000n).toBe(true);
          expect(lost * 10_000n <= NAV * weekLossBps).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('rounds what is used up', () => {
    const { turnover, losses } = after([{ ...trade(0n, 1n), given: 101n, received: 100n, nav: 3n * ONE }]);
    expect([turnover.buckets[0]?.sum, losses.buckets[0]?.sum]).toEqual([34n, 1n]);
  });

  it('time does not run back', () => {
    expect(codeOf(() => after([trade(HOUR, 1n), trade(HOUR - 1n, 1n)]))).toBe('TIME_RUNS_BACK');
  });
});
