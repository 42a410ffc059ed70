import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASIS_POINT, ONE } from '../math/scales.ts';
import { max, min } from '../math/word.ts';
import { widths } from './bands.ts';
import { bandParameters, DEFAULT_BANDS } from './parameters.ts';
import { type History, NO_HISTORY, observe, ratioOf, sigmaOf, widthsFrom, widthsOf } from './volatility.ts';

const PERCENT = 100n * BASIS_POINT;
/** A percentage with one digit after the point {1e18}. */
const percent = (tenth: number): bigint => (BigInt(Math.round(tenth * 10)) * PERCENT) / 10n;
const DAY = 86_400n;
const CONFIGURED = widths({ x: 5n * PERCENT, y: 25n * PERCENT });

/** One observation a day of NW/W - 1 {1e18}. */
const historyOf = (deviations: readonly bigint[], parameters = DEFAULT_BANDS): History =>
  deviations.reduce(
    (history, deviation, day) =>
      observe(history, { at: BigInt(day) * DAY, ratio: ONE + deviation, epoch: 'ordinary' }, parameters),
    NO_HISTORY,
  );
const alternating = (days: number, by = 2n * PERCENT) =>
  historyOf(Array.from({ length: days }, (_, day) => (day % 2 === 0 ? by : -by)));
const measured = (history: History, target = 20n * PERCENT) => widthsOf({ history, target, configured: CONFIGURED });

describe('docs/rules.md 7: widths from volatility', () => {
  it('alternating +2 % and -2 %: sigma 2 %, x 2 %, y 15 %', () => {
    expect(measured(alternating(30))).toEqual({
      kind: 'measured',
      sigma: 2n * PERCENT,
      widths: { x: 2n * PERCENT, y: 15n * PERCENT },
    });
  });

  it('fewer than 7 observations: the configured x and y', () => {
    expect(measured(NO_HISTORY)).toEqual({ kind: 'configured', widths: CONFIGURED });
    expect(measured(alternating(6))).toEqual({ kind: 'configured', widths: CONFIGURED });
    // Four of +2 % and three of -2 %: 2 % times sqrt(48) / 7, floored.
    expect(measured(alternating(7))).toMatchObject({ kind: 'measured', sigma: 19_794_866_372_215_740n });
  });

  it.each([
    ['a stable asset has the least', 0, 20, { x: 1, y: 15 }],
    ['3 sigma above 15 %', 8, 20, { x: 8, y: 24 }],
    ['3 sigma at most 50 %', 30, 20, { x: 30, y: 50 }],
    ['x at most 40 %', 90, 20, { x: 40, y: 50 }],
    ['y W at least 0.5 % of NAV', 0, 2, { x: 1, y: 25 }],
    ['the same beyond 50 %', 0, 0.8, { x: 1, y: 62.5 }],
  ])('%s: sigma %d %% and W %d %%', (_, sigma, target, { x, y }) => {
    expect(widthsFrom({ sigma: percent(sigma), target: percent(target) })).toEqual({ x: percent(x), y: percent(y) });
  });

  it('y stays below 1 where W is at most 0.5 %, and without a target', () => {
    for (const target of [PERCENT / 2n, PERCENT / 10n, 1n, 0n]) {
      expect(widthsFrom({ sigma: 0n, target })).toEqual({ x: PERCENT, y: ONE - 1n });
    }
  });

  it('x and y rise with sigma, and y W reaches 0.5 % of NAV while y < 1', () => {
    const sigma = fc.bigInt({ min: 0n, max: 2n * ONE });
    fc.assert(
      fc.property(sigma, sigma, fc.bigInt({ min: 1n, max: ONE }), (a, b, target) => {
        const [low, high] = [min(a, b), max(a, b)];
        const [narrow, wide] = [widthsFrom({ sigma: low, target }), widthsFrom({ sigma: high, target })];
        expect(narrow.x <= wide.x && narrow.y <= wide.y).toBe(true);
        expect(narrow.y >= 15n * PERCENT).toBe(true);
        expect(narrow.y * target * 200n >= ONE * ONE || narrow.y === ONE - 1n).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('docs/rules.md 7: observations', () => {
  const ratio = ONE;
  const epoch = 'ordinary';

  it('one a UTC day: the first of a day stands', () => {
    const first = observe(NO_HISTORY, { at: DAY, ratio, epoch });
    expect(observe(first, { at: 2n * DAY - 1n, ratio: 2n * ONE, epoch })).toBe(first);
    expect(observe(first, { at: 2n * DAY, ratio: 2n * ONE, epoch })).toHaveLength(2);
  });

  it('none in a reweigh window: the way to a new target is no volatility', () => {
    const history = alternating(30);
    const at = 30n * DAY;
    expect(observe(history, { at, ratio: 2n * ONE, epoch: 'reweigh' })).toBe(history);
    expect(() => observe(history, { at: 0n, ratio, epoch: 'reweigh' })).toThrow(
      expect.objectContaining({ code: 'TIME_BACKWARDS' }),
    );
    // One such observation would set x to 18 % for a month.
    expect(sigmaOf(observe(history, { at, ratio: 2n * ONE, epoch })) > 18n * PERCENT).toBe(true);
  });

  it('the last 30, however many days lie between them', () => {
    const days = [...Array.from({ length: 40 }, (_, i) => BigInt(3 * i))];
    const history = days.reduce((all, day) => observe(all, { at: day * DAY, ratio: ONE + day, epoch }), NO_HISTORY);
    expect(history.map(({ day }) => day)).toEqual(days.slice(10));
  });

  it('come in the order of time and within range', () => {
    const history = observe(NO_HISTORY, { at: 9n * DAY, ratio, epoch });
    expect(() => observe(history, { at: 9n * DAY - 1n, ratio, epoch })).toThrow(
      expect.objectContaining({ code: 'TIME_BACKWARDS' }),
    );
    for (const wrong of [-1n, 1n << 120n]) {
      expect(() => observe(history, { at: 10n * DAY, ratio: wrong, epoch })).toThrow(
        expect.objectContaining({ code: 'OUT_OF_RANGE' }),
      );
    }
    expect(() => observe(NO_HISTORY, { at: -1n, ratio, epoch })).toThrow(
      expect.objectContaining({ code: 'OUT_OF_RANGE' }),
    );
  });

  it('are of NW/W, floored; without a target there are none', () => {
    expect(ratioOf({ weight: 21n * PERCENT, target: 20n * PERCENT })).toBe(105n * PERCENT);
    expect(ratioOf({ weight: 1n, target: 3n })).toBe(ONE / 3n);
    expect(() => ratioOf({ weight: 1n, target: 0n })).toThrow(expect.objectContaining({ code: 'DIVISION_BY_ZERO' }));
  });

  it('cannot be made of an unchecked list', () => {
    // @ts-expect-error not in order, and of one day twice
    const unchecked: History = [
      { day: 1n, ratio },
      { day: 1n, ratio },
    ];
    expect(unchecked).toHaveLength(2);
  });
});

const deviation = fc.bigInt({ min: -ONE, max: 3n * ONE });

describe('docs/rules.md 7: sigma', () => {
  it('is the floor of the exact population standard deviation', () => {
    fc.assert(
      fc.property(fc.array(deviation, { minLength: 1, maxLength: 30 }), (deviations) => {
        const sigma = sigmaOf(historyOf(deviations));
        // n^2 sigma^2 <= n sum d^2 - (sum d)^2 < n^2 (sigma + 1)^2
        const n = BigInt(deviations.length);
        const sum = deviations.reduce((total, each) => total + each, 0n);
        const spread = n * deviations.reduce((total, each) => total + each * each, 0n) - sum * sum;
        expect((n * sigma) ** 2n <= spread && spread < (n * (sigma + 1n)) ** 2n).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of the observations, and a constant deviation has none', () => {
    fc.assert(
      fc.property(fc.array(deviation, { minLength: 1, maxLength: 30 }), deviation, (deviations, constant) => {
        expect(sigmaOf(historyOf([...deviations].reverse()))).toBe(sigmaOf(historyOf(deviations)));
        expect(sigmaOf(historyOf(deviations.map(() => constant)))).toBe(0n);
      }),
    );
  });

  it('is 0 of no observations', () => {
    expect(sigmaOf(NO_HISTORY)).toBe(0n);
  });
});

describe('docs/rules.md 7: the numbers are parameters', () => {
  it('a shorter window forgets sooner, a smaller multiple pauses sooner', () => {
    const parameters = bandParameters({ ...DEFAULT_BANDS, window: 7, multiple: 2n });
    const history = historyOf(
      [...Array.from({ length: 20 }, () => ONE), ...Array.from({ length: 7 }, () => 0n)],
      parameters,
    );
    expect(sigmaOf(history)).toBe(0n);
    expect(widthsFrom({ sigma: 10n * PERCENT, target: ONE }, parameters)).toEqual({
      x: 10n * PERCENT,
      y: 20n * PERCENT,
    });
  });

  it.each([
    { window: 0 },
    { window: 7.5 },
    { window: 256 },
    { leastObservations: 0 },
    { leastObservations: 31 },
    { leastNear: 0n },
    { leastNear: 41n * PERCENT },
    { leastSpread: 0n },
    { mostFar: 40n * PERCENT },
    { mostFar: ONE },
    { leastFar: ONE },
    { leastFarOfNav: -1n },
    { multiple: -1n },
    { pause: 0n },
    { longestPause: DAY - 1n },
    { agreement: ONE },
    { partAfterPause: 0n },
    { partAfterPause: ONE + 1n },
  ])('that have to fit: %o do not', (wrong) => {
    expect(() => bandParameters({ ...DEFAULT_BANDS, ...wrong })).toThrow(
      expect.objectContaining({ code: 'BAND_PARAMETERS' }),
    );
  });
});
