import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { licence } from './licences.ts';
import { distributeRevenue, type RevenueSplit, revenueSplit } from './revenue.ts';

const licensed = licence({ chain: 137n, licensee: 'l', feeShareBps: 2_000n, expiry: 1n });
const amounts = fc.bigInt({ min: 0n, max: 10n ** 30n });

describe('docs/rules.md 12: revenue', () => {
  it('is split in basis points that sum to 10 000 with the part of the licence', () => {
    const split = revenueSplit({ stakers: 5_000n, treasury: 2_500n, burn: 500n }, licensed);
    expect(distributeRevenue(split, { fresh: 10_000n, carried: 0n })).toEqual({
      paid: { stakers: 5_000n, treasury: 2_500n, burn: 500n, licensee: 2_000n },
      carried: 0n,
    });
    const wrong = expect.objectContaining({ code: 'BAD_SPLIT' });
    expect(() => revenueSplit({ stakers: 5_000n, treasury: 2_500n, burn: 500n }, undefined)).toThrow(wrong);
    expect(() => revenueSplit({ stakers: 7_500n, treasury: 2_500n, burn: 500n }, undefined)).toThrow(wrong);
    expect(() => revenueSplit({ stakers: 10_500n, treasury: -500n, burn: 0n }, undefined)).toThrow(wrong);
  });

  it('carries what does not divide: 3 333 / 6 667 of 12 345 gives 4 114 / 8 230, and 1 stays', () => {
    const split = revenueSplit({ stakers: 3_333n, treasury: 6_667n, burn: 0n }, undefined);
    expect(distributeRevenue(split, { fresh: 12_345n, carried: 0n })).toEqual({
      paid: { stakers: 4_114n, treasury: 8_230n, burn: 0n, licensee: 0n },
      carried: 1n,
    });
  });

  it('loses nothing over many distributions', () => {
    fc.assert(
      fc.property(fc.array(amounts, { maxLength: 20 }), fc.bigInt({ min: 0n, max: 8_000n }), (list, stakers) => {
        const split = revenueSplit({ stakers, treasury: 8_000n - stakers, burn: 0n }, licensed);
        let [paid, carried] = [0n, 0n];
        for (const fresh of list) {
          const one = distributeRevenue(split, { fresh, carried });
          paid += one.paid.stakers + one.paid.treasury + one.paid.burn + one.paid.licensee;
          carried = one.carried;
          expect(carried).toBeLessThan(4n);
        }
        expect(paid + carried).toBe(list.reduce((sum, fresh) => sum + fresh, 0n));
      }),
    );
  });

  it('is split by what was checked', () => {
    // @ts-expect-error parts that nobody checked are no split
    const unchecked: RevenueSplit = { stakers: 1n, treasury: 1n, burn: 1n, licensee: 1n };
    // @ts-expect-error terms that nobody checked are no licence
    const forged = () => revenueSplit({ stakers: 0n, treasury: 0n, burn: 0n }, { feeShareBps: 10_000n });
    expect([unchecked, forged]).toHaveLength(2);
  });
});
