import { describe, expect, it } from 'vitest';
import { BASIS_POINT, Q112 } from '../math/scales.ts';
import { gapsOf, type IndexGaps, indexGaps } from './gaps.ts';
import { between, booked, matrix, scaled, surface } from './surface.ts';

const USDC = 1_000_000n;

/** Values in USDC with their target weights in percent. */
const fund = (index: string, assets: Readonly<Record<string, readonly [value: bigint, weight: bigint]>>): IndexGaps =>
  gapsOf({
    index,
    positions: Object.entries(assets).map(([asset, [value, weight]]) => ({
      ...{ asset, holding: value * USDC, price: Q112, weight: weight * 100n * BASIS_POINT },
    })),
  });
const of = (index: string, gaps: Readonly<Record<string, bigint>>): IndexGaps =>
  indexGaps({ index, gaps: Object.entries(gaps).map(([asset, gap]) => ({ asset, gap })) });

const A = fund('A', { LINK: [34_000n, 50n], SNX: [26_000n, 50n] });
const B = fund('B', { LINK: [12_000n, 25n], USDC: [28_000n, 75n] });
const BOTH = surface([A, B]);

describe('docs/rules.md 8: the surface', () => {
  it('S(LINK,SNX) = 4 000, S(LINK,USDC) = 2 000, S(USDC,SNX) = 0', () => {
    const value = (o: string, u: string) => between(BOTH, { o, u }).value / USDC;
    expect([value('LINK', 'SNX'), value('LINK', 'USDC'), value('USDC', 'SNX')]).toEqual([4_000n, 2_000n, 0n]);
    expect([value('SNX', 'LINK'), value('USDC', 'LINK'), value('SNX', 'USDC')]).toEqual([0n, 0n, 0n]);
  });

  it('says which index makes which part', () => {
    expect(BOTH.shared).toEqual([
      { o: 'LINK', u: 'SNX', value: 4_000n * USDC, contributions: [{ index: 'A', value: 4_000n * USDC }] },
      { o: 'LINK', u: 'USDC', value: 2_000n * USDC, contributions: [{ index: 'B', value: 2_000n * USDC }] },
    ]);
  });

  it('is a matrix: a row for what is sold, a column for what is bought', () => {
    expect(BOTH.assets).toEqual(['LINK', 'SNX', 'USDC']);
    expect(matrix(BOTH)).toEqual([
      [0n, 4_000n * USDC, 2_000n * USDC],
      [0n, 0n, 0n],
      [0n, 0n, 0n],
    ]);
  });

  it('indices {A,B} and {C,D}, A over, D under: no trade', () => {
    const apart = surface([of('one', { A: 5n, B: -5n }), of('two', { C: 7n, D: -7n })]);
    expect(between(apart, { o: 'A', u: 'D' })).toEqual({ o: 'A', u: 'D', value: 0n, contributions: [] });
    expect(apart.shared.map(({ o, u }) => o + u)).toEqual(['AB', 'CD']);
  });

  it('docs/rules.md 15: an order can buy an asset not yet held, of what is held without a target', () => {
    const rotating = fund('R', { OLD: [10_000n, 0n], NEW: [0n, 100n] });
    expect(between(surface([rotating]), { o: 'OLD', u: 'NEW' }).value).toBe(10_000n * USDC);
  });

  it('of nothing is empty', () => {
    expect(surface([])).toEqual({ assets: [], shared: [] });
    expect(matrix(surface([]))).toEqual([]);
  });

  it('refuses an index that is named twice: its gaps would count twice', () => {
    expect(() => surface([A, B, A])).toThrow(expect.objectContaining({ code: 'DUPLICATE_INDEX' }));
  });
});

describe('docs/rules.md 8: a trade is booked index by index', () => {
  const indices = [of('P', { o: 7n, u: -9n }), of('Q', { o: 5n, u: -2n }), of('R', { o: -1n, u: 1n })];
  const trade = between(surface(indices), { o: 'o', u: 'u' });

  it('in the amounts of the surface', () => {
    expect(trade).toMatchObject({
      value: 9n,
      contributions: [
        { index: 'P', value: 7n },
        { index: 'Q', value: 2n },
      ],
    });
    expect(booked({ indices, trade })).toEqual([of('P', { o: 0n, u: -2n }), of('Q', { o: 3n, u: 0n }), indices[2]]);
  });

  it('a smaller trade is of the floored parts', () => {
    expect(scaled({ shared: trade, value: 5n })).toEqual({
      ...{ o: 'o', u: 'u', value: 4n },
      contributions: [
        { index: 'P', value: 3n },
        { index: 'Q', value: 1n },
      ],
    });
    expect(scaled({ shared: trade, value: 9n })).toEqual(trade);
    expect(scaled({ shared: trade, value: 1n })).toEqual({ o: 'o', u: 'u', value: 0n, contributions: [] });
    expect(scaled({ shared: between(surface([]), trade), value: 0n }).value).toBe(0n);
    for (const value of [-1n, 10n]) {
      expect(() => scaled({ shared: trade, value })).toThrow(expect.objectContaining({ code: 'BEYOND_SURFACE' }));
    }
  });

  it('never past a target: not twice, not for an index that is not there, not in forged amounts', () => {
    const after = booked({ indices, trade });
    const forge = (index: string, value: bigint) => () =>
      booked({ indices, trade: { o: 'o', u: 'u', value, contributions: [{ index, value }] } });
    expect(() => booked({ indices: after, trade })).toThrow(expect.objectContaining({ code: 'PAST_TARGET' }));
    for (const forged of [
      forge('P', 8n),
      forge('Q', 3n),
      forge('R', 1n),
      forge('X', 1n),
      forge('P', -1n),
      forge('P', 0n),
    ]) {
      expect(forged).toThrow(expect.objectContaining({ code: 'PAST_TARGET' }));
    }
    const [part] = trade.contributions;
    const twice = part === undefined ? [] : [part, part];
    expect(() => booked({ indices, trade: { ...trade, contributions: twice } })).toThrow(
      expect.objectContaining({ code: 'DUPLICATE_INDEX' }),
    );
  });

  it('refuses an index that is there twice: its part would be booked twice', () => {
    const [first] = indices;
    const twice = first === undefined ? [] : [...indices, first];
    expect(() => booked({ indices: twice, trade })).toThrow(expect.objectContaining({ code: 'DUPLICATE_INDEX' }));
  });

  it('gaps that nobody checked do not compile', () => {
    // @ts-expect-error no constructor made these
    expect(surface([{ index: 'A', gaps: [] }])).toEqual({ assets: [], shared: [] });
    // @ts-expect-error two names in a row could be swapped
    expect(() => between(BOTH, 'LINK', 'SNX').value).not.toThrow();
  });
});
