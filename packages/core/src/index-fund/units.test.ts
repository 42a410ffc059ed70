import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Units from './units.ts';

const MAX_HOLDING = (1n << 112n) - 1n;
const MAX_SUPPLY = (1n << 128n) - 1n;
const holdings = fc.bigInt({ min: 0n, max: MAX_HOLDING });
const supplies = fc.bigInt({ min: 1n, max: MAX_SUPPLY });

describe('fromHolding', () => {
  it('never claims more than the holding, rounded either way', () => {
    fc.assert(
      fc.property(holdings, supplies, (holding, supply) => {
        const unit = Units.fromHolding(holding, supply);
        expect(Units.amountUp(supply, unit)).toBeLessThanOrEqual(holding);
      }),
    );
  });

  it('is exact to 2^-111: the mantissa has its top bit set', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: MAX_HOLDING }), supplies, (holding, supply) => {
        const { mantissa, exponent } = Units.fromHolding(holding, supply);
        expect(mantissa >> 111n).toBe(1n);
        expect(mantissa).toBe((holding << exponent) / supply);
        expect(exponent).toBeLessThanOrEqual(239n);
      }),
    );
  });

  it('keeps a small leg of 8 decimals and a large one of 18 precise', () => {
    const supply = 5_000_000n * 10n ** 18n;
    const bitcoin = 85_034_013n; // 0.85 WBTC
    expect(Units.amountDown(supply / 1_000n, Units.fromHolding(bitcoin, supply))).toBe(85_034n);
    const shiba = 10n ** 11n * 10n ** 18n;
    expect(Units.amountUp(supply / 2n, Units.fromHolding(shiba, supply))).toBe(shiba / 2n);
  });

  it('has 0 for an empty holding, and the ends of its range', () => {
    expect(Units.unwrap(Units.fromHolding(0n, 1n))).toBe(0n);
    expect(Units.fromHolding(MAX_HOLDING, 1n)).toEqual({ mantissa: MAX_HOLDING, exponent: 0n });
    expect(Units.fromHolding(1n, MAX_SUPPLY)).toEqual({ mantissa: 1n << 111n, exponent: 239n });
  });

  it('refuses what is out of range', () => {
    expect(() => Units.fromHolding(MAX_HOLDING + 1n, 1n)).toThrow(
      expect.objectContaining({ code: 'HOLDING_TOO_LARGE' }),
    );
    for (const supply of [0n, MAX_SUPPLY + 1n]) {
      expect(() => Units.fromHolding(1n, supply)).toThrow(
        expect.objectContaining({ code: 'EFFECTIVE_SUPPLY_OUT_OF_RANGE' }),
      );
    }
    expect(() => Units.amountDown(MAX_SUPPLY + 1n, { mantissa: 1n, exponent: 0n })).toThrow(
      expect.objectContaining({ code: 'EFFECTIVE_SUPPLY_OUT_OF_RANGE' }),
    );
  });
});

describe('amountDown and amountUp', () => {
  it('differ by at most one and never lose to a split', () => {
    fc.assert(
      fc.property(holdings, supplies, supplies, (holding, supply, e) => {
        const unit = Units.fromHolding(holding, supply);
        const [down, up] = [Units.amountDown(e, unit), Units.amountUp(e, unit)];
        expect(up - down === 0n || up - down === 1n).toBe(true);
        const half = e / 2n;
        expect(Units.amountUp(half, unit) + Units.amountUp(e - half, unit)).toBeGreaterThanOrEqual(up);
        expect(Units.amountDown(half, unit) + Units.amountDown(e - half, unit)).toBeLessThanOrEqual(down);
      }),
    );
  });
});

describe('pack and at', () => {
  it('give both units back', () => {
    const [lo, hi] = [Units.fromHolding(3n, 7n), Units.fromHolding(MAX_HOLDING, 1n)];
    const packed = Units.pack(lo, hi);
    expect(packed >> 240n).toBe(0n);
    expect([Units.at(packed, 0n), Units.at(packed, 1n)]).toEqual([lo, hi]);
  });
});
