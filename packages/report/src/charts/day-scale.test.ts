import { describe, expect, it } from 'vitest';
import { dayScale } from './day-scale.ts';

const box = (width: number) => ({ left: 0, right: width, top: 0, bottom: 1 });
const wordsOf = (first: string, last: string, width: number): string[] =>
  dayScale(first, last, box(width)).marks.map(({ text }) => text);

describe('dayScale', () => {
  it('stands days where they belong', () => {
    const { at } = dayScale('2023-01-01', '2023-01-11', box(100));
    expect(['2023-01-01', '2023-01-02', '2023-01-11'].map(at)).toEqual([0, 10, 100]);
  });

  it('names years, months and days; the first mark says its year', () => {
    expect(wordsOf('2021-02-01', '2022-02-01', 400)).toEqual(['Apr 2021', 'Jul', 'Oct', '2022']);
    expect(wordsOf('2018-01-01', '2023-01-01', 500)).toEqual(['2018', '2019', '2020', '2021', '2022', '2023']);
    expect(wordsOf('2023-03-06', '2023-03-09', 300)).toEqual(['6 Mar 2023', '7 Mar', '8 Mar', '9 Mar']);
  });

  it('has fewer marks where there is less room, and never a part of a day', () => {
    expect(wordsOf('2021-02-01', '2022-02-01', 200).length).toBeLessThanOrEqual(2);
    expect(new Set(wordsOf('2023-03-06', '2023-03-07', 900)).size).toBe(2);
  });
});
