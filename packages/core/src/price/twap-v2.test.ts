import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Q112 } from '../math/scales.ts';
import { type Answer, priceOf } from './answer.ts';
import { sanityBound } from './sanity-bound.ts';
import * as TwapV2 from './twap-v2.ts';
import { DAY_WINDOW, liveWindow } from './window.ts';

const WORD = 1n << 256n;
const TIME = 1n << 32n;
const NOW = 1_700_000_000n;
const HALF_HOUR = liveWindow(1_800n);
const seen = (cumulative: bigint, timestamp: bigint) => TwapV2.observation({ cumulative, timestamp });
const coded = (code: string) => expect.objectContaining({ code });
/** What a pair at one price shows after some seconds. */
const steady = (price: bigint, after: bigint) => seen(BigInt.asUintN(256, price * after), NOW + after);
const live = (price: bigint): Answer<'live'> => ({ kind: 'price', price, horizon: 'live' });

describe('docs/rules.md 15: a TWAP reverting on overflow of cumulative price or timestamp', () => {
  it('does not happen: from 2^256 - 5Q at the price 1 for 10 s the average is Q', () => {
    const from = seen(WORD - 5n * Q112, NOW);
    const to = TwapV2.accumulated({ reserve: 7n, otherReserve: 7n, seen: from }, NOW + 10n).seen;
    expect(to.cumulative).toBe(5n * Q112);
    expect(TwapV2.average({ from, to })).toBe(Q112);
  });

  it('does not happen: from the timestamp 2^32 - 5 to 5 it is 10 s', () => {
    expect(TwapV2.elapsed({ from: seen(0n, TIME - 5n), to: seen(0n, 5n) })).toBe(10n);
    expect(TwapV2.elapsed({ from: seen(0n, TIME - 5n), to: seen(0n, TIME + 5n) })).toBe(10n);
    expect(TwapV2.average({ from: seen(0n, TIME - 5n), to: seen(10n * Q112, TIME + 5n) })).toBe(Q112);
  });

  it('does not happen anywhere: a steady price is its own average', () => {
    fc.assert(
      fc.property(
        ...[fc.bigInt(0n, WORD - 1n), fc.bigInt(0n, 1n << 40n), fc.bigInt(1n, TIME - 1n)],
        ...[fc.bigInt(1n, (1n << 112n) - 1n), fc.bigInt(1n, (1n << 112n) - 1n)],
        (cumulative: bigint, timestamp: bigint, after: bigint, reserve: bigint, otherReserve: bigint) => {
          const from = seen(cumulative, timestamp);
          const to = TwapV2.accumulated({ reserve, otherReserve, seen: from }, timestamp + after).seen;
          expect(TwapV2.average({ from, to })).toBe((otherReserve * Q112) / reserve);
        },
      ),
    );
  });
});

describe('docs/rules.md 5: averages of a Uniswap v2 pair', () => {
  it('a swap that is undone within its block moves no price', () => {
    const before = { reserve: 1_000n, otherReserve: 10_000n, seen: seen(123n, NOW) };
    const at = NOW + 600n;
    // A swap brings the accumulator up to date at the price from before it, then sets the reserves.
    const swapped = { ...TwapV2.accumulated(before, at), reserve: 10n, otherReserve: 1_000_000n };
    const undone = { ...TwapV2.accumulated(swapped, at), reserve: 1_000n, otherReserve: 10_000n };
    for (const later of [at, at + 1_200n]) {
      expect(TwapV2.accumulated(undone, later).seen).toEqual(TwapV2.accumulated(before, later).seen);
    }
  });

  it('a price counts for exactly the seconds that it lasts', () => {
    const reserves = fc.bigInt(1n, 1n << 60n);
    const trades = fc.array(fc.tuple(reserves, reserves, fc.bigInt(0n, 3_600n)), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(trades, (blocks) => {
        const from = seen(WORD - 1n, NOW);
        let [pair, at, sum] = [{ reserve: 1n, otherReserve: 1n, seen: from }, NOW, 0n];
        for (const [reserve, otherReserve, lasts] of blocks) {
          pair = { ...TwapV2.accumulated(pair, at), reserve, otherReserve };
          at += lasts;
          sum += ((otherReserve * Q112) / reserve) * lasts;
        }
        const to = TwapV2.accumulated(pair, at).seen;
        if (at > NOW) expect(TwapV2.average({ from, to })).toBe(sum / (at - NOW));
        else expect(to).toEqual(from);
      }),
    );
  });

  it('an empty pair has no price, and no time has none', () => {
    const from = seen(5n, NOW);
    expect(TwapV2.accumulated({ reserve: 0n, otherReserve: 9n, seen: from }, NOW + 9n).seen).toEqual(
      seen(5n, NOW + 9n),
    );
    expect(() => TwapV2.average({ from, to: from })).toThrow(coded('DIVISION_BY_ZERO'));
    expect(() => seen(WORD, NOW)).toThrow(coded('OVERFLOW'));
    const wide = { reserve: 1n << 112n, otherReserve: 1n, seen: from };
    expect(() => TwapV2.accumulated(wide, NOW)).toThrow(coded('OVERFLOW'));
  });
});

describe('docs/rules.md 5: `last` and `refreshed` of a window', () => {
  const begun = TwapV2.begun(HALF_HOUR, steady(Q112, 0n));

  it('have no price before a whole window has passed', () => {
    const early = TwapV2.refreshed(begun, steady(Q112, 1_799n));
    expect(early).toEqual({ state: begun, answer: { kind: 'failed', why: 'NO_WINDOW' } });
    expect(() => priceOf(early.answer)).toThrow(coded('NO_WINDOW'));
    expect(TwapV2.refreshed(begun, steady(Q112, 1_800n)).answer).toEqual(live(Q112));
  });

  it('answer the last average until it is as old as its window, then it is stale', () => {
    const { state } = TwapV2.refreshed(begun, steady(Q112, 2_000n));
    expect(TwapV2.last(state, steady(9n * Q112, 3_800n))).toEqual(live(Q112));
    const stale = TwapV2.last(state, steady(9n * Q112, 3_801n));
    expect(stale).toEqual({ kind: 'stale' });
    expect(() => priceOf(stale)).toThrow(coded('STALE'));
  });

  it('refresh once a window: what is seen in between changes nothing', () => {
    const { state } = TwapV2.refreshed(begun, steady(Q112, 1_800n));
    fc.assert(
      fc.property(fc.bigInt(1_800n, 3_599n), fc.bigInt(0n, WORD - 1n), (after, cumulative) => {
        const shown = seen(cumulative, NOW + after);
        expect(TwapV2.refreshed(state, shown)).toEqual({ state, answer: live(Q112) });
      }),
    );
  });

  it('begin anew when more than two windows have passed: the average would be of another horizon', () => {
    expect(TwapV2.refreshed(begun, steady(Q112, 3_600n)).answer.kind).toBe('price');
    const late = TwapV2.refreshed(begun, steady(Q112, 3_601n));
    expect(late.state).toEqual(TwapV2.begun(HALF_HOUR, steady(Q112, 3_601n)));
    expect(late.answer).toEqual({ kind: 'failed', why: 'NO_WINDOW' });
  });

  it('have no price of an empty pair, nor of a ratio from 2^112 on', () => {
    const ends = [(1n << 224n) - 1n, 1n << 224n].map((price) => TwapV2.refreshed(begun, steady(price, 1_800n)).answer);
    expect(ends).toEqual([live((1n << 224n) - 1n), { kind: 'failed', why: 'OUT_OF_RANGE' }]);
    expect(TwapV2.refreshed(begun, steady(0n, 1_800n)).answer).toEqual({ kind: 'failed', why: 'OUT_OF_RANGE' });
  });

  it('a price that is pushed for a part of the window moves the average by that part of it alone', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 1_800n), fc.bigInt(1n, 1_000n), (pushed, times) => {
        const cumulative = Q112 * (1_800n - pushed) + times * Q112 * pushed;
        const { answer } = TwapV2.refreshed(begun, seen(cumulative, NOW + 1_800n));
        expect(priceOf(answer)).toBe(Q112 + ((times - 1n) * Q112 * pushed) / 1_800n);
      }),
    );
  });
});

describe('docs/rules.md 5: windows', () => {
  it('are 30 to 120 minutes beside live feeds', () => {
    expect([liveWindow(1_800n).seconds, liveWindow(7_200n).seconds]).toEqual([1_800n, 7_200n]);
    for (const seconds of [0n, 1_799n, 7_201n, 86_400n]) expect(() => liveWindow(seconds)).toThrow(coded('BAD_WINDOW'));
    // @ts-expect-error a literal is no window
    expect(TwapV2.begun({ seconds: 1n, horizon: 'live' }, seen(0n, NOW)).kind).toBe('waiting');
  });

  it('of 24 h bound a live answer to 10 % around the average', () => {
    const begun = TwapV2.begun(DAY_WINDOW, steady(10n * Q112, 0n));
    const { state, answer: day } = TwapV2.refreshed(begun, steady(10n * Q112, 86_400n));
    const bounded = (price: bigint) => sanityBound({ live: live(price), day });
    for (const price of [9n * Q112, 10n * Q112, 11n * Q112]) expect(bounded(price)).toEqual(live(price));
    for (const price of [9n * Q112 - 1n, 11n * Q112 + 1n]) {
      expect(bounded(price)).toEqual({ kind: 'failed', why: 'OUT_OF_BOUND' });
    }
    const late = TwapV2.last(state, steady(10n * Q112, 2n * 86_400n + 1n));
    expect(sanityBound({ live: live(Q112), day: late })).toEqual({ kind: 'stale' });
    const early = TwapV2.last(begun, steady(10n * Q112, 60n));
    expect(sanityBound({ live: live(Q112), day: early })).toEqual({ kind: 'failed', why: 'NO_WINDOW' });
    expect(sanityBound({ live: { kind: 'stale' }, day })).toEqual({ kind: 'stale' });
    // @ts-expect-error an average of 24 h is no live answer
    expect(sanityBound({ live: day, day }).kind).toBe('price');
  });
});
