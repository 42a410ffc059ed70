import { describe, expect, it } from 'vitest';
import { MathError } from './errors.ts';
import { ceilDiv, mulDivDown, mulDivUp, rpow } from './fixed-point.ts';
import { RAY } from './scales.ts';

const MAX = (1n << 256n) - 1n;
const ONE_PERCENT = 1_000_000_000_318_482_464_817_954_188n;

describe('mulDivDown and mulDivUp', () => {
  it('keep every bit of a product wider than a word', () => {
    expect(mulDivDown(MAX, MAX, MAX)).toBe(MAX);
    expect(mulDivDown(MAX - 1n, MAX - 1n, MAX)).toBe(MAX - 2n);
    expect(mulDivUp(MAX - 1n, MAX - 1n, MAX)).toBe(MAX - 1n);
  });

  it('round as their names say, and not at all when exact', () => {
    expect([mulDivDown(7n, 3n, 4n), mulDivUp(7n, 3n, 4n)]).toEqual([5n, 6n]);
    expect([mulDivDown(8n, 3n, 4n), mulDivUp(8n, 3n, 4n)]).toEqual([6n, 6n]);
    expect([ceilDiv(0n, 4n), ceilDiv(4n, 4n), ceilDiv(5n, 4n)]).toEqual([0n, 1n, 2n]);
  });

  it('refuse what the chain refuses', () => {
    expect(() => mulDivDown(MAX, 2n, 1n)).toThrow(MathError);
    expect(() => mulDivUp(MAX, MAX, MAX - 1n)).toThrow(expect.objectContaining({ code: 'OVERFLOW' }));
    expect(() => mulDivUp(1n, 1n, 0n)).toThrow(expect.objectContaining({ code: 'DIVISION_BY_ZERO' }));
    expect(() => ceilDiv(1n, 0n)).toThrow(expect.objectContaining({ code: 'DIVISION_BY_ZERO' }));
    expect(() => mulDivDown(-1n, -1n, 1n)).toThrow(expect.objectContaining({ code: 'OVERFLOW' }));
  });
});

describe('rpow', () => {
  it('has the powers of docs/rules.md 3', () => {
    expect(rpow(ONE_PERCENT, 86_400n)).toBe(1_000_027_517_263_548_840_815_255_994n);
    expect(rpow(ONE_PERCENT, 31_556_952n)).toBe(1_010_101_010_101_010_101_004_989_923n);
  });

  it('has the small cases', () => {
    expect(rpow(0n, 0n)).toBe(RAY);
    expect(rpow(0n, 5n)).toBe(0n);
    expect(rpow(3n * RAY, 4n)).toBe(81n * RAY);
    expect(rpow(RAY, MAX)).toBe(RAY);
  });

  it('refuses a power that leaves its range', () => {
    expect(() => rpow(1n << 128n, 2n)).toThrow(expect.objectContaining({ code: 'POWER_OVERFLOW' }));
    expect(rpow(1n << 128n, 1n)).toBe(1n << 128n);
  });
});
