import { describe, expect, it } from 'vitest';
import { bpsOf } from './bps.ts';

describe('basis points of a whole', () => {
  it('have two decimals, cut off towards 0', () => {
    expect([bpsOf(3n, 10_000n), bpsOf(1n, 3_000n), bpsOf(-1n, 3_000n)]).toEqual([3, 3.33, -3.33]);
  });

  it('are none of nothing', () => {
    expect(bpsOf(1n, 0n)).toBe(0);
  });
});
