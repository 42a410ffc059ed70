import { Q112 } from '@wicker/core';
import { describe, expect, it } from 'vitest';
import { factorBps, pairClock } from './clock-view.ts';

const asset = (id: string, price: bigint) => ({
  ...{ asset: id, anchor: price * Q112, price: price * Q112, qBps: 50n, delistedSince: 0n },
});
const [link, weth] = [asset('LINK', 10n), asset('WETH', 2_000n)];

describe('the clock of a pair', () => {
  it('begins at q + 20 bps, is at the anchor after 24 minutes, and ends at the floor (docs/rules.md 6)', () => {
    const at = (minutes: bigint) => pairClock(link, weth, 1_000n, 1_000n + 60n * minutes);
    expect(at(0n)).toMatchObject({
      startBps: 120,
      limitBps: 120,
      crossesNow: false,
      crossesAfter: 1_440,
      atFloor: false,
    });
    expect(at(24n)).toMatchObject({ limitBps: 0, crossesNow: true });
    expect(at(44n)).toMatchObject({ limitBps: -100 });
    expect(at(60n)).toMatchObject({ limitBps: -100, floorBps: -100, atFloor: true });
  });

  it('draws a curve that never rises and reaches beyond now', () => {
    const { curve = [] } = pairClock(link, weth, 0n, 6_000n) ?? {};
    expect(curve[0]).toEqual({ minute: 0, bps: 120 });
    expect(curve.at(-1)?.minute).toBeGreaterThan(100);
    expect(curve.every(({ bps }, i) => i === 0 || bps <= (curve[i - 1]?.bps ?? 0))).toBe(true);
  });

  it('is held up by the price of now', () => {
    // WETH fell by half: 1 LINK must now bring nearly twice the anchor.
    const clock = pairClock(link, { ...weth, price: 1_000n * Q112 }, 0n, 3_600n);
    expect(clock?.atFloor).toBe(true);
    expect(clock?.limitBps).toBeCloseTo(9_800, 0);
  });

  it('is none without two live prices', () => {
    expect(pairClock({ ...link, price: 0n }, weth, 0n, 60n)).toBeUndefined();
    expect(pairClock(link, { ...weth, anchor: 0n }, 0n, 60n)).toBeUndefined();
  });

  it('tells factors in basis points of the anchor', () => {
    expect(factorBps(10n ** 18n + 10n ** 14n)).toBe(1);
  });
});
