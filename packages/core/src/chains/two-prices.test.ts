import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASIS_POINT, ONE } from '../math/scales.ts';
import * as DailyUse from './daily-use.ts';
import * as TwoPrices from './two-prices.ts';

const NAV = 100_000_000_000n;
const SUPPLY = 1_000n * ONE;
const DAY = 86_400n;

describe('docs/rules.md 11: two prices', () => {
  it('lie half the largest q on each side of NAV, at least 25 bp', () => {
    expect(TwoPrices.spread([50n, 200n, 100n])).toBe(100n * BASIS_POINT);
    expect(TwoPrices.spread([51n])).toBe((51n * BASIS_POINT) / 2n);
    expect(TwoPrices.spread([50n, 10n])).toBe(25n * BASIS_POINT);
    expect(TwoPrices.spread([])).toBe(25n * BASIS_POINT);
  });

  it('of a share at a NAV of 100 000 and a supply of 1 000, q = 100 bp: 100.5 to come, 99.5 to leave', () => {
    const priced = { nav: NAV, supply: SUPPLY, spread: TwoPrices.spread([100n]) };
    expect(TwoPrices.mintCost(ONE, priced)).toBe(100_500_000n);
    expect(TwoPrices.redeemValue(ONE, priced)).toBe(99_500_000n);
    expect(TwoPrices.sharesFor(100_500_000n, priced)).toBe(ONE);
    expect(TwoPrices.sharesOf(99_500_000n, priced)).toBe(ONE);
  });

  it('always round against who comes or leaves', () => {
    const words = fc.bigInt({ min: 1n, max: 10n ** 25n });
    const spreads = fc.bigInt({ min: 0n, max: ONE / 10n });
    fc.assert(
      fc.property(words, words, words, spreads, (amount, nav, supply, spread) => {
        const priced = { nav, supply, spread };
        expect(TwoPrices.mintCost(TwoPrices.sharesFor(amount, priced), priced)).toBeLessThanOrEqual(amount);
        expect(TwoPrices.sharesOf(TwoPrices.redeemValue(amount, priced), priced)).toBeLessThanOrEqual(amount);
        expect(TwoPrices.redeemValue(amount, priced)).toBeLessThanOrEqual(TwoPrices.mintCost(amount, priced));
      }),
    );
  });
});

describe('docs/rules.md 11: what a day may use', () => {
  const limit = (now: bigint, nav = NAV, part = DailyUse.MINTS_A_DAY) => ({ part, nav, now });

  it('is 5 % of NAV, 1 % while value is in flight', () => {
    expect(DailyUse.room(DailyUse.UNUSED, limit(DAY))).toBe(5_000_000_000n);
    expect(DailyUse.room(DailyUse.UNUSED, limit(DAY, NAV, DailyUse.WHILE_IN_FLIGHT))).toBe(1_000_000_000n);
  });

  it('begins anew at midnight UTC', () => {
    const used = DailyUse.record(DailyUse.UNUSED, 4_000_000_000n, limit(DAY));
    expect(DailyUse.room(used, limit(2n * DAY - 1n))).toBe(1_000_000_000n);
    expect(DailyUse.room(used, limit(2n * DAY))).toBe(5_000_000_000n);
  });

  it('does not grow by the mints themselves, and shrinks with a loss', () => {
    const used = DailyUse.record(DailyUse.UNUSED, 5_000_000_000n, limit(DAY));
    expect(DailyUse.room(used, limit(DAY + 1n, NAV + 5_000_000_000n))).toBe(0n);
    const half = DailyUse.record(DailyUse.UNUSED, 1_000_000_000n, limit(DAY));
    expect(DailyUse.room(half, limit(DAY + 1n, NAV / 2n))).toBe(1_500_000_000n);
    expect(DailyUse.room(half, limit(DAY + 1n, NAV / 10n))).toBe(0n);
  });

  it('refuses a time before its last use', () => {
    const used = DailyUse.record(DailyUse.UNUSED, 1n, limit(DAY));
    expect(() => DailyUse.room(used, limit(DAY - 1n))).toThrow(expect.objectContaining({ code: 'OVERFLOW' }));
  });
});
