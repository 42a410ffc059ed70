import { describe, expect, it } from 'vitest';
import { ONE, Q112 } from '../math/scales.ts';
import { drift, driftBps, ordersOf, turnover } from './drift.ts';

const USDC = 10n ** 6n;
const position = (asset: string, usd: bigint, weightBps: bigint) => ({
  asset,
  holding: usd * USDC,
  price: Q112,
  weight: weightBps * 10n ** 14n,
});

describe('ordersOf', () => {
  it('are the differences to the targets, and buys equal sells', () => {
    const positions = [position('link', 34_000n, 5_000n), position('snx', 26_000n, 5_000n), position('usdc', 0n, 0n)];
    expect(ordersOf(positions)).toEqual([
      { asset: 'link', excess: 4_000n * USDC, deficit: 0n },
      { asset: 'snx', excess: 0n, deficit: 4_000n * USDC },
      { asset: 'usdc', excess: 0n, deficit: 0n },
    ]);
  });

  it('sell an asset of weight 0 and buy one not yet held', () => {
    expect(ordersOf([position('old', 100n, 0n), position('new', 0n, 10_000n)])).toEqual([
      { asset: 'old', excess: 100n * USDC, deficit: 0n },
      { asset: 'new', excess: 0n, deficit: 100n * USDC },
    ]);
  });
});

describe('drift', () => {
  it('is half the sum of the differences of the weights', () => {
    const positions = [position('link', 34_000n, 5_000n), position('snx', 26_000n, 5_000n)];
    expect(drift(positions)).toBe((4_000n * ONE + 59_999n) / 60_000n);
    expect(driftBps(positions)).toBe(666.66);
    expect(driftBps([position('link', 1n, 10_000n)])).toBe(0);
    expect(driftBps([position('old', 1n, 0n), position('new', 0n, 10_000n)])).toBe(10_000);
  });

  it('has no answer for an index worth nothing', () => {
    expect(() => drift([])).toThrow(expect.objectContaining({ code: 'EMPTY_INDEX' }));
  });
});

describe('turnover', () => {
  it('counts a trade once', () => {
    const sold = { before: 10n * USDC, after: 4n * USDC, price: Q112 };
    const bought = { before: 0n, after: 6n * USDC, price: Q112 };
    expect(turnover([sold, bought])).toBe(6n * USDC);
    expect(turnover([])).toBe(0n);
  });
});
