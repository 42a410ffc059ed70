import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASIS_POINT, ONE, Q112 } from '../math/scales.ts';
import { ordersOf, type Position } from './drift.ts';
import { gapOf, gapsOf, type IndexGaps, indexGaps, valued } from './gaps.ts';
import * as Orders from './orders.ts';

const USDC = 1_000_000n;
const PERCENT = 100n * BASIS_POINT;
const position = (asset: string, value: bigint, target: bigint): Position => ({
  ...{ asset, holding: value * USDC, price: Q112, weight: target * PERCENT },
});

describe('docs/rules.md 8: the gap of a holding', () => {
  it('is its value less its target, by asset', () => {
    expect(gapsOf({ index: 'B', positions: [position('USDC', 28_000n, 75n), position('LINK', 12_000n, 25n)] })).toEqual(
      {
        index: 'B',
        gaps: [
          { asset: 'LINK', gap: 2_000n * USDC },
          { asset: 'USDC', gap: -2_000n * USDC },
        ],
      },
    );
    expect(valued([position('LINK', 34_000n, 50n), position('SNX', 26_000n, 50n)])).toEqual([
      { asset: 'LINK', value: 34_000n * USDC, target: 30_000n * USDC, gap: 4_000n * USDC },
      { asset: 'SNX', value: 26_000n * USDC, target: 30_000n * USDC, gap: -4_000n * USDC },
    ]);
  });

  it('is none up to 0.01 USDC, but without a target all is too much', () => {
    const gap = (value: bigint, target: bigint) => gapOf({ value, target });
    expect([gap(20_000n, 10_000n), gap(20_001n, 10_000n), gap(0n, 10_000n), gap(0n, 10_001n)]).toEqual([
      0n,
      10_001n,
      0n,
      -10_001n,
    ]);
    expect([gap(1n, 0n), gap(0n, 0n)]).toEqual([1n, 0n]);
  });

  it('is checked: an asset once, values below 2^84, and no unchecked gaps', () => {
    const gaps = (...all: bigint[]) =>
      indexGaps({ index: 'A', gaps: all.map((gap, i) => ({ asset: `t${i % 2}`, gap })) });
    expect(() => gaps(1n, 2n, 3n)).toThrow(expect.objectContaining({ code: 'DUPLICATE_ASSET' }));
    expect(gaps((1n << 84n) - 1n, 1n - (1n << 84n)).gaps).toHaveLength(2);
    expect(() => gaps(1n << 84n)).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }));
    expect(() => gaps(0n, -(1n << 84n))).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }));
    // @ts-expect-error gaps that nobody checked
    const unchecked: IndexGaps = { index: 'A', gaps: [] };
    expect(unchecked).toBeDefined();
  });
});

/** Of tokens whose smallest unit is worth at most 0.001 USDC. */
const anyPositions = fc
  .array(
    fc.record({
      cents: fc.bigInt({ min: 1n, max: 10_000_000n }),
      decimals: fc.constantFrom(8n, 18n),
      value: fc.bigInt({ min: 0n, max: 1_000_000n * USDC }),
      aim: fc.integer({ min: 0, max: 100 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((all): Position[] => {
    const sum = BigInt(all.reduce((total, { aim }) => total + aim, 0) || 1);
    return all.map(({ cents, decimals, value, aim }, i) => {
      const price = (cents * USDC * Q112) / (100n * 10n ** decimals) + 1n;
      return { asset: `t${i}`, holding: (value * Q112) / price, price, weight: (BigInt(aim) * ONE) / sum };
    });
  });

describe('docs/rules.md 15: phantom orders from rounding', () => {
  it('an index that holds its target amounts has no gap', () => {
    fc.assert(
      fc.property(anyPositions, fc.bigInt({ min: 1_000n * USDC, max: 1_000_000n * USDC }), (positions, nav) => {
        const aimed = positions.map((each) => ({
          ...each,
          holding: Orders.targetAmount(nav, each.weight, each.price),
        }));
        expect(valued(aimed).map(({ gap }) => gap)).toEqual(aimed.map(() => 0n));
      }),
    );
  });

  it('a gap is worth what the order is worth, within the smallest unit of USDC', () => {
    fc.assert(
      fc.property(anyPositions, (positions) => {
        const orders = ordersOf(positions);
        for (const [place, { gap }] of valued(positions).entries()) {
          const { excess = 0n, deficit = 0n } = orders[place] ?? {};
          const price = positions[place]?.price ?? 0n;
          const worth = Orders.valueOf(excess, price) - Orders.valueOf(deficit, price);
          const off = gap < worth ? worth - gap : gap - worth;
          // Just at the dust one of the two may count as none.
          expect(off <= 1n || (off <= 10_001n && (gap === 0n || worth === 0n))).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
