import { ONE, Q112 } from '@wicker/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fund } from './fund.ts';
import { weightsOf } from './funds.ts';
import { Ledger } from './ledger.ts';

const fundWith = (holdings: readonly bigint[]): Fund => {
  const ledger = new Ledger(holdings.length, () => Q112);
  const weights = weightsOf(holdings.map(() => 1));
  const legs = holdings.map((holding, asset) => ({ asset, id: `t${asset}`, holding, weight: weights[asset] ?? 0n }));
  const holders = ledger.enter('holders', 'indices', 'one');
  return new Fund({ name: 'one', holders, legs, supply: 10n ** 24n, changes: { count: 0 }, bands: undefined });
};

describe('an index of a simulation', () => {
  it('never loses by a mint or a redeem, nor by the one undone by the other (docs/rules.md 1)', () => {
    const amounts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 27n }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: 1n, max: 10n ** 23n }), (holdings, shares) => {
        const fund = fundWith(holdings);
        const paid = fund.mint(shares);
        const got = fund.redeem(shares);
        for (const [i, amount] of paid.entries()) expect(amount).toBeGreaterThanOrEqual(got[i] ?? 0n);
        for (const [i, { holding }] of fund.legs.entries()) expect(holding).toBeGreaterThanOrEqual(holdings[i] ?? 0n);
        expect(fund.supply).toBe(10n ** 24n);
      }),
      { numRuns: 300 },
    );
  });

  it('has weights of exactly 1 in all', () => {
    const parts = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(parts, (all) => {
        const weights = weightsOf(all);
        expect(weights.reduce((sum, weight) => sum + weight, 0n)).toBe(ONE);
        expect(weights.every((weight) => weight >= 0n)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
