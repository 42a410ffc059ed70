import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SWAP_FEE, destinationOf, feePart, type GlobalGap, type SwapFee, swapFee } from './swap-fee.ts';

const gaps = (of: Record<string, bigint | undefined>): GlobalGap[] =>
  Object.entries(of).map(([asset, gap]) => ({ asset, gap }));
const toPool = (asset: string) => ({ kind: 'index-pool', asset });
const toBuffer = { kind: 'buffer', reason: 'none-underweight' };

describe('docs/rules.md 9: the parts of a swap fee', () => {
  it('are 20, 5 and 5 bp', () => {
    expect(DEFAULT_SWAP_FEE).toEqual({ lpBps: 20n, rebalancingBps: 5n, daoBps: 5n });
  });

  it('are rounded up, against the one who swaps', () => {
    expect(feePart(10_000n, 5n)).toBe(5n);
    expect(feePart(10_001n, 5n)).toBe(6n);
    expect(feePart(1n, 20n)).toBe(1n);
    expect(feePart(0n, 20n)).toBe(0n);
  });

  it('must leave something', () => {
    const parts = { lpBps: 9_990n, rebalancingBps: 5n, daoBps: 5n };
    expect(() => swapFee(parts)).toThrow(expect.objectContaining({ code: 'FEE_OUT_OF_RANGE' }));
    expect(() => swapFee({ ...parts, lpBps: -1n })).toThrow(expect.objectContaining({ code: 'FEE_OUT_OF_RANGE' }));
    // @ts-expect-error parts that nobody checked are no fee
    const unchecked: SwapFee = parts;
    expect(unchecked).toBe(parts);
  });
});

describe('docs/rules.md 9: where the rebalancing part goes', () => {
  it.each([
    ['X under, USDC over', { X: -1n, USDC: 1n }, toPool('X')],
    ['both over', { X: 1n, USDC: 1n }, toBuffer],
    ['X over, USDC under', { X: 1n, USDC: -1n }, toPool('USDC')],
    ['both under, X more', { X: -2n, USDC: -1n }, toPool('X')],
    ['both under, USDC more', { X: -1n, USDC: -2n }, toPool('USDC')],
  ])('one pool: %s', (_, state, to) => {
    expect(destinationOf(gaps(state))).toEqual(to);
    expect(destinationOf(gaps(state).reverse())).toEqual(to);
  });

  it.each([
    ['SNX -7, LINK -3 -> SNX', { SNX: -7n, USDC: 0n, LINK: -3n }, toPool('SNX')],
    ['SNX +5, USDC +1, LINK -3 -> LINK', { SNX: 5n, USDC: 1n, LINK: -3n }, toPool('LINK')],
    ['all over -> buffer', { SNX: 5n, USDC: 1n, LINK: 3n }, toBuffer],
    ['a gap of 0 is not underweight', { SNX: 0n, USDC: 0n, LINK: 0n }, toBuffer],
    ['ties by address', { SNX: -3n, USDC: -3n, LINK: -3n }, toPool('LINK')],
  ])('two pools: %s', (_, state, to) => {
    expect(destinationOf(gaps(state))).toEqual(to);
    expect(destinationOf(gaps(state).reverse())).toEqual(to);
  });

  it('is the buffer when a gap is unknown', () => {
    expect(destinationOf(gaps({ SNX: -7n, USDC: 1n, LINK: undefined }))).toEqual({
      kind: 'buffer',
      reason: 'no-fresh-price',
    });
  });

  it('does not depend on the order of the route', () => {
    const gap = fc.option(fc.bigInt({ min: -3n, max: 3n }), { nil: undefined, freq: 9 });
    fc.assert(
      fc.property(gap, gap, gap, fc.nat(5), (a, b, c, turn) => {
        const all = gaps({ a, b, c });
        const turned = [...all.slice(turn % 3), ...all.slice(0, turn % 3)];
        expect(destinationOf(turned)).toEqual(destinationOf(all));
      }),
    );
  });
});
