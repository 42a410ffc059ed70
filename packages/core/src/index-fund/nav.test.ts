import { describe, expect, it } from 'vitest';
import { ONE, Q112 } from '../math/scales.ts';
import { nav, weightsOf } from './nav.ts';

const dollars = (usd: bigint): bigint => (usd * 10n ** 6n * Q112) / ONE;

describe('nav and weightsOf', () => {
  const holdings = [
    { asset: 'weth', holding: 10n * ONE, price: dollars(2_000n) + 1n },
    { asset: 'link', holding: 3_000n * ONE, price: dollars(10n) + 1n },
    { asset: 'gone', holding: 0n, price: dollars(1n) },
  ];

  it('sum price x amount in the base', () => {
    expect(nav(holdings)).toBe(50_000n * 10n ** 6n);
    expect(nav([])).toBe(0n);
  });

  it('give each asset its part', () => {
    expect(weightsOf(holdings)).toEqual([
      { asset: 'weth', weight: 4n * 10n ** 17n },
      { asset: 'link', weight: 6n * 10n ** 17n },
      { asset: 'gone', weight: 0n },
    ]);
    expect(() => weightsOf([])).toThrow(expect.objectContaining({ code: 'EMPTY_INDEX' }));
  });
});
