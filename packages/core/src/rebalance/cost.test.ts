import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillCost } from './cost.ts';
import { amountOut } from './impact.ts';

const USD = 10n ** 6n;
const LINK = 10n ** 18n;

describe('cost of a fill (docs/rules.md 6)', () => {
  it('504.0 LINK at 10 into 100 000 LINK / 1 000 000 USDC: 30 bp fee, 50 bp impact of what is left, nothing beyond', () => {
    const given = 504n * LINK;
    const received = amountOut(given, 100_000n * LINK, 1_000_000n * USD);
    const cost = fillCost(5_040n * USD, received, [{ amountIn: given, reserveIn: 100_000n * LINK }]);
    expect(cost.poolFee).toBe(15_120_000n);
    expect(Number(cost.impact) / 1e6).toBeCloseTo(5_024.88 * (502.488 / 100_502.488), 5);
    expect(cost.beyond).toBeGreaterThanOrEqual(-2n);
    expect(cost.beyond).toBeLessThanOrEqual(2n);
  });

  it('beyond is what the pool stood off the fair price: 1 % too cheap costs 1 % of what was left', () => {
    const given = LINK;
    const received = amountOut(given, 100_000_000n * LINK, 990_000_000n * USD);
    const { beyond, impact } = fillCost(10n * USD, received, [{ amountIn: given, reserveIn: 100_000_000n * LINK }]);
    expect(impact).toBe(0n);
    expect(Number(beyond)).toBeCloseTo(0.01 * 9_970_000, -1);
  });

  it('two pools: the second takes its fee of what the first left', () => {
    const first = { amountIn: LINK, reserveIn: 10n ** 15n * LINK };
    const second = { amountIn: 9_970_000n, reserveIn: 10n ** 15n * USD };
    expect(fillCost(10_000n * USD, 0n, [first, second]).poolFee).toBe(30n * USD + 29_910_000n);
  });

  it('a fill without pools has no fee and no impact', () => {
    expect(fillCost(100n, 103n, [])).toEqual({ poolFee: 0n, impact: 0n, beyond: -3n });
  });

  it('the three always sum to the value given less the value received; fee and impact are never negative', () => {
    const amount = fc.bigInt({ min: 0n, max: 2n ** 111n });
    const pool = fc.record({ amountIn: amount, reserveIn: fc.bigInt({ min: 1n, max: 2n ** 111n }) });
    fc.assert(
      fc.property(amount, amount, fc.array(pool, { maxLength: 2 }), (given, received, pools) => {
        const { poolFee, impact, beyond } = fillCost(given, received, pools);
        expect(poolFee + impact + beyond).toBe(given - received);
        expect(poolFee >= 0n && impact >= 0n).toBe(true);
      }),
    );
  });

  it('at a pool that stands at the fair price, nothing is beyond but roundings', () => {
    const reserve = fc.bigInt({ min: 10n ** 12n, max: 10n ** 30n });
    const price = fc.bigInt({ min: 1n, max: 10n ** 6n });
    fc.assert(
      fc.property(reserve, price, fc.bigInt({ min: 1n, max: 200n }), (reserveIn, p, bps) => {
        const amountIn = (reserveIn * bps) / 10_000n;
        const received = amountOut(amountIn, reserveIn, reserveIn * p);
        const { beyond } = fillCost(amountIn * p, received, [{ amountIn, reserveIn }]);
        expect(beyond >= -3n && beyond <= 3n).toBe(true);
      }),
    );
  });
});
