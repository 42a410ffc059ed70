import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ONE, Q112 } from '../math/scales.ts';
import * as Orders from './orders.ts';
import { MIN_FILL_VALUE, minFill, ORDER_DUST, order, targetAmount } from './orders.ts';

const USDC = 10n ** 6n;
/** {base/tok} of a token of 18 decimals; the power of two is exact. */
const EXACT = Q112 >> 20n;

describe('order', () => {
  it('sells what is above the target and buys what is below', () => {
    const price = Q112; // one unit of the base a unit
    expect(order(3n * USDC, USDC, price)).toEqual({ excess: 2n * USDC, deficit: 0n });
    expect(order(USDC, 3n * USDC, price)).toEqual({ excess: 0n, deficit: 2n * USDC });
  });

  it('is nothing for a difference worth no more than 0.01 USDC', () => {
    expect(order(5n * USDC, 5n * USDC, Q112)).toEqual({ excess: 0n, deficit: 0n });
    expect(order(USDC, USDC + ORDER_DUST, Q112)).toEqual({ excess: 0n, deficit: 0n });
    expect(order(USDC, USDC + ORDER_DUST + 1n, Q112)).toEqual({ excess: 0n, deficit: ORDER_DUST + 1n });
    expect(order(USDC + ORDER_DUST, USDC, Q112)).toEqual({ excess: 0n, deficit: 0n });
    expect(order(USDC + ORDER_DUST + 1n, USDC, Q112)).toEqual({ excess: ORDER_DUST + 1n, deficit: 0n });
  });

  it('sells an asset of weight 0 whole and buys one not yet held', () => {
    const nav = 1_000n * USDC;
    expect(order(7n << 40n, targetAmount(nav, 0n, EXACT), EXACT)).toEqual({ excess: 7n << 40n, deficit: 0n });
    expect(order(0n, targetAmount(nav, ONE / 4n, EXACT), EXACT)).toEqual({ excess: 0n, deficit: (250n * USDC) << 20n });
  });

  it('sees no order in a holding that was bought to its target', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: (1n << 84n) - 1n }),
        fc.bigInt({ min: 0n, max: ONE }),
        fc.bigInt({ min: 1n << 40n, max: (1n << 100n) - 1n }),
        (nav, weight, price) => {
          const target = targetAmount(nav, weight, price);
          fc.pre(target < 1n << 128n);
          expect(Orders.valueOf(target, price)).toBeLessThanOrEqual((nav * weight) / ONE);
          expect(order(target, target, price)).toEqual({ excess: 0n, deficit: 0n });
        },
      ),
    );
  });
});

describe('minFill', () => {
  const worth = MIN_FILL_VALUE << 20n;

  it('is the least of the order, 1 % of the holding and 100 USDC worth', () => {
    expect(minFill(5n, 10n ** 30n, EXACT)).toBe(5n);
    expect(minFill(10n ** 30n, 101n, EXACT)).toBe(2n);
    expect(minFill(10n ** 30n, 10n ** 30n, EXACT)).toBe(worth);
    expect(minFill(10n, 0n, EXACT)).toBe(0n);
  });
});
