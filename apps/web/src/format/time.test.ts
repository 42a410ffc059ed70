import { describe, expect, it } from 'vitest';
import { absoluteTime, duration, relativeTime } from './time.ts';

describe('times', () => {
  it('are absolute in UTC', () => {
    expect(absoluteTime(1_683_122_700)).toBe('2023-05-03 14:05 UTC');
  });

  it('last so long', () => {
    expect([30, 840, 3_600, 12_000, 86_400, 187_200].map(duration)).toEqual([
      ...['under a minute', '14 min', '1 h', '3 h 20 min', '1 d', '2 d 4 h'],
    ]);
  });

  it('are relative to the time of the chain', () => {
    expect(relativeTime(1_000, 1_030)).toBe('now');
    expect(relativeTime(1_000, 1_300)).toBe('5 min ago');
    expect(relativeTime(8_200, 1_000)).toBe('in 2 h');
  });
});
