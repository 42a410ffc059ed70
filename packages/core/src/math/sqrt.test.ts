import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sqrtDown } from './sqrt.ts';

describe('sqrtDown', () => {
  it('is the largest root whose square is within the value', () => {
    expect([0n, 1n, 2n, 3n, 4n, 8n, 9n].map(sqrtDown)).toEqual([0n, 1n, 1n, 1n, 2n, 2n, 3n]);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }), (value) => {
        for (const each of [value, value >> 128n, sqrtDown(value) ** 2n]) {
          const root = sqrtDown(each);
          expect(root * root <= each && each < (root + 1n) ** 2n).toBe(true);
        }
      }),
    );
  });
});
