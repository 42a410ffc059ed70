import { describe, expect, it } from 'vitest';
import { type Place, thin } from './thin.ts';

describe('thin', () => {
  it('keeps a line with a point for each pixel as it is', () => {
    const places: Place[] = [0, 1, 2, 3].map((x) => [x, x * x]);
    expect(thin(places)).toEqual(places);
  });

  it('keeps the first, the lowest, the highest and the last of a pixel, in their order', () => {
    const places: Place[] = [5, 6, 9, 7, 1, 4].map((y, i) => [10 + i / 10, y]);
    expect(thin(places)).toEqual([
      [10, 5],
      [10.2, 9],
      [10.4, 1],
      [10.5, 4],
    ]);
  });

  it('loses no peak of years of days', () => {
    const places: Place[] = Array.from({ length: 3_650 }, (_, i) => [i / 5, i === 1_234 ? 99 : Math.sin(i)]);
    const thinned = thin(places);
    expect(thinned.length).toBeLessThan(4 * 731);
    expect(Math.max(...thinned.map(([, y]) => y))).toBe(99);
    expect(thinned.at(-1)).toEqual(places.at(-1));
  });
});
