import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Drip from './drip.ts';

const DAY = Drip.DRIP_PERIOD;
const started = (gain: bigint, now = 0n): Drip.Drip => Drip.joined(Drip.noDrip(now), gain);

describe('docs/rules.md 2: gains drip over 24 h', () => {
  it('evenly: nothing at once, half after 12 h, all after 24 h and no more later', () => {
    const drip = started(1_000n);
    expect(DAY).toBe(86_400n);
    const entered = [0n, DAY / 4n, DAY / 2n, DAY, 2n * DAY].map((now) => Drip.dripped(drip, now).entered);
    expect(entered).toEqual([0n, 250n, 500n, 1_000n, 1_000n]);
  });

  it('a second gain drips with what is left until the average of both ends, by amount', () => {
    const half = Drip.dripped(started(1_000n), DAY / 2n).drip;
    // 500 until 24 h and 1 500 until 36 h: (500 * 24 + 1 500 * 36) / 2 000 = 33 h
    expect(Drip.joined(half, 1_500n)).toEqual({
      total: 2_000n,
      since: 43_200n,
      until: 33n * 3_600n,
      settledAt: 43_200n,
    });
  });

  it('the average of the ends is rounded up to a second', () => {
    const half = Drip.dripped(started(1_000n), DAY / 2n).drip;
    // (500 * 43 200 + 1 * 86 400) / 501 = 43 286.2
    expect(Drip.joined(half, 1n).until).toBe(43_200n + 43_287n);
  });

  it('dust delays nothing: a gain of 1 a minute moves the end of 1 000 000 by less than 1 %', () => {
    let drip = started(1_000_000n);
    for (let minute = 1n; minute <= 720n; minute++) drip = Drip.joined(Drip.dripped(drip, minute * 60n).drip, 1n);
    expect(drip.until).toBeLessThan((DAY * 101n) / 100n);
  });

  it('a loss takes first what has not entered', () => {
    const half = Drip.dripped(started(1_000n), DAY / 2n).drip;
    expect(Drip.absorbed(half, 200n)).toEqual({
      drip: { total: 300n, since: 43_200n, until: DAY, settledAt: 43_200n },
      rest: 0n,
    });
    expect(Drip.absorbed(half, 700n)).toEqual({ drip: Drip.noDrip(43_200n), rest: 200n });
  });

  it('refuses a time before the last count', () => {
    expect(() => Drip.dripped(started(1n, 100n), 99n)).toThrow(
      expect.objectContaining({ code: 'TIME_RUNS_BACKWARDS' }),
    );
  });

  it('whoever looks, and when: the same has entered', () => {
    const times = fc.array(fc.bigInt(0n, 2n * DAY), { maxLength: 20 });
    fc.assert(
      fc.property(fc.bigInt(0n, 1n << 100n), times, fc.bigInt(0n, 2n * DAY), (gain, looks, end) => {
        const inOrder = [...looks.filter((look) => look < end), end].sort((a, b) => (a < b ? -1 : 1));
        let drip = started(gain);
        let sum = 0n;
        for (const now of inOrder) {
          const next = Drip.dripped(drip, now);
          drip = next.drip;
          sum += next.entered;
        }
        expect(sum).toBe(Drip.dripped(started(gain), end).entered);
        expect(sum + Drip.undripped(drip)).toBe(gain);
      }),
      { numRuns: 300 },
    );
  });

  it('no part of a gain is ever lost, or still on its way 24 h after the last', () => {
    const gains = fc.array(fc.record({ after: fc.bigInt(0n, DAY), gain: fc.bigInt(0n, 1n << 90n) }), { maxLength: 15 });
    fc.assert(
      fc.property(gains, (events) => {
        let drip = Drip.noDrip(0n);
        let [now, given, entered] = [0n, 0n, 0n];
        for (const { after, gain } of events) {
          now += after;
          const next = Drip.dripped(drip, now);
          entered += next.entered;
          drip = Drip.joined(next.drip, gain);
          given += gain;
          expect(entered + Drip.undripped(drip)).toBe(given);
          expect(drip.until).toBeLessThanOrEqual(now + DAY);
        }
        expect(entered + Drip.dripped(drip, now + DAY).entered).toBe(given);
      }),
      { numRuns: 300 },
    );
  });
});
