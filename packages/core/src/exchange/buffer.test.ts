import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creditOf, drawable, EMPTY_BUFFER, heldBy, minted, redeemed, spent, withCredits, withFees } from './buffer.ts';

const amounts = fc.bigInt({ min: 0n, max: 1_000n });
const credits = fc
  .uniqueArray(fc.constantFrom('A', 'B', 'C', 'D'), { minLength: 1 })
  .chain((names) => fc.tuple(...names.map((index) => amounts.map((amount) => ({ index, amount })))));

describe('docs/rules.md 9: the two ledgers of the buffer', () => {
  it('an index draws on its own credit first, then on fee credit, never on that of others', () => {
    const buffer = withFees(
      withCredits(EMPTY_BUFFER, [
        { index: 'A', amount: 30n },
        { index: 'B', amount: 500n },
      ]),
      50n,
    );
    const draw = drawable(buffer, [{ index: 'A', amount: 100n }]);
    expect(draw).toEqual({ own: [{ index: 'A', amount: 30n }], fees: 50n });
    const after = spent(buffer, draw);
    expect(after).toEqual({ fees: 0n, credits: [{ index: 'B', amount: 500n }] });
    expect(drawable(after, [{ index: 'A', amount: 100n }])).toEqual({ own: [], fees: 0n });
    expect(() => spent(after, draw)).toThrow(expect.objectContaining({ code: 'OVERFLOW' }));
    expect(() =>
      drawable(buffer, [
        { index: 'A', amount: 1n },
        { index: 'A', amount: 1n },
      ]),
    ).toThrow(expect.objectContaining({ code: 'DUPLICATE_INDEX' }));
  });

  it('conserves: what is drawn is what is wanted or there, to the unit; nobody else pays', () => {
    fc.assert(
      fc.property(credits, amounts, credits, (held, fees, wanted) => {
        const buffer = withFees(withCredits(EMPTY_BUFFER, held), fees);
        expect(heldBy(buffer)).toBe(held.reduce((sum, { amount }) => sum + amount, fees));
        const draw = drawable(buffer, wanted);
        const after = spent(buffer, draw);
        expect(heldBy(after)).toBe(draw.own.reduce((sum, { amount }) => sum - amount, heldBy(buffer) - draw.fees));
        for (const { index } of held) {
          const asked = wanted.find((one) => one.index === index)?.amount ?? 0n;
          const paid = creditOf(buffer, index) - creditOf(after, index);
          expect(paid).toBeLessThanOrEqual(asked);
          // Fee credit is touched only by those whose own is used up.
          if (draw.fees > 0n && asked > paid) expect(creditOf(after, index)).toBe(0n);
        }
        expect(drawable(buffer, [...wanted].reverse())).toEqual(draw);
      }),
    );
  });

  it('index credit is a leg of mint and redeem: a round trip gains nothing, those who stay lose nothing', () => {
    const supply = fc.bigInt({ min: 1n, max: 1_000n });
    fc.assert(
      fc.property(amounts, supply, supply, (credit, effectiveSupply, e) => {
        const buffer = withCredits(EMPTY_BUFFER, [{ index: 'A', amount: credit }]);
        const mint = minted(buffer, { index: 'A', e, effectiveSupply });
        expect(creditOf(mint.buffer, 'A')).toBe(credit + mint.paid);
        const all = effectiveSupply + e;
        const back = redeemed(mint.buffer, { index: 'A', e, effectiveSupply: all });
        expect(back.got).toBeLessThanOrEqual(mint.paid);
        expect(creditOf(back.buffer, 'A')).toBeGreaterThanOrEqual(credit);
        const last = redeemed(mint.buffer, { index: 'A', e: all, effectiveSupply: all });
        expect(last.buffer.credits).toEqual([]);
      }),
    );
  });

  it('a holder of 40 % who redeems takes 40 % of the credit', () => {
    const buffer = withCredits(EMPTY_BUFFER, [{ index: 'A', amount: 5_000n }]);
    const change = { index: 'A', e: 40n, effectiveSupply: 100n };
    expect(redeemed(buffer, change)).toEqual({
      buffer: { fees: 0n, credits: [{ index: 'A', amount: 3_000n }] },
      got: 2_000n,
    });
    expect(minted(buffer, change).paid).toBe(2_000n);
    expect(() => redeemed(buffer, { ...change, e: 101n })).toThrow(expect.objectContaining({ code: 'OVERFLOW' }));
  });
});
