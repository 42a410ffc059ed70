import { expect, it } from 'vitest';
import { opensFrom } from './epochs.ts';

it('an index opens a day after its last epoch began, and at once after a reweigh or when there was none', () => {
  const epoch = { opening: 7n, openedAt: 1_000n, recipe: 3n };
  expect(opensFrom({ epoch, recipe: 3n })).toBe(87_400n);
  expect(opensFrom({ epoch, recipe: 4n })).toBe(0n);
  expect(opensFrom({ epoch: { ...epoch, opening: 0n }, recipe: 3n })).toBe(0n);
});
