import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ONE, Q112 } from '../math/scales.ts';
import { min } from '../math/word.ts';
import { crossed, partDown, partsDown, partsUp, partUp } from './crossing.ts';

const WETH = 2_000n * Q112;
const LINK = 10n * Q112;
const amounts = fc.bigInt({ min: 0n, max: (1n << 112n) - 1n });
const prices = fc.bigInt({ min: 1n << 40n, max: (1n << 128n) - 1n });

describe('crossed', () => {
  it('crosses 10 WETH against 1 500 LINK to 7.5 WETH, whichever side asks', () => {
    const half = 7_500_000_000_000_000_000n;
    expect(crossed(10n * ONE, 1_500n * ONE, WETH, LINK)).toEqual({ x: half, y: 1_500n * ONE });
    expect(crossed(1_500n * ONE, 10n * ONE, LINK, WETH)).toEqual({ x: 1_500n * ONE, y: half });
    expect(crossed(5n * ONE, 1_500n * ONE, WETH, LINK)).toEqual({ x: 5n * ONE, y: 1_000n * ONE });
  });

  it('takes no more than is offered and costs neither side a whole unit', () => {
    fc.assert(
      fc.property(amounts, amounts, prices, prices, (a, b, anchorO, anchorU) => {
        const { x, y } = crossed(a, b, anchorO, anchorU);
        expect(x).toBeLessThanOrEqual(a);
        expect(y).toBeLessThanOrEqual(b);
        const loss = x * anchorO - y * anchorU;
        const least = min(anchorO, anchorU);
        expect(loss < 0n ? -loss : loss).toBeLessThan(least);
        // What stays uncrossed of the smaller side is worth less than one unit of the other asset.
        const smaller = a * anchorO <= b * anchorU ? (a - x) * anchorO - anchorU : (b - y) * anchorU - anchorO;
        expect(smaller).toBeLessThan(0n);
      }),
    );
  });

  it('is nothing against nothing', () => {
    expect(crossed(0n, 5n, WETH, LINK)).toEqual({ x: 0n, y: 0n });
    expect(crossed(5n, 0n, WETH, LINK)).toEqual({ x: 0n, y: 0n });
  });
});

describe('partUp and partDown', () => {
  it('give each its part, the dust to nobody', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 0n, max: 1n << 100n }), { minLength: 1, maxLength: 8 }),
        amounts,
        (parts, n) => {
          const whole = parts.reduce((sum, part) => sum + part, 1n);
          const total = n % (whole + 1n);
          const given = parts.map((part) => partUp(total, part, whole));
          parts.forEach((part, i) => {
            expect(given[i]).toBeLessThanOrEqual(part);
          });
          const got = parts.reduce((sum, part) => sum + partDown(total, part, whole), 0n);
          expect(got).toBeLessThanOrEqual(total);
          expect(given.reduce((sum, part) => sum + part, partUp(total, 1n, whole))).toBeGreaterThanOrEqual(total);
        },
      ),
    );
  });

  it('refuse a whole of nothing', () => {
    expect(() => partUp(1n, 1n, 0n)).toThrow(expect.objectContaining({ code: 'DIVISION_BY_ZERO' }));
  });
});

describe('partsUp and partsDown', () => {
  it('are what partUp and partDown are for each index', () => {
    const parts = [0n, 1n, 7n, 100n, 12_345_678_901_234_567_890n];
    const whole = parts.reduce((sum, part) => sum + part, 0n);
    for (const total of [0n, 1n, 99n, 10n ** 18n, whole]) {
      expect(partsUp(total, parts, whole)).toEqual(parts.map((part) => partUp(total, part, whole)));
      expect(partsDown(total, parts, whole)).toEqual(parts.map((part) => partDown(total, part, whole)));
    }
  });

  it('refuse what the chain refuses', () => {
    expect(() => partsUp(1n, [0n], 0n)).toThrow(expect.objectContaining({ code: 'DIVISION_BY_ZERO' }));
    expect(() => partsDown(1n << 200n, [1n], 1n << 200n)).toThrow(expect.objectContaining({ code: 'OVERFLOW' }));
  });
});
