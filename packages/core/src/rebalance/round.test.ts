import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASIS_POINT, ONE, Q112 } from '../math/scales.ts';
import { CHAIN, type Numbers } from './clock.ts';
import { roundInputs } from './plan.fixture.ts';
import { type IndexOrders, Round } from './round.ts';

const MINUTE = 60n;
const LINK = 10n ** 18n;
const USDC = 10n ** 6n;
/** {base/LINK} UQ112 at 10 USDC. */
const TEN = (10n * USDC * Q112) / LINK;
/** Far more than any order. */
const ALL = 1n << 111n;

const opening = {
  openedAt: 0n,
  base: 'usdc',
  assets: [
    { asset: 'link', anchor: TEN, price: TEN, qBps: 75n, delistedSince: 0n },
    { asset: 'usdc', anchor: Q112, price: Q112, qBps: 25n, delistedSince: 0n },
  ],
};

/** Sells 100 LINK for USDC: worth 1 000 USDC. */
const seller = (changes: Partial<IndexOrders> = {}): IndexOrders => ({
  index: 'a',
  budget: 1_000_000n * USDC,
  orders: [
    { asset: 'link', excess: 100n * LINK, deficit: 0n, holding: 1_000n * LINK },
    { asset: 'usdc', excess: 0n, deficit: 1_000n * USDC, holding: 0n },
  ],
  ...changes,
});

const roundAt = (minutes: bigint, index = seller(), clock: Numbers = CHAIN): Round =>
  new Round([index], opening, minutes * MINUTE, clock);

/** Fills from stock what the round offers {u}; undefined when it offers nothing. */
const fillFromStock = (round: Round): { given: bigint; received: bigint } | undefined => {
  const fill = round.sizeFromStock(0, 1, ALL);
  if (fill === undefined) return undefined;
  const received = round.atLimit(0, 1, fill);
  expect(round.book(0, 1, fill, received - 1n)).toBe(false);
  expect(round.book(0, 1, fill, received)).toBe(true);
  return { given: fill.total, received };
};

describe("docs/rules.md 6: a fill from the filler's own stock", () => {
  it('pays the limit exactly: 9.90 for LINK after 44 minutes at q = 1 %', () => {
    const round = roundAt(44n);
    expect(fillFromStock(round)).toEqual({ given: 100n * LINK, received: 990n * USDC });
    expect([round.delta(0, 0), round.delta(0, 1)]).toEqual([-100n * LINK, 990n * USDC]);
    // The anchor is floored, and with it the value given.
    expect(round.loss(0)).toBe(10n * USDC - 1n);
  });

  it('above the anchor does not carry what is bought past its target', () => {
    const round = roundAt(0n);
    const { given, received } = fillFromStock(round) ?? { given: 0n, received: 0n };
    expect(received).toBe(1_000n * USDC);
    expect(Number(given) / Number(LINK)).toBeCloseTo(1_000 / 10.12, 6);
    expect(round.loss(0)).toBe(0n);
  });

  it('is cut to what the loss budget affords at the limit, and is nothing when that is below the least fill', () => {
    const round = roundAt(44n, seller({ budget: 5n * USDC }));
    const given = fillFromStock(round)?.given ?? 0n;
    expect(given).toBeLessThanOrEqual(50n * LINK);
    expect(50n * LINK - given).toBeLessThan(LINK / 10n ** 6n);
    expect(round.loss(0)).toBeLessThanOrEqual(5n * USDC);
    expect(fillFromStock(round)).toBeUndefined();
    expect(fillFromStock(roundAt(44n, seller({ budget: 0n })))).toBeUndefined();
  });

  it('takes no more than the filler offers', () => {
    expect(roundAt(44n).sizeFromStock(0, 1, 30n * LINK)?.total).toBe(30n * LINK);
  });

  it('goes at another limit where another clock is tried', () => {
    const flat = { ...CHAIN, openingMargin: -ONE, floorBps: 200n };
    expect(fillFromStock(roundAt(0n, seller(), flat))).toEqual({ given: 100n * LINK, received: 980n * USDC });
    const slow = { ...CHAIN, fallPerMinute: BASIS_POINT };
    expect(fillFromStock(roundAt(44n, seller(), slow))?.received).toBe(1_000n * USDC);
  });
});

describe('docs/rules.md 7: a pair', () => {
  it('is traded when one of its two assets acts, and left when none does', () => {
    for (const acting of [['link'], ['usdc'], ['link', 'usdc']]) {
      expect(fillFromStock(roundAt(44n, seller({ acting: new Set(acting) })))?.given).toBe(100n * LINK);
    }
    expect(fillFromStock(roundAt(44n, seller({ acting: new Set(['weth']) })))).toBeUndefined();
    expect(roundAt(44n, seller({ acting: new Set() })).size(0, 1, ALL, TEN)).toBeUndefined();
  });
});

describe('a round', () => {
  it('gives and takes what it booked, to the unit: gaps move by the deltas, and the filler has the rest', () => {
    fc.assert(
      fc.property(roundInputs(5), fc.nat(4), fc.nat(4), ({ indices, opening, now }, o, u) => {
        const round = new Round(indices, opening, now);
        fc.pre(o !== u && o < round.assets.length && u < round.assets.length);
        const fill = round.sizeFromStock(o, u, ALL);
        fc.pre(fill !== undefined);
        const received = round.atLimit(o, u, fill);
        expect(round.book(o, u, fill, received)).toBe(true);
        const sum = (place: number): bigint => indices.reduce((all, _, row) => all + round.delta(row, place), 0n);
        expect(sum(o)).toBe(-fill.total);
        expect(sum(u)).toBeLessThanOrEqual(received);
        expect(received - sum(u)).toBeLessThan(BigInt(indices.length));
        // Of what is received an index may miss one smallest unit, and its loss is rounded up.
        const unit = (round.assets[u]?.anchor ?? 0n) / Q112 + 1n;
        indices.forEach(({ budget }, row) => {
          expect(round.loss(row)).toBeLessThanOrEqual(budget + 2n * unit);
        });
      }),
      { numRuns: 300 },
    );
  });
});
