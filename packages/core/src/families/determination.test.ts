import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Q112 } from '../math/scales.ts';
import type { Calendar } from '../methodology/calendar.ts';
import * as Capitalisation from './capitalisation.ts';
import * as Determinations from './determination.ts';
import { asset, assetsTo, codeOf, percent } from './families.fixture.ts';
import { weightLimits } from './limited-weights.ts';
import { DEFAULT_NOTICE, noticePeriod } from './notice.ts';
import { type Period, periodOf } from './period.ts';
import { trackedWeights } from './tracked.ts';

const DAY = 86_400n;
const monthly: Calendar = { schedule: 'monthly', holidays: [] };
const quarterly: Calendar = { schedule: 'quarterly', holidays: [] };

const seconds = (text: string): bigint => BigInt(Date.parse(text)) / 1_000n;
const period = (month: string, calendar = monthly, notice = DEFAULT_NOTICE): Period => {
  const found = periodOf(month, { calendar, notice });
  if (found === undefined) throw new Error(`${month} has no period`);
  return found;
};
/** The months of 400 years, after which the calendar repeats. */
const months = Array.from(
  { length: 4_800 },
  (_, i) => `${2021 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
);

describe('docs/rules.md 4.2: the period of a determination', () => {
  it('stays where the calendar puts it when the notice fits', () => {
    expect(period('2022-06')).toEqual({
      determined: '2022-05-25',
      rebalanced: '2022-06-01',
      moved: false,
      determination: { from: seconds('2022-05-25T00:00:00Z'), until: seconds('2022-05-26T00:00:00Z') },
      reweigh: { from: seconds('2022-06-01T00:00:00Z'), until: seconds('2022-06-29T00:00:00Z') },
    });
    expect(period('2023-01').rebalanced).toBe('2023-01-02');
  });

  it('moves to the first business day after the notice when it does not fit', () => {
    // Determined on Wednesday the 28th; the notice ends with Friday, and the first business day after is Monday the 4th.
    expect(period('2024-03')).toMatchObject({ determined: '2024-02-28', rebalanced: '2024-03-04', moved: true });
    const holidays = ['2024-03-04'];
    expect(period('2024-03', { ...monthly, holidays }).rebalanced).toBe('2024-03-05');
    // Two days between are too few for 48 h from the end of the day, and enough for 24 h.
    expect(period('2023-12')).toMatchObject({ determined: '2023-11-29', rebalanced: '2023-12-04', moved: true });
    expect(period('2023-12', monthly, noticePeriod(DAY))).toMatchObject({ rebalanced: '2023-12-01', moved: false });
    // Both on one day: it always moves.
    expect(period('2024-03', quarterly)).toMatchObject({
      determined: '2024-03-15',
      rebalanced: '2024-03-18',
      moved: true,
    });
    expect(periodOf('2024-04', { calendar: quarterly, notice: DEFAULT_NOTICE })).toBeUndefined();
  });

  it('with 48 h of notice that is so in 28 % of months', () => {
    const moved = (of: readonly string[]) => of.filter((month) => period(month).moved).length;
    // 2021 to 2040: 28.75 %. Over the 400 years after which the calendar repeats: 28.58 %, about 2 weekdays of 7.
    expect(moved(months.slice(0, 240))).toBe(69);
    expect(moved(months)).toBe(1_372);
  });

  it('leaves the whole notice between the end of the day and the window, which ends with the next determination', () => {
    const notices = fc.bigInt(DAY, 30n * DAY).map(noticePeriod);
    fc.assert(
      fc.property(fc.constantFrom(...months.slice(0, 480)), notices, fc.boolean(), (month, notice, byQuarter) => {
        const calendar = byQuarter ? quarterly : monthly;
        let found: Period | undefined;
        try {
          found = periodOf(month, { calendar, notice });
        } catch (error) {
          expect(error).toMatchObject({ code: 'NOTICE_TOO_LONG' });
          expect(byQuarter).toBe(false);
          return;
        }
        if (found === undefined) return;
        expect(found.reweigh.from >= found.determination.until + notice).toBe(true);
        expect([1, 2, 3, 4, 5]).toContain(new Date(`${found.rebalanced}T00:00:00Z`).getUTCDay());
        expect(found.reweigh.until > found.reweigh.from).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

const listed = new Set(assetsTo(4));
const assets = assetsTo(4);
const supplies = new Map(
  assets.map((each, i) => [each, Capitalisation.firstSupply({ supply: BigInt([700, 200, 97, 3][i] ?? 0), at: 0n })]),
);
const prices = new Map(assets.map((each) => [each, Q112]));
const limits = weightLimits({ cap: percent(30), floor: percent(0.5) });
const weigh = (capitalisations: ReadonlyMap<(typeof assets)[number], bigint>) =>
  trackedWeights({ assets, listed, capitalisations, limits }).weights;
const march = period('2024-03');
const onTheDay = { at: seconds('2024-02-28T00:00:00Z'), assets, supplies, prices };
const inTheWindow = { at: march.reweigh.from, listed, legs: listed, live: listed, nav: 10n ** 12n, weigh };
const determined = Determinations.record(Determinations.begin(march), onTheDay);

describe('docs/rules.md 4.2: determination', () => {
  it('is recorded by anyone on its day, and once: no caller picks the minute', () => {
    const begun = Determinations.begin(march);
    const at = (moment: string) => codeOf(() => Determinations.record(begun, { ...onTheDay, at: seconds(moment) }));
    expect(at('2024-02-27T23:59:59Z')).toBe('NOT_ITS_DAY');
    expect(at('2024-02-28T23:59:59Z')).toBe('nothing was thrown');
    expect(at('2024-02-29T00:00:00Z')).toBe('NOT_ITS_DAY');
    const later = { ...onTheDay, at: onTheDay.at + 1n, prices: new Map(assets.map((each) => [each, 2n * Q112])) };
    expect(codeOf(() => Determinations.record(determined, later))).toBe('ALREADY_RECORDED');
  });

  it('with a price missing nothing is recorded, and it can be tried again', () => {
    const begun = Determinations.begin(march);
    const three = new Map([...prices].slice(1));
    expect(codeOf(() => Determinations.record(begun, { ...onTheDay, prices: three }))).toBe('PRICE_MISSING');
    expect(Determinations.record(begun, { ...onTheDay, at: onTheDay.at + 60n }).kind).toBe('determined');
  });

  it('the reweigh uses the capitalisations of the day, whatever they are now', () => {
    const { weights } = Determinations.reweigh(determined, inTheWindow);
    expect(weights.map(({ weight }) => weight)).toEqual([30, 30, 30, 10].map(percent));
  });
});

describe('docs/rules.md 4.2: reweigh', () => {
  it('is open to anyone in its window, at most once per period', () => {
    const at = (moment: bigint) => codeOf(() => Determinations.reweigh(determined, { ...inTheWindow, at: moment }));
    expect(at(march.reweigh.from - 1n)).toBe('OUTSIDE_WINDOW');
    expect(at(march.reweigh.until - 1n)).toBe('nothing was thrown');
    expect(at(march.reweigh.until)).toBe('OUTSIDE_WINDOW');
    const { state } = Determinations.reweigh(determined, inTheWindow);
    expect(codeOf(() => Determinations.reweigh(state, inTheWindow))).toBe('ALREADY_REWEIGHED');
    expect(codeOf(() => Determinations.record(state, onTheDay))).toBe('ALREADY_RECORDED');
  });

  it('with a price missing the period stays open', () => {
    const live = new Set([asset(0), asset(1)]);
    expect(codeOf(() => Determinations.reweigh(determined, { ...inTheWindow, live }))).toBe('PRICE_NOT_LIVE');
    expect(codeOf(() => Determinations.reweigh(determined, { ...inTheWindow, nav: 1n }))).toBe('TOO_SMALL');
    expect(Determinations.reweigh(determined, { ...inTheWindow, at: inTheWindow.at + DAY }).state.kind).toBe(
      'reweighed',
    );
  });

  it('does nothing in a period that was not recorded', () => {
    const begun = Determinations.begin(march);
    expect(codeOf(() => Determinations.reweigh(begun, inTheWindow))).toBe('NOT_DETERMINED');
  });
});
