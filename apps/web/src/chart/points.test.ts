import { describe, expect, it } from 'vitest';
import { changeOver, inRange, mergePoints, RANGES, thinned, toPoint } from './points.ts';

const point = (at: number, price = 1) => ({ at, price, nav: price * 100 });

describe('points of the chart', () => {
  it('are what was recorded, then what was seen since', () => {
    expect(mergePoints([point(1), point(3)], [point(3, 2), point(4)])).toEqual([point(1), point(3), point(4)]);
    expect(mergePoints([], [point(5), point(4)]).map(({ at }) => at)).toEqual([4, 5]);
  });

  it('are cut to a range that ends with the last one', () => {
    const points = [point(0), point(100_000), point(150_000)];
    expect(inRange(points, RANGES[0]).map(({ at }) => at)).toEqual([100_000, 150_000]);
    expect(inRange(points, RANGES[3])).toHaveLength(3);
    expect(inRange([], RANGES[0])).toEqual([]);
  });

  it('tell the change, unless there is none to tell', () => {
    expect(changeOver([point(1, 1), point(2, 1.1)], 'price')).toBeCloseTo(0.1);
    expect(changeOver([point(1)], 'price')).toBeUndefined();
    expect(changeOver([], 'nav')).toBeUndefined();
  });

  it('are thinned evenly, the last one kept', () => {
    const points = Array.from({ length: 100 }, (_, i) => point(i));
    const few = thinned(points, 40);
    expect(few.length).toBeLessThanOrEqual(40);
    expect(few.at(-1)?.at).toBe(99);
    expect(thinned(points.slice(0, 3), 40)).toHaveLength(3);
  });

  it('come from samples', () => {
    expect(toPoint({ at: 5, price: '991262', nav: '4956646000000' })).toEqual({
      at: 5,
      price: 0.991262,
      nav: 4_956_646,
    });
  });
});
