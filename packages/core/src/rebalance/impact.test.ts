import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASIS_POINT, ONE } from '../math/scales.ts';
import { amountOut, impactOf, maxInOneHop, maxInTwoHops, ROUTE_LIMIT, routeLimit } from './impact.ts';

const LINK = 10n ** 18n;
const USDC = 10n ** 6n;
const reserves = fc.bigInt({ min: 10n ** 6n, max: (1n << 112n) - 1n });
const limits = fc.bigInt({ min: 1n, max: 75n * BASIS_POINT });

describe('maxInOneHop', () => {
  it('sends 504.0 LINK into 100 000 LINK for a limit of 50 bp', () => {
    const sent = maxInOneHop(100_000n * LINK, 50n * BASIS_POINT);
    expect((sent * 997n) / 1_000n / 10n ** 17n).toBe(5_025n); // x = 502.5
    expect(sent / 10n ** 17n).toBe(5_040n);
    expect(impactOf(sent, 100_000n * LINK)).toBe(50n * BASIS_POINT);
  });

  it('is the largest size within the limit', () => {
    fc.assert(
      fc.property(reserves, limits, (reserve, limit) => {
        const sent = maxInOneHop(reserve, limit);
        expect(impactOf(sent, reserve)).toBeLessThanOrEqual(limit);
        // One step of the fee's rounding more is beyond it.
        expect((sent + 2n) * 997n * (ONE - limit)).toBeGreaterThan(reserve * 1_000n * limit);
      }),
    );
  });

  it('sends nothing at a limit of 0 and refuses one of 100 %', () => {
    expect(maxInOneHop(100_000n * LINK, 0n)).toBe(0n);
    expect(() => maxInOneHop(1n, ONE)).toThrow(expect.objectContaining({ code: 'DIVISION_BY_ZERO' }));
  });
});

describe('maxInTwoHops', () => {
  it('keeps the impacts of both pools together within the limit', () => {
    fc.assert(
      fc.property(reserves, reserves, reserves, limits, (in1, out1, in2, limit) => {
        const sent = maxInTwoHops(in1, out1, in2, limit);
        const kept1 = impactOf(sent, in1);
        const kept2 = impactOf(amountOut(sent, in1, out1), in2);
        // Each impact is rounded up by less than 1e-18.
        expect((ONE - kept1) * (ONE - kept2)).toBeGreaterThanOrEqual((ONE - limit) * ONE - 2n * ONE);
      }),
    );
  });

  it('leaves nothing of the limit unused', () => {
    const limit = 15n * BASIS_POINT;
    const sent = maxInTwoHops(100_000n * LINK, 1_000_000n * USDC, 2_000_000n * USDC, limit);
    const total =
      impactOf(sent, 100_000n * LINK) +
      impactOf(amountOut(sent, 100_000n * LINK, 1_000_000n * USDC), 2_000_000n * USDC);
    expect(total).toBeGreaterThan((limit * 999n) / 1_000n);
  });
});

describe('amountOut', () => {
  it('is the output of a constant-product pool with 30 bp', () => {
    expect(amountOut(1_000n * LINK, 100_000n * LINK, 1_000_000n * USDC)).toBe(9_871_580_343n);
    expect(amountOut(0n, 1n, 1n)).toBe(0n);
    expect(() => amountOut(0n, 0n, 1n)).toThrow(expect.objectContaining({ code: 'DIVISION_BY_ZERO' }));
  });
});

describe('routeLimit', () => {
  it('is 15 bp while fees leave room in 75 bp, less what was used', () => {
    expect(routeLimit(1n, 0n)).toBe(ROUTE_LIMIT);
    expect(routeLimit(2n, 0n)).toBe(15n * BASIS_POINT);
    expect(routeLimit(3n, 0n)).toBe(0n);
    expect(routeLimit(2n, 14n * BASIS_POINT)).toBe(BASIS_POINT);
    expect(routeLimit(2n, 16n * BASIS_POINT)).toBe(0n);
  });
});
