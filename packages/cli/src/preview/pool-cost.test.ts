import { Q112 } from '@wicker/core';
import { describe, expect, it } from 'vitest';
import { bpsOf, purchase, sale, sumOfCosts } from './pool-cost.ts';

/** 10 000 000 USDC against 1 000 000 tokens of 18 decimals, at 10 USDC. */
const pool = { base: 10n ** 13n, token: 10n ** 24n };
/** {base/tok} UQ112 of 10 USDC */
const price = (10n ** 7n * Q112) / 10n ** 18n;

describe('the cost of a swap', () => {
  it('of 1 000 tokens bought: 0.3 % fee, 0.1 % impact, nothing else where pool and feed agree', () => {
    const { base, cost } = purchase(pool, 10n ** 21n, price);
    expect(base).toBe(10_040_130_402n); // 10 000 / 0.999 / 0.997, and the unit that the router adds
    expect(cost.fee).toBe(30_120_392n);
    expect(cost.impact).toBe(10_010_010n);
    expect(cost.offFeeds).toBeLessThanOrEqual(1n);
    expect(cost.fee + cost.impact + cost.offFeeds).toBe(base - (10n ** 21n * price) / Q112);
  });

  it('of 1 000 tokens sold', () => {
    const { base, cost } = sale(pool, 10n ** 21n, price);
    expect(base).toBe(9_960_069_810n); // as Uniswap v2 counts: 997 of 1 000 go in
    expect(cost.fee).toBe(30_000_000n);
    expect(cost.impact).toBe(9_930_190n);
    expect(cost.fee + cost.impact + cost.offFeeds).toBe((10n ** 21n * price) / Q112 - base);
  });

  it('is in favour of the buyer where the pool is cheaper than the feed', () => {
    const dear = (price * 102n) / 100n;
    expect(purchase(pool, 10n ** 21n, dear).cost.offFeeds).toBeLessThan(0n);
    expect(sale(pool, 10n ** 21n, dear).cost.offFeeds).toBeGreaterThan(0n);
  });

  it('sums, and is told in basis points of a value', () => {
    const one = { fee: 1n, impact: 2n, offFeeds: -3n };
    expect(sumOfCosts([one, one])).toEqual({ fee: 2n, impact: 4n, offFeeds: -6n });
    expect([bpsOf(30n, 10_000n), bpsOf(-1n, 3_000n), bpsOf(1n, 0n)]).toEqual([30, -3.3, 0]);
  });
});
