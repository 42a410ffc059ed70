import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mulDivDown } from '../math/fixed-point.ts';
import { Q112 } from '../math/scales.ts';
import { codeOf } from './families.fixture.ts';
import * as HighWaterMark from './high-water-mark.ts';

const USDC = 1_000_000n;
const SHARE = 10n ** 18n;
const TEN_PERCENT = HighWaterMark.performanceFee(1_000n);
/** A million tokens at a price in cents. */
const million = 1_000_000n;
const at = (cents: bigint, supply = million * SHARE) => ({
  nav: mulDivDown(supply, cents * USDC, 100n * SHARE),
  supply,
});
const start = HighWaterMark.markAt(at(100n));

describe('docs/rules.md 4.2: performance fee above a high-water mark', () => {
  it('1.00 -> 1.20 at 10 %: 0.02 a token in new shares, so that holders keep 1.18', () => {
    const standing = at(120n);
    const taken = HighWaterMark.take({ ...standing, mark: start, bps: TEN_PERCENT });
    // The mark is the price rounded up, so a million tokens are due one smallest unit more.
    expect(taken.gain).toBe(200_000n * USDC - 1n);
    expect(taken.fee).toBe(20_000n * USDC - 1n);
    // 0.02 / 1.18 of a token for each token.
    expect(taken.shares).toBe(16_949_152_541_511_060_040_219n);
    const price = mulDivDown(standing.nav, SHARE, standing.supply + taken.shares);
    expect(price).toBe(1_180_000n);
  });

  it('back to 1.00 and up to 1.20 again -> nothing', () => {
    const taken = HighWaterMark.take({ ...at(120n), mark: start, bps: TEN_PERCENT });
    const supply = million * SHARE + taken.shares;
    let mark = taken.mark;
    for (const cents of [118n, 100n, 119n, 120n]) {
      const again = HighWaterMark.take({ ...at(cents, supply), mark, bps: TEN_PERCENT });
      expect([again.gain, again.fee, again.shares, again.mark]).toEqual([0n, 0n, 0n, taken.mark]);
      mark = again.mark;
    }
    expect(HighWaterMark.take({ ...at(121n, supply), mark, bps: TEN_PERCENT }).shares > 0n).toBe(true);
  });

  it('is at most 20 %', () => {
    expect(HighWaterMark.performanceFee(2_000n)).toBe(2_000n);
    for (const bps of [2_001n, -1n]) expect(codeOf(() => HighWaterMark.performanceFee(bps))).toBe('FEE_OUT_OF_RANGE');
    // @ts-expect-error a number that nobody checked is no fee
    const fee = () => HighWaterMark.take({ ...at(120n), mark: start, bps: 5_000n });
    // @ts-expect-error neither is it a mark
    const mark = () => HighWaterMark.take({ ...at(120n), mark: 0n, bps: TEN_PERCENT });
    expect([fee().gain, mark().gain]).toEqual([200_000n * USDC - 1n, 1_200_000n * USDC]);
  });

  it("never reaches back: gains made without a fee are nobody's later", () => {
    const free = HighWaterMark.take({ ...at(200n), mark: start, bps: HighWaterMark.performanceFee(0n) });
    expect(free.shares).toBe(0n);
    const greedy = HighWaterMark.performanceFee(2_000n);
    expect(HighWaterMark.take({ ...at(200n), mark: free.mark, bps: greedy }).shares).toBe(0n);
  });

  it('an index worth nothing owes nothing', () => {
    expect(HighWaterMark.take({ nav: 0n, supply: SHARE, mark: start, bps: TEN_PERCENT }).shares).toBe(0n);
    expect(codeOf(() => HighWaterMark.markAt({ nav: 1n, supply: 0n }))).toBe('DIVISION_BY_ZERO');
  });

  const standing = fc.record({ nav: fc.bigInt(1n, (1n << 84n) - 1n), supply: fc.bigInt(SHARE, (1n << 112n) - 1n) });
  const fee = fc.bigInt(0n, 2_000n).map(HighWaterMark.performanceFee);

  it('the new shares are never worth more than the fee, and never bring the price below the mark', () => {
    fc.assert(
      fc.property(standing, standing, fee, (before, now, bps) => {
        const mark = HighWaterMark.markAt(before);
        const taken = HighWaterMark.take({ ...now, mark, bps });
        const supply = now.supply + taken.shares;
        expect(taken.shares * now.nav <= taken.fee * supply).toBe(true);
        expect(taken.gain === 0n || now.nav * Q112 >= mark * supply).toBe(true);
        expect(taken.mark >= mark).toBe(true);
        const again = HighWaterMark.take({ nav: now.nav, supply, mark: taken.mark, bps });
        expect([again.gain, again.shares, again.mark]).toEqual([0n, 0n, taken.mark]);
      }),
      { numRuns: 500 },
    );
  });

  it('over any path of prices never takes more than its part of the highest gain', () => {
    const path = fc.array(fc.bigInt(1n, 1_000n), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(path, fee, (prices, bps) => {
        let mark = start;
        let taken = 0n;
        let highest = 100n;
        for (const cents of prices) {
          const found = HighWaterMark.take({ ...at(cents), mark, bps });
          ({ mark } = found);
          taken += found.fee;
          if (cents > highest) highest = cents;
        }
        expect(taken * 10_000n <= (at(highest).nav - at(100n).nav) * bps).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
