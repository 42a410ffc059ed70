import { describe, expect, it } from 'vitest';
import { Q112 } from '../math/scales.ts';
import { purchase, sale, sumOfCosts } from './swap.ts';

/** 10 000 000 USDC against 1 000 000 tokens of 18 decimals, at 10 USDC. */
const pool = { pool: 'of-link', asset: 'link', reserveBase: 10n ** 13n, reserveAsset: 10n ** 24n };
/** {base/tok} UQ112 of 10 USDC */
const price = (10n ** 7n * Q112) / 10n ** 18n;

describe('the cost of a swap (docs/rules.md 1)', () => {
  it('of 1 000 tokens bought: 0.3 % fee, 0.1 % impact, nothing else where pool and feed agree', () => {
    const { base, cost } = purchase(pool, 10n ** 21n, price);
    expect(base).toBe(10_040_130_402n); // 10 000 / 0.999 / 0.997, and the unit that the router adds
    const { fee, impact, offFeeds = 0n } = cost;
    expect([fee, impact]).toEqual([30_120_392n, 10_010_010n]);
    expect(offFeeds).toBeLessThanOrEqual(1n);
    expect(fee + impact + offFeeds).toBe(base - (10n ** 21n * price) / Q112);
  });

  it('of 1 000 tokens sold', () => {
    const { base, cost } = sale(pool, 10n ** 21n, price);
    expect(base).toBe(9_960_069_810n); // as Uniswap v2 counts: 997 of 1 000 go in
    const { fee, impact, offFeeds = 0n } = cost;
    expect([fee, impact]).toEqual([30_000_000n, 9_930_190n]);
    expect(fee + impact + offFeeds).toBe((10n ** 21n * price) / Q112 - base);
  });

  it('is in favour of the buyer where the pool is cheaper than the feed', () => {
    const dear = (price * 102n) / 100n;
    expect(purchase(pool, 10n ** 21n, dear).cost.offFeeds).toBeLessThan(0n);
    expect(sale(pool, 10n ** 21n, dear).cost.offFeeds).toBeGreaterThan(0n);
  });

  it('is not measured against a feed without a price', () => {
    expect(purchase(pool, 10n ** 21n, 0n).cost).toMatchObject({ fee: 30_120_392n, offFeeds: undefined });
    expect(sale(pool, 10n ** 21n, 0n).cost.offFeeds).toBeUndefined();
  });

  it('sums; what is not known of one is not known of all', () => {
    const one = { fee: 1n, impact: 2n, offFeeds: -3n };
    expect(sumOfCosts([one, one])).toEqual({ fee: 2n, impact: 4n, offFeeds: -6n });
    expect(sumOfCosts([one, { ...one, offFeeds: undefined }, one])).toEqual({
      fee: 3n,
      impact: 6n,
      offFeeds: undefined,
    });
  });

  it('wants less than the pool has', () => {
    expect(() => purchase(pool, 10n ** 24n, price)).toThrow(expect.objectContaining({ code: 'POOL_TOO_SMALL' }));
  });
});
