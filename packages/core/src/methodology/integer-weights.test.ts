import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal } from '../decimal/decimal.ts';
import { cappedWeights } from './capped-weights.ts';
import { ParameterError } from './errors.ts';
import { integerWeights, WEIGHT_SCALE } from './integer-weights.ts';

const weigh = (input: Record<string, unknown>) =>
  cappedWeights(new Map(Object.entries(input).map(([id, value]) => [id, parseDecimal(value, id)])), {
    cap: parseDecimal(1, 'cap'),
    floor: parseDecimal(0, 'floor'),
  });

describe('integerWeights', () => {
  it('50/30/20 at 255: floor, then the largest remainders, ties by id', () => {
    expect(Object.fromEntries(integerWeights(weigh({ a: 50, b: 30, c: 20 }), 255n))).toEqual({
      a: 128n,
      b: 76n,
      c: 51n,
    });
  });

  it('gives the unit of a tie to the smaller id, whoever is heavier', () => {
    expect(Object.fromEntries(integerWeights(weigh({ z: 50, y: 30, x: 20 }), 255n))).toEqual({
      z: 127n,
      y: 77n,
      x: 51n,
    });
  });

  it('sums to the scale, each within one unit of the exact weight', () => {
    const marketCaps = fc.dictionary(
      fc.string({ minLength: 1, maxLength: 3 }),
      fc.double({ min: 1e-9, max: 1e12, noNaN: true }),
      {
        minKeys: 1,
        maxKeys: 30,
      },
    );
    const scales = fc.constantFrom(1n, 255n, 10_000n, 65_535n, WEIGHT_SCALE);
    fc.assert(
      fc.property(marketCaps, scales, (input, scale) => {
        const exact = weigh(input);
        const integers = integerWeights(exact, scale);
        expect([...integers.values()].reduce((a, b) => a + b, 0n)).toBe(scale);
        for (const [id, numerator] of exact.numerators) {
          const difference = (integers.get(id) ?? 0n) * exact.denominator - numerator * scale;
          expect(difference < exact.denominator && -difference < exact.denominator).toBe(true);
        }
      }),
    );
  });

  it('refuses a scale below 1', () => {
    expect(() => integerWeights(weigh({ a: 1 }), 0n)).toThrow(ParameterError);
  });
});
