import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distribute, type FeePart, type FeeSplit, feeSplit } from './fee-split.ts';

const parts = fc
  .uniqueArray(fc.bigInt({ min: 1n, max: 9_999n }), { maxLength: 15 })
  .map((cuts) => [0n, ...cuts.sort((a, b) => Number(a - b)), 10_000n])
  .map((cuts) => cuts.slice(1).map((cut, i): FeePart => ({ recipient: `r${i}`, bps: cut - (cuts[i] ?? 0n) })));
const amounts = fc.bigInt({ min: 0n, max: (1n << 112n) - 1n });

describe('docs/rules.md 3: fee split', () => {
  it('gives 3 333 / 6 667 of 12 345 as 4 114 / 8 230, and 1 stays', () => {
    const split = feeSplit([
      { recipient: 'platform', bps: 3_333n },
      { recipient: 'creator', bps: 6_667n },
    ]);
    expect(distribute(split, 12_345n)).toEqual({
      shares: [
        { recipient: 'platform', amount: 4_114n },
        { recipient: 'creator', amount: 8_230n },
      ],
      left: 1n,
    });
  });

  it('loses and makes nothing, and leaves less than a unit for each recipient', () => {
    fc.assert(
      fc.property(parts, amounts, (given, amount) => {
        const { shares, left } = distribute(feeSplit(given), amount);
        expect(shares.reduce((sum, share) => sum + share.amount, left)).toBe(amount);
        expect(left).toBeLessThan(BigInt(given.length));
      }),
    );
  });

  it('gives each the same in any order', () => {
    fc.assert(
      fc.property(parts, amounts, (given, amount) => {
        const one = distribute(feeSplit(given), amount);
        const other = distribute(feeSplit([...given].reverse()), amount);
        expect([...other.shares].reverse()).toEqual(one.shares);
        expect(other.left).toBe(one.left);
      }),
    );
  });

  it('wants parts that sum to 10 000, each of somebody, at most 16', () => {
    const refused = (given: readonly FeePart[], code: string) =>
      expect(() => feeSplit(given)).toThrow(expect.objectContaining({ code, hint: expect.any(String) }));
    refused([{ recipient: 'a', bps: 9_999n }], 'BAD_SPLIT');
    refused([{ recipient: '', bps: 10_000n }], 'BAD_SPLIT');
    refused(
      [
        { recipient: 'a', bps: 10_001n },
        { recipient: 'b', bps: -1n },
      ],
      'BAD_SPLIT',
    );
    refused([], 'BAD_SPLIT');
    refused(
      Array.from({ length: 17 }, (_, i) => ({ recipient: `r${i}`, bps: 0n })),
      'TOO_MANY_PARTS',
    );
  });

  it('stays as it was checked, whatever becomes of the list that was given', () => {
    const given = [{ recipient: 'a', bps: 10_000n }];
    const split = feeSplit(given);
    given.push({ recipient: 'thief', bps: 10_000n });
    for (const part of given) part.recipient = 'thief';
    expect(split).toEqual([{ recipient: 'a', bps: 10_000n }]);
    expect(distribute(split, 7n)).toEqual({ shares: [{ recipient: 'a', amount: 7n }], left: 0n });
  });

  it('is made by its check alone', () => {
    // @ts-expect-error parts that nobody checked are no split
    const unchecked: FeeSplit = [{ recipient: 'a', bps: 1n }];
    expect(unchecked).toHaveLength(1);
  });
});
