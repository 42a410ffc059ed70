import { describe, expect, it } from 'vitest';
import { decimal, percent, short, shortPercent } from './figures.ts';

describe('figures', () => {
  it('groups the digits before the point, not those after it', () => {
    expect(decimal(1_234_567.891_23, 5)).toBe('1 234 567.89123');
    expect(decimal(999, 0)).toBe('999');
  });

  it('has the minus of print, and none before a zero', () => {
    expect(decimal(-1_234.5, 1)).toBe('−1 234.5');
    expect(decimal(-0.04, 1)).toBe('0.0');
  });

  it('writes shares in percent', () => {
    expect(percent(0.123_45, 1)).toBe('12.3 %');
    expect(percent(-1, 0)).toBe('−100 %');
  });

  it('writes the marks of an axis with three digits at most', () => {
    expect([0, 0.5, 950, 1_000, 250_000, -1_250_000, 3e9].map(short)).toEqual([
      ...['0', '0.5', '950', '1 k', '250 k', '−1.25 m', '3 bn'],
    ]);
    expect([0, 0.0005, 0.3, -0.2, 12].map(shortPercent)).toEqual(['0 %', '0.05 %', '30 %', '−20 %', '1200 %']);
  });
});
