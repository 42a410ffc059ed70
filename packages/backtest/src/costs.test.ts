import { AumFee, FixedPoint, fillCost, RAY } from '@wicker/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptADay, tradeCost } from './costs.ts';
import { methodologyOf } from './table.fixture.ts';

const costsOf = (managementFee: number) =>
  methodologyOf({ costs: { poolFeeBps: 30, gasUsdPerTrade: 0, managementFee } }).costs;

/** {base} of one USD; a trade of whole USD at a price of 1. */
const UNIT = 10n ** 18n;

describe('costs of trades and of time', () => {
  it('a trade costs what the exact rule says of one pool (docs/rules.md 6)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 1e9 }), (value, reserve) => {
        const given = BigInt(value) * UNIT;
        const exact = fillCost(given, 0n, [{ amountIn: given, reserveIn: BigInt(reserve) * UNIT }]);
        const cost = tradeCost(value, reserve, costsOf(0), { poolFee: 0, impact: 0, gas: 0 });
        expect(Math.abs(cost.poolFee - Number(exact.poolFee) / 1e18)).toBeLessThanOrEqual(1e-12 * value);
        expect(Math.abs(cost.impact - Number(exact.impact) / 1e18)).toBeLessThanOrEqual(1e-12 * value);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([0, 0.01, 0.095])('a management fee of %f a year is that of the contracts, day by day', (yearly) => {
    const rate = AumFee.ratePerSecond(BigInt(Math.round(yearly * 1e18)));
    const exact = Number(RAY) / Number(FixedPoint.rpow(rate, 86_400n));
    expect(Math.abs(keptADay(costsOf(yearly)) - exact)).toBeLessThan(1e-14);
  });
});
