import { Q112 } from '@wicker/core';
import { describe, expect, it } from 'vitest';
import { worthwhile } from './worthwhile.ts';

const USD = 10n ** 6n;
const trade = (o: string, given: bigint) => ({ o, u: 'u', route: ['p'], most: 0n, given, received: 0n });
const facts = { priceOf: () => Q112, isUnwanted: (asset: string) => asset === 'gone' };
const givenOf = (navs: readonly bigint[], trades: readonly ReturnType<typeof trade>[]) =>
  worthwhile(
    { crosses: [], trades },
    navs.map((nav) => ({ nav })),
    facts,
  ).trades.map(({ given }) => given);

describe('what is worth its gas', () => {
  it('is 100 USDC; of small indices a thousandth of their NAV', () => {
    const trades = [99n, 100n].map((usd) => trade('a', usd * USD));
    expect(givenOf([10n ** 6n * USD], trades)).toEqual([100n * USD]);
    expect(givenOf([3_000n * USD, 2_000n * USD], [trade('a', 5n * USD), trade('a', 4n * USD)])).toEqual([5n * USD]);
  });

  it('is always what no index aims at any more', () => {
    expect(givenOf([10n ** 6n * USD], [trade('gone', 1n)])).toEqual([1n]);
  });

  it('fits into one transaction: fewer fills for more indices, and at least one', () => {
    const many = Array.from({ length: 500 }, () => trade('a', 1_000n * USD));
    const fits = (indices: number): number => givenOf(Array(indices).fill(10n ** 6n * USD), many).length;
    expect(fits(2)).toBeGreaterThan(80);
    expect(fits(60)).toBeLessThan(fits(2));
    expect(fits(60)).toBeGreaterThan(20);
    expect(fits(200)).toBe(1);
  });
});
