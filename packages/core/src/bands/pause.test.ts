import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ONE, Q112 } from '../math/scales.ts';
import type { BandState } from './bands.ts';
import { after, agree, CLEAR, type Pause, type PauseEvent, standingOf } from './pause.ts';

const HOUR = 3_600n;
const DAY = 24n * HOUR;
const T = 1_000n * DAY;

const NEAR: BandState = { kind: 'near' };
const ACTS: BandState = { kind: 'acts', side: 'above' };
const ABOVE: BandState = { kind: 'beyond', side: 'above' };
const BELOW: BandState = { kind: 'beyond', side: 'below' };

const measured = (at: bigint, band: BandState): PauseEvent => ({ kind: 'measured', at, band });
const watchman = (at: bigint, until: bigint): PauseEvent => ({ kind: 'watchman', at, until });
const sources = (at: bigint, a: bigint, b: bigint): PauseEvent => ({ kind: 'sources', at, prices: [a, b] });
const run = (...events: readonly PauseEvent[]): Pause => events.reduce((pause, event) => after(pause, event), CLEAR);
const standing = (pause: Pause, at: bigint, band: BandState, epoch: 'ordinary' | 'reweigh' = 'ordinary') =>
  standingOf({ pause, at, band, epoch }).standing;

const FULL = { kind: 'acts', part: ONE };
const HALF = { kind: 'acts', part: ONE / 2n };
const PAUSED = run(measured(T, ABOVE));

describe('docs/rules.md 7: a move of great magnitude', () => {
  it('pauses the asset for 24 h, then it acts at half size', () => {
    expect(PAUSED).toEqual({ state: 'paused', side: 'above', since: T, until: T + DAY });
    expect(standing(CLEAR, T, ABOVE)).toEqual({ kind: 'paused', until: T + DAY });
    expect(standing(PAUSED, T + DAY - 1n, ABOVE)).toEqual({ kind: 'paused', until: T + DAY });
    expect(standing(PAUSED, T + DAY, ABOVE)).toEqual(HALF);
  });

  it('or until two sources agree within 2 %', () => {
    expect(agree([100n * Q112, 102n * Q112])).toBe(true);
    expect(agree([102n * Q112, 100n * Q112])).toBe(true);
    expect(agree([100n * Q112, 102n * Q112 + 1n])).toBe(false);
    expect([agree([0n, 0n]), agree([0n, Q112]), agree([Q112, Q112])]).toEqual([false, false, true]);
    const sooner = after(PAUSED, sources(T + HOUR, 100n, 102n));
    expect(standing(sooner, T + HOUR, ABOVE)).toEqual(HALF);
    const still = after(PAUSED, sources(T + HOUR, 100n, 103n));
    expect(standing(still, T + HOUR, ABOVE)).toEqual({ kind: 'paused', until: T + DAY });
    expect(after(CLEAR, sources(T, 1n, 1n))).toEqual(CLEAR);
  });

  it('the watchman shortens or extends it, to 7 days from its beginning at most', () => {
    expect(standing(after(PAUSED, watchman(T + HOUR, T + HOUR)), T + HOUR, ABOVE)).toEqual(HALF);
    expect(after(PAUSED, watchman(T + HOUR, T + 7n * DAY))).toMatchObject({ since: T, until: T + 7n * DAY });
    const twice = after(after(PAUSED, watchman(T, T + 6n * DAY)), watchman(T + 5n * DAY, T + 7n * DAY));
    expect(standing(twice, T + 7n * DAY - 1n, ABOVE)).toEqual({ kind: 'paused', until: T + 7n * DAY });
    expect(() => after(twice, watchman(T + 6n * DAY, T + 7n * DAY + 1n))).toThrow(
      expect.objectContaining({ code: 'PAUSE_TOO_LONG' }),
    );
    expect(() => after(PAUSED, watchman(T + HOUR, T))).toThrow(expect.objectContaining({ code: 'PAUSE_IN_THE_PAST' }));
    for (const pause of [CLEAR, after(PAUSED, measured(T + DAY, ABOVE))]) {
      expect(() => after(pause, watchman(T + DAY, T + 2n * DAY))).toThrow(
        expect.objectContaining({ code: 'NOT_PAUSED' }),
      );
    }
    expect(() => after(PAUSED, watchman(T + DAY, T + 2n * DAY))).toThrow(
      expect.objectContaining({ code: 'NOT_PAUSED' }),
    );
  });

  it('coming back within the bound does not end the pause; once it is over the asset acts whole again', () => {
    const back = after(PAUSED, measured(T + HOUR, ACTS));
    expect(standing(back, T + 2n * HOUR, ACTS)).toEqual({ kind: 'paused', until: T + DAY });
    expect(standing(back, T + DAY, ACTS)).toEqual(FULL);
    expect(standing(back, T + DAY, NEAR)).toEqual({ kind: 'near' });
    expect(after(back, measured(T + DAY, NEAR))).toEqual(CLEAR);
  });

  it('one move has one pause while it is seen daily; the next one, or one to the other side, pauses anew', () => {
    const served = run(measured(T, ABOVE), measured(T + DAY, ABOVE), measured(T + 2n * DAY, ABOVE));
    expect(standing(served, T + 3n * DAY, ABOVE)).toEqual(HALF);
    expect(standing(served, T + 3n * DAY + 1n, ABOVE)).toEqual({ kind: 'paused', until: T + 4n * DAY + 1n });
    expect(standing(served, T + 3n * DAY, BELOW)).toEqual({ kind: 'paused', until: T + 4n * DAY });
    const next = run(measured(T, ABOVE), measured(T + DAY, ACTS), measured(T + DAY + 1n, ABOVE));
    expect(next).toMatchObject({ state: 'paused', since: T + DAY + 1n });
  });

  it('a reweigh window needs no band: no pause begins, all acts whole; a pause that runs goes on', () => {
    expect(standingOf({ pause: CLEAR, at: T, band: ABOVE, epoch: 'reweigh' })).toEqual({
      standing: FULL,
      pause: CLEAR,
    });
    expect(standing(CLEAR, T, NEAR, 'reweigh')).toEqual(FULL);
    expect(standing(PAUSED, T + HOUR, NEAR, 'reweigh')).toEqual({ kind: 'paused', until: T + DAY });
    expect(standing(PAUSED, T + DAY, ABOVE, 'reweigh')).toEqual(FULL);
  });

  it('time does not run backwards', () => {
    expect(() => after(PAUSED, measured(T - 1n, NEAR))).toThrow(expect.objectContaining({ code: 'TIME_BACKWARDS' }));
    const served = after(PAUSED, measured(T + DAY, ABOVE));
    expect(() => after(served, measured(T, NEAR))).toThrow(expect.objectContaining({ code: 'TIME_BACKWARDS' }));
  });

  it('an unchecked pause does not compile', () => {
    // @ts-expect-error longer than anybody may make it
    const forged: Pause = { state: 'paused', side: 'above', since: 0n, until: 1n << 64n };
    // @ts-expect-error an event without its time
    const event: PauseEvent = { kind: 'measured', band: NEAR };
    expect([forged, event]).toHaveLength(2);
  });
});

const bands = fc.constantFrom(NEAR, ACTS, ABOVE, BELOW);
const someEvent = fc.oneof(
  {
    weight: 4,
    arbitrary: bands.map(
      (band) =>
        (at: bigint): PauseEvent =>
          measured(at, band),
    ),
  },
  fc.bigInt({ min: -DAY, max: 10n * DAY }).map(
    (by) =>
      (at: bigint): PauseEvent =>
        watchman(at, at + by),
  ),
  fc.bigInt({ min: 100n, max: 105n }).map(
    (price) =>
      (at: bigint): PauseEvent =>
        sources(at, 100n, price),
  ),
);
const history = fc.array(fc.tuple(fc.bigInt({ min: 0n, max: 2n * DAY }), someEvent), { maxLength: 30 });

describe('docs/rules.md 7: pauses, whatever happens', () => {
  it('last 7 days at most, begin only beyond a far bound, and nobody but sources or the watchman ends one before 24 h', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let [pause, at] = [CLEAR, T];
        for (const [wait, eventAt] of steps) {
          at += wait;
          const event = eventAt(at);
          const before = pause;
          try {
            pause = after(before, event);
          } catch (error) {
            expect(error).toMatchObject({ code: expect.stringMatching(/^(NOT_PAUSED|PAUSE_)/) });
            continue;
          }
          if (pause.state === 'paused') {
            expect(pause.until - pause.since <= 7n * DAY && at < pause.until).toBe(true);
            if (before.state !== 'paused' || before.since !== pause.since) {
              expect(event).toMatchObject({ kind: 'measured', at: pause.since, band: { kind: 'beyond' } });
              expect(pause.until).toBe(at + DAY);
            }
          }
          if (event.kind === 'measured' && before.state === 'paused' && at < before.until)
            expect(pause).toEqual(before);
        }
      }),
      { numRuns: 500 },
    );
  });
});
