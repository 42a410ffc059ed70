import { describe, expect, it } from 'vitest';
import { BASIS_POINT } from '../math/scales.ts';
import {
  EPOCH_LASTS,
  epochEnd,
  LOSS_BPS,
  lossBudget,
  lostPart,
  opensFrom,
  REWEIGH_LASTS,
  REWEIGH_LOSS_BPS,
} from './epochs.ts';

it('an index opens a day after its last epoch began, and at once after a reweigh or when there was none', () => {
  const epoch = { opening: 7n, openedAt: 1_000n, recipe: 3n };
  expect(opensFrom({ epoch, recipe: 3n })).toBe(87_400n);
  expect(opensFrom({ epoch, recipe: 4n })).toBe(0n);
  expect(opensFrom({ epoch: { ...epoch, opening: 0n }, recipe: 3n })).toBe(0n);
});

it('an index opens after another pause where one is tried', () => {
  const epoch = { opening: 7n, openedAt: 1_000n, recipe: 3n };
  expect(opensFrom({ epoch, recipe: 3n }, 60n)).toBe(1_060n);
});

describe('docs/rules.md 6: an epoch', () => {
  it('lasts 24 h, after a reweigh 72 h, which new anchors do not shorten', () => {
    const until = epochEnd({ now: 1_000n, until: 0n, lasts: REWEIGH_LASTS });
    expect(until).toBe(1_000n + 72n * 3_600n);
    expect(epochEnd({ now: 1_000n + EPOCH_LASTS, until, lasts: EPOCH_LASTS })).toBe(until);
    expect(epochEnd({ now: until, until, lasts: EPOCH_LASTS })).toBe(until + 24n * 3_600n);
  });

  it('lets an index lose 15 bp of NAV a day, 30 bp after a reweigh', () => {
    const nav = 1_000_000_000_000n;
    expect(lossBudget({ nav, lost: 0n, most: LOSS_BPS * BASIS_POINT })).toBe(1_500_000_000n);
    expect(lossBudget({ nav, lost: 0n, most: REWEIGH_LOSS_BPS * BASIS_POINT })).toBe(3_000_000_000n);
  });

  it('counts what was lost against it, rounded up, and ends at nothing', () => {
    const [nav, most] = [1_000_000_000_000n, LOSS_BPS * BASIS_POINT];
    const lost = lostPart({ loss: 1_000_000_000n, nav });
    expect(lost).toBe(10n * BASIS_POINT);
    expect(lossBudget({ nav, lost, most })).toBe(500_000_000n);
    expect(lostPart({ loss: 1n, nav: 3n * 10n ** 18n })).toBe(1n);
    for (const more of [0n, 1n]) expect(lossBudget({ nav, lost: most + more, most })).toBe(0n);
    expect(() => lostPart({ loss: 1n, nav: 0n })).toThrow(expect.objectContaining({ code: 'DIVISION_BY_ZERO' }));
  });
});
