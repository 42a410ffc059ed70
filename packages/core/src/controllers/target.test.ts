import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retarget, shareAt, type Target, target } from './target.ts';

const DAY = 86_400n;
const SET_UP = 1_700_000_000n;
const ten = (targetBps: bigint, fromBps: bigint): Target =>
  target({ targetBps, stepBps: 1_000n, fromBps, since: SET_UP });
const after = (days: bigint) => SET_UP + days * DAY;

describe('docs/rules.md 10: target 70 %, 10 % a day', () => {
  it('day 2 -> 20 %; the first step starts from the day it is set up', () => {
    const steps = [0n, 1n, 2n, 6n, 7n, 8n].map((day) => shareAt(ten(7_000n, 0n), after(day)));
    expect(steps).toEqual([0n, 1_000n, 2_000n, 6_000n, 7_000n, 7_000n]);
  });

  it('from 65 % after one day -> 70 %', () => {
    expect(shareAt(ten(7_000n, 6_500n), after(1n))).toBe(7_000n);
  });

  it('goes down by the same step', () => {
    expect([0n, 1n, 4n, 5n].map((day) => shareAt(ten(3_000n, 7_000n), after(day)))).toEqual([
      7_000n,
      6_000n,
      3_000n,
      3_000n,
    ]);
  });

  it('begins anew from where it stands when the target changes', () => {
    const lowered = retarget(ten(7_000n, 0n), { targetBps: 0n, stepBps: 500n, now: after(4n) });
    expect([4n, 5n, 12n].map((day) => shareAt(lowered, after(day)))).toEqual([4_000n, 3_500n, 0n]);
  });

  it('counts by the second, and never passes the target or turns back', () => {
    expect(shareAt(ten(7_000n, 0n), SET_UP + DAY / 2n)).toBe(500n);
    const bps = fc.bigInt(0n, 10_000n);
    const terms = fc.record({ targetBps: bps, fromBps: bps, stepBps: fc.bigInt(1n, 10_000n), since: fc.constant(0n) });
    fc.assert(
      fc.property(terms, fc.bigInt(0n, 20n * DAY), fc.bigInt(0n, 20n * DAY), (given, a, b) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        const left = (now: bigint) => {
          const far = given.targetBps - shareAt(target(given), now);
          return given.targetBps >= given.fromBps ? far : -far;
        };
        expect(left(late)).toBeGreaterThanOrEqual(0n);
        expect(left(late)).toBeLessThanOrEqual(left(early));
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what is no target', () => {
    const wrong = expect.objectContaining({ code: 'OUT_OF_RANGE' });
    expect(() => ten(10_001n, 0n)).toThrow(wrong);
    expect(() => target({ targetBps: 1n, stepBps: 0n, fromBps: 0n, since: 0n })).toThrow(wrong);
    expect(() => shareAt(ten(7_000n, 0n), SET_UP - 1n)).toThrow(wrong);
    // @ts-expect-error an unchecked literal
    expect(shareAt({ targetBps: 1n, stepBps: 1n, fromBps: 0n, since: 0n }, 0n)).toBe(0n);
  });
});
