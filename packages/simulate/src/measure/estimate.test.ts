import { describe, expect, it } from 'vitest';
import { estimate, quantile } from './estimate.ts';

describe('an estimate', () => {
  it('is the mean with an interval of 95 % by Student: 1, 2, 3 have 2 +- 4.303 / sqrt(3)', () => {
    expect(estimate([1, 2, 3]).mean).toBe(2);
    expect(estimate([1, 2, 3]).within).toBeCloseTo(2.484, 3);
    expect(estimate([5])).toEqual({ mean: 5, within: 0 });
    expect(estimate([])).toEqual({ mean: 0, within: 0 });
  });
});

describe('a quantile', () => {
  it('is the nearest rank, in any order', () => {
    const values = Array.from({ length: 20 }, (_, i) => 20 - i);
    expect([quantile(values, 0.95), quantile(values, 1), quantile(values, 0), quantile([], 0.5)]).toEqual([
      19, 20, 1, 0,
    ]);
  });
});
