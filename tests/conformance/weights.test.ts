import { cappedWeights, integerWeights, parseDecimal, WEIGHT_SCALE } from '@wicker/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { isSkipped, readCases } from './folder.ts';

const cases = readCases(
  'weights.json',
  z.array(
    z.object({
      name: z.string(),
      cap: z.number(),
      floor: z.number(),
      input: z.record(z.string(), z.number()),
      expected: z.record(z.string(), z.number()),
      tolerance: z.number(),
    }),
  ),
);

describe.skipIf(isSkipped)('published weights', () => {
  it('are at least 488 cases', () => {
    expect(cases.length).toBeGreaterThanOrEqual(488);
  });

  it('are what cappedWeights gives, within the tolerance of each case', () => {
    for (const { name, cap, floor, input, expected, tolerance } of cases) {
      const marketCaps = new Map(Object.entries(input).map(([id, value]) => [id, parseDecimal(value, id)]));
      const exact = cappedWeights(marketCaps, { cap: parseDecimal(cap, 'cap'), floor: parseDecimal(floor, 'floor') });
      const weights = integerWeights(exact, WEIGHT_SCALE);
      expect([...weights.keys()].sort(), name).toEqual(Object.keys(expected).sort());
      for (const [id, weight] of weights) {
        expect(Math.abs(Number(weight) / 1e18 - (expected[id] ?? 0)), `${name}: ${id}`).toBeLessThanOrEqual(tolerance);
      }
    }
  });
});
