import { expect, it } from 'vitest';
import { RAY } from '../math/scales.ts';
import { claimFor, worthOf } from './claims.ts';

const CUT = (RAY * 9n) / 10n;

it.each([
  [1_000n, RAY, 1_000n],
  [900n, CUT, 1_000n],
  [901n, CUT, 1_002n], // 1001.1
  [1n, 1n, RAY],
  [0n, CUT, 0n],
])('%d {tok} at par %d takes %d {claim}', (amount, par, claim) => {
  expect(claimFor(amount, par)).toBe(claim);
  expect(worthOf(claim, par)).toBeGreaterThanOrEqual(amount);
});

it('what a claim brings is floored', () => expect(worthOf(1_001n, CUT)).toBe(900n));
