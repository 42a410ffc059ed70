import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASIS_POINT, ONE, Q112 } from '../math/scales.ts';
import {
  CHAIN,
  clockFactor,
  crossesAfter,
  crossOpen,
  floorBps,
  limitFactor,
  maxGiven,
  minReceived,
  nowFactor,
} from './clock.ts';

const MINUTE = 60n;
const DAY = 86_400n;
const LINK = 10n * Q112;
const USDC = Q112;

describe('clockFactor', () => {
  it('takes LINK at an anchor of 10 and q = 1 % from 10.12 over 10.00 to 9.90', () => {
    const limitAt = (minutes: bigint) => minReceived(ONE, LINK, USDC, clockFactor(100n, minutes * MINUTE));
    expect(limitAt(0n)).toBe(10_120_000_000_000_000_000n);
    expect(limitAt(24n)).toBe(10_000_000_000_000_000_000n);
    expect(limitAt(44n)).toBe(9_900_000_000_000_000_000n);
  });

  it('falls by the second and stops at 0', () => {
    expect(clockFactor(100n, 1n)).toBe(ONE + 120n * 10n ** 14n - 8_333_333_333_333n);
    expect(clockFactor(0n, 10n ** 9n)).toBe(0n);
  });
});

describe('nowFactor and limitFactor', () => {
  it('holds the limit at 100 bp below the price of now', () => {
    expect(nowFactor(LINK, USDC, LINK, USDC, 100n)).toBe((ONE * 99n) / 100n);
    expect(nowFactor(LINK, USDC, 12n * Q112, USDC, 100n)).toBe((ONE * 1_188n) / 1_000n);
    expect(nowFactor(LINK, USDC, LINK, 2n * USDC, 100n)).toBe((ONE * 495n) / 1_000n);
  });

  it('rounds up, and takes the higher of the two', () => {
    expect(nowFactor(3n, 1n, 1n, 1n, 0n)).toBe(ONE / 3n + 1n);
    expect(limitFactor(clockFactor(100n, DAY), nowFactor(LINK, USDC, LINK, USDC, 100n))).toBe((ONE * 99n) / 100n);
    expect(limitFactor(clockFactor(100n, 0n), nowFactor(LINK, USDC, LINK, USDC, 100n))).toBe((ONE * 1_012n) / 1_000n);
  });

  it('refuses a floor of more than everything and a price of 0', () => {
    expect(() => nowFactor(1n, 1n, 1n, 1n, 10_001n)).toThrow(expect.objectContaining({ code: 'OVERFLOW' }));
    expect(() => nowFactor(1n, 1n, 1n, 0n, 0n)).toThrow(expect.objectContaining({ code: 'DIVISION_BY_ZERO' }));
  });
});

describe('maxGiven', () => {
  const amounts = fc.bigInt({ min: 0n, max: (1n << 90n) - 1n });
  const prices = fc.bigInt({ min: 1n << 40n, max: (1n << 128n) - 1n });
  const factors = fc.bigInt({ min: BASIS_POINT, max: 2n * ONE });

  it('is the largest amount whose limit is met', () => {
    fc.assert(
      fc.property(amounts, prices, prices, factors, (received, anchorO, anchorU, factor) => {
        const given = maxGiven(received, anchorO, anchorU, factor);
        fc.pre(given < 1n << 112n);
        expect(minReceived(given, anchorO, anchorU, factor)).toBeLessThanOrEqual(received);
        const exact = (received * anchorU * ONE) / (anchorO * factor);
        expect(exact - given).toBeLessThanOrEqual((exact * ONE) / (anchorO * factor) + 1n);
      }),
    );
  });

  it('has no answer at a factor of 0', () => {
    expect(() => maxGiven(1n, 1n, 1n, 0n)).toThrow(expect.objectContaining({ code: 'DIVISION_BY_ZERO' }));
  });
});

describe('crossOpen', () => {
  it('opens after 24 minutes for q = 1 %', () => {
    expect(crossOpen(100n, 24n * MINUTE - 1n)).toBe(false);
    expect(crossOpen(100n, 24n * MINUTE)).toBe(true);
    expect(crossOpen(0n, 4n * MINUTE)).toBe(true);
  });

  it('says yes from the second on that `crossesAfter` names', () => {
    expect([crossesAfter(100n), crossesAfter(101n)]).toEqual([24n * MINUTE, 24n * MINUTE + 12n]);
    for (let q = 0n; q < 1_000n; q += 7n) {
      const first = crossesAfter(q);
      expect([crossOpen(q, first - 1n), crossOpen(q, first)]).toEqual([false, true]);
    }
  });
});

describe('floorBps', () => {
  it('is 100 for a listed asset and widens by 100 a day to 3 000 for a delisted one', () => {
    const since = 1_700_000_000n;
    expect(floorBps(0n, since)).toBe(100n);
    expect(floorBps(since, since)).toBe(100n);
    expect(floorBps(since, since + DAY)).toBe(100n);
    expect(floorBps(since, since + DAY + DAY / 2n)).toBe(150n);
    expect(floorBps(since, since + 30n * DAY - 1n)).toBe(2_999n);
    expect(floorBps(since, since + 300n * DAY)).toBe(3_000n);
    expect(() => floorBps(since, since - 1n)).toThrow(expect.objectContaining({ code: 'OVERFLOW' }));
  });
});

describe('a clock with other numbers', () => {
  it('starts where its margin says, falls as it says, and has its own floor', () => {
    const other = { openingMargin: 50n * BASIS_POINT, fallPerMinute: 10n * BASIS_POINT, floorBps: 40n };
    expect(clockFactor(100n, 0n, other)).toBe(ONE + 150n * BASIS_POINT);
    expect(clockFactor(100n, 15n * MINUTE, other)).toBe(ONE);
    expect([crossOpen(100n, 15n * MINUTE - 1n, other), crossOpen(100n, 15n * MINUTE, other)]).toEqual([false, true]);
    expect([floorBps(0n, DAY, other), floorBps(1n, 1n + 5n * DAY, other)]).toEqual([40n, 500n]);
  });

  it('is a flat limit when it starts at the bottom: the price of now less the floor, at any time', () => {
    const flat = { ...CHAIN, openingMargin: -ONE };
    for (const elapsed of [0n, 10n * MINUTE, DAY]) {
      const now = nowFactor(LINK, USDC, LINK, USDC, floorBps(0n, 0n, flat));
      expect(limitFactor(clockFactor(100n, elapsed, flat), now)).toBe(99n * 10n ** 16n);
    }
  });
});
