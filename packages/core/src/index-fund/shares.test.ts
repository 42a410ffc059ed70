import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { min } from '../math/word.ts';
import { effectiveDown, effectiveUp, feeOf } from './shares.ts';

const amounts = fc.bigInt({ min: 1n, max: (1n << 120n) - 1n });

describe('feeOf', () => {
  it('takes 20 bp of a mint and 50 bp of a redeem, rounded up', () => {
    expect(feeOf(10n ** 18n, 20n)).toBe(2n * 10n ** 15n);
    expect(feeOf(10n ** 18n, 50n)).toBe(5n * 10n ** 15n);
    expect(feeOf(1n, 20n)).toBe(1n);
    expect(feeOf(1n, 0n)).toBe(0n);
    expect(feeOf(0n, 50n)).toBe(0n);
  });
});

describe('effectiveUp and effectiveDown', () => {
  it('never lower E / S: those who stay keep what is theirs', () => {
    fc.assert(
      fc.property(amounts, amounts, amounts, (a, b, shares) => {
        const [effective, supply] = a < b ? [a, b] : [b, a];
        const minted = effectiveUp(shares, effective, supply);
        expect((effective + minted) * supply).toBeGreaterThanOrEqual(effective * (supply + shares));
        const burned = min(shares, supply);
        const paid = effectiveDown(burned, effective, supply);
        expect((effective - paid) * supply).toBeGreaterThanOrEqual(effective * (supply - burned));
      }),
    );
  });

  it('never pay a round trip', () => {
    fc.assert(
      fc.property(amounts, amounts, (effective, shares) => {
        const supply = effective + 12_345n;
        const minted = effectiveUp(shares, effective, supply);
        expect(effectiveDown(shares, effective + minted, supply + shares)).toBeLessThanOrEqual(minted);
      }),
    );
  });

  it('refuse an index without supply', () => {
    expect(() => effectiveUp(1n, 1n, 0n)).toThrow(expect.objectContaining({ code: 'DIVISION_BY_ZERO' }));
  });
});
