import { type CappedWeights, cappedWeights, InputError, parseDecimal, seeded } from '@wicker/core';
import { describe, expect, it } from 'vitest';
import { FloatWeights } from './float-weights.ts';

const CASES = 100_000;
const MOST = 16;
/** {ms} */
const PATIENCE = 300_000;

interface Case {
  readonly values: readonly number[];
  readonly caps: readonly number[];
  readonly floor: number;
}

const pick = <T>(random: () => number, items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;

/** Sizes over many decades, ties and zeros; caps and floors with few digits, so that weights meet them, and with many. */
const caseOf = (random: () => number): Case => {
  const count = 1 + Math.floor(random() * MOST);
  const isRough = random() < 0.3;
  const spread = 6 * random();
  const values = Array.from({ length: count }, () => {
    if (random() < 0.02) return 0;
    return isRough ? 100 * Math.ceil(10 * random()) : Number((10 ** (6 + spread * random())).toPrecision(8));
  });
  const cap = pick(random, [1, 0.5, 0.3, 0.25, 0.2, 0.1, 0.05, random(), 1.05 / count]);
  const own = random() < 0.2;
  return {
    values,
    caps: values.map(() => Math.min(own && random() < 0.3 ? pick(random, [0, 0.01, 0.15, random()]) : cap, 1)),
    floor: pick(random, [0, 0, 0.001, 0.005, 0.01, 0.02, 0.1, 0.2 * random(), 0.25]),
  };
};

const exactOf = ({ values, caps, floor }: Case): CappedWeights | undefined => {
  try {
    return cappedWeights(new Map(values.map((value, i) => [String(i), parseDecimal(value, 'value')])), {
      cap: parseDecimal(1, 'cap'),
      floor: parseDecimal(floor, 'floor'),
      caps: new Map(caps.map((cap, i) => [String(i), parseDecimal(cap, 'cap')])),
    });
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
};

describe('weights in floating-point numbers', () => {
  it(
    `equal the exact ones within 1e-12 in ${CASES} random cases, or leave the case to them`,
    () => {
      const random = seeded(20_240_101);
      const floatWeights = new FloatWeights(MOST);
      let [answered, refused, worst] = [0, 0, 0];
      for (let run = 0; run < CASES; run += 1) {
        const one = caseOf(random);
        const { values, caps, floor } = one;
        const found = floatWeights.of(Float64Array.from(values), Float64Array.from(caps), values.length, floor);
        const exact = exactOf(one);
        if (exact === undefined) refused += 1;
        if (found === undefined) continue;
        answered += 1;
        if (exact === undefined) throw new Error(`the exact rule refuses ${JSON.stringify(one)}`);
        for (const [i] of values.entries()) {
          const weight = Number(exact.numerators.get(String(i)) ?? 0n) / Number(exact.denominator);
          const apart = Math.abs((found[i] ?? 0) - weight);
          if (!(apart <= 1e-12)) throw new Error(`apart by ${apart} in ${JSON.stringify(one)}`);
          worst = Math.max(worst, apart);
        }
      }
      expect(worst).toBeLessThan(1e-12);
      expect(refused).toBeGreaterThan(CASES / 100);
      // What is undecided is next to a bound: rough numbers are made to be there.
      expect(answered).toBeGreaterThan((CASES - refused) * 0.8);
    },
    PATIENCE,
  );

  it.each([
    [[700, 200, 97, 3], 0.3, 0.005, [0.3, 0.3, 0.3, 0.1]],
    [[400, 300, 296, 4], 0.5, 0.005, [400 / 996, 300 / 996, 296 / 996, 0]],
    [[496, 250, 250, 4], 0.497, 0.005, [0.497, 0.2515, 0.2515, 0]],
  ])('%j with a cap of %f (docs/rules.md 4.1)', (values, cap, floor, expected) => {
    const caps = Float64Array.from(values, () => cap);
    const found = new FloatWeights(4).of(Float64Array.from(values), caps, 4, floor);
    for (const [i, weight] of expected.entries()) expect(found?.[i]).toBeCloseTo(weight, 14);
  });

  it('leaves what is infeasible, or next to it, to the exact rule', () => {
    const of = (values: number[], cap: number, floor: number) =>
      new FloatWeights(3).of(
        Float64Array.from(values),
        Float64Array.from(values, () => cap),
        values.length,
        floor,
      );
    expect(of([700, 200, 100], 0.3, 0)).toBeUndefined();
    expect(of([50, 50], 0.5, 0)).toBeUndefined();
    expect(of([1, 1, 1], 1, 0.4)).toBeUndefined();
    expect(of([80, 15, 5], 1, 0.05)).toBeUndefined();
    expect(of([], 1, 0)).toBeUndefined();
  });
});
