import { describe, expect, it } from 'vitest';
import { bandPosition, driftWords, scaleOf } from './band.ts';

describe('the band of an asset', () => {
  it('is the tolerance to both sides of the target', () => {
    expect(bandPosition(1_710, 1_634, 2_000)).toMatchObject({
      ...{ weight: 0.855, target: 0.817, bandFrom: 0.792, bandTo: 0.842 },
      ...{ offBps: 76, side: 'over', outside: true },
    });
    expect(bandPosition(1_600, 1_634, 2_000)).toMatchObject({ side: 'under', outside: false });
    expect(bandPosition(1_634.2, 1_634, 2_000).side).toBe('at');
  });

  it('stays on the bar', () => {
    expect(bandPosition(0, 0, 100)).toMatchObject({ bandFrom: 0, weight: 0 });
    expect(bandPosition(900, 0, 100).weight).toBe(1);
  });

  it('fits the largest asset', () => {
    expect(scaleOf([{ weightBps: 2_957, targetBps: 3_000 }])).toBeCloseTo(3_202.5);
    expect(scaleOf([])).toBe(105);
  });

  it('says how far the fund is', () => {
    expect(driftWords(16)).toBe('in tolerance');
    expect(driftWords(45)).toBe('close to the limit');
    expect(driftWords(50)).toBe('close to the limit');
    expect(driftWords(50.01)).toBe('out of tolerance');
  });
});
