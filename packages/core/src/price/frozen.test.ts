import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nav } from '../index-fund/nav.ts';
import { ONE, Q112 } from '../math/scales.ts';
import { ordersOf } from '../rebalance/drift.ts';
import { type Answer, failed } from './answer.ts';
import * as Frozen from './frozen.ts';
import { PRICE_LIMIT } from './prices.ts';

const NOW = 1_700_000_000n;
const DAY = 86_400n;
const live = (price: bigint): Answer<'live'> => ({ kind: 'price', price, horizon: 'live' });
const judged = (answer: Answer<'live'>, lastGood: Frozen.LastGood | undefined, now = NOW) => ({
  ...{ answer, lastGood, now, qBps: 100n },
});

describe('docs/rules.md 5: a dead price', () => {
  const lastGood = { price: 10n * Q112, at: NOW };

  it('counts at its last good price for 24 h, then it is dead, until it lives', () => {
    for (const answer of [{ kind: 'stale' } as const, failed('QUORUM')]) {
      expect(Frozen.last(judged(answer, lastGood, NOW + DAY))).toEqual({
        status: 'frozen',
        price: 10n * Q112,
        qBps: 100n,
      });
      expect(Frozen.last(judged(answer, lastGood, NOW + DAY + 1n))).toEqual({ status: 'dead' });
      expect(Frozen.last(judged(answer, undefined))).toEqual({ status: 'dead' });
    }
    expect(Frozen.last(judged(live(11n * Q112), lastGood, NOW + 9n * DAY)).status).toBe('live');
  });

  it('is what lies outside the range of the format', () => {
    for (const price of [0n, (1n << 40n) - 1n, PRICE_LIMIT]) {
      expect(Frozen.last(judged(live(price), lastGood))).toEqual({ status: 'dead' });
    }
  });

  it('is never kept alive by refreshing: only a live price is stored', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(1n, 4n * 3_600n), { minLength: 1, maxLength: 30 }), (pauses) => {
        let [stored, now]: [Frozen.LastGood | undefined, bigint] = [lastGood, NOW];
        for (const pause of pauses) {
          now += pause;
          const after = Frozen.refreshed(judged({ kind: 'stale' }, stored, now));
          expect(after.quote).toEqual(Frozen.last(judged({ kind: 'stale' }, stored, now)));
          expect(after.quote.status).toBe(now - NOW <= DAY ? 'frozen' : 'dead');
          stored = after.lastGood;
        }
        expect(stored).toEqual(lastGood);
      }),
    );
    const after = Frozen.refreshed(judged(live(11n * Q112), lastGood, NOW + 5n));
    expect(after.lastGood).toEqual({ price: 11n * Q112, at: NOW + 5n });
  });
});

describe('docs/rules.md 5: what counts', () => {
  const quoted = (asset: string, weight: bigint, quote: Frozen.QuotedPosition['quote']) => ({
    ...{ asset, weight, quote, holding: 1_000_000_000n },
  });
  const at = (price: bigint, status: 'live' | 'frozen' = 'live') => ({ status, price, qBps: 0n });

  it('leaves the dead asset out of value and targets, and the others share the whole', () => {
    const dead = quoted('b', ONE / 5n, { status: 'dead' });
    const all = [quoted('a', ONE / 2n, at(Q112)), dead, quoted('c', (3n * ONE) / 10n, at(2n * Q112, 'frozen'))];
    const counted = Frozen.counted(all);
    expect(counted.map(({ asset, weight }) => [asset, weight])).toEqual([
      ['a', (ONE * 5n) / 8n],
      ['c', (ONE * 3n) / 8n],
    ]);
    expect(nav(counted)).toBe(3_000_000_000n);
    expect(ordersOf(counted).map(({ excess, deficit }) => [excess, deficit])).toEqual([
      [0n, 875_000_000n],
      [437_500_000n, 0n],
    ]);
  });

  it('is all with its own weights while nothing is dead, and nothing when all is', () => {
    const all = [quoted('a', ONE / 2n, at(Q112)), quoted('b', ONE / 2n, at(Q112, 'frozen'))];
    expect(Frozen.counted(all).map(({ weight }) => weight)).toEqual([ONE / 2n, ONE / 2n]);
    expect(Frozen.counted(all.map((one) => ({ ...one, quote: { status: 'dead' } as const })))).toEqual([]);
    const sold = [quoted('a', 0n, at(Q112)), quoted('b', ONE, { status: 'dead' })];
    expect(Frozen.counted(sold).map(({ weight }) => weight)).toEqual([0n]);
  });

  it('never aims at more than the whole, nor at less by more than one unit an asset', () => {
    const weights = fc.array(fc.bigInt(1n, ONE), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(weights, fc.nat(), (parts, pick) => {
        const sum = parts.reduce((a, b) => a + b, 0n);
        const all = parts.map((part, i) => {
          const dead = i === pick % parts.length && parts.length > 1;
          return quoted(`asset-${i}`, (part * ONE) / sum, dead ? { status: 'dead' } : at(Q112));
        });
        const total = Frozen.counted(all).reduce((a, { weight }) => a + weight, 0n);
        expect(total <= ONE && total > ONE - BigInt(parts.length)).toBe(true);
      }),
    );
  });
});
