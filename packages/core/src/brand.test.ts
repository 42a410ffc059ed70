import { describe, expect, it } from 'vitest';
import type { Branded } from './brand.ts';

type Even = Branded<{ readonly value: number }, 'Even'>;

const even = (value: number): Even => {
  if (value % 2 !== 0) throw new Error(`${value} is odd`);
  return { value } as Even;
};

const half = ({ value }: Even): number => value / 2;

describe('a branded value', () => {
  it('is made by its checking function, and no literal or changed copy compiles in its place', () => {
    expect(half(even(4))).toBe(2);
    // @ts-expect-error a literal of the same shape was not checked
    half({ value: 3 });
    // @ts-expect-error neither was a copy with another value
    half({ ...even(4), value: 3 });
  });
});
