import { parseMethodology } from '@wicker/core';
import { describe, expect, it } from 'vitest';
import { backtest } from '../backtest.ts';
import { determinationsOf } from '../determinations.ts';
import { marketOf } from '../market.ts';
import type { Members } from '../members.ts';
import { sweepPage } from '../report/index.ts';
import { beginningsOf, measureOf } from '../result.ts';
import { scheduleFrom } from '../schedule.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';
import { fileOf, randomTable, screeningFile } from '../table.fixture.ts';
import { fastDeterminationsOf } from './fast-determinations.ts';
import { combinationsOf, methodologyWith, parseGridText, valuesAt } from './grid.ts';
import { sweep } from './sweep.ts';

const table = randomTable(21, 300, 14);
const members: Members = {
  ...{ id: 'some', title: 'Some', categories: [], terms: [] },
  periods: [{ from: '2021-01', source: 'x', assets: [...table.ids] }],
  attestations: [{ from: '2021-01', source: 'x', rules: ['safety'], holds: true }],
};
const json = screeningFile({ selection: { size: 8, enter: 5, stay: 11 } });
const gridOf = (parameters: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  parseGridText(JSON.stringify({ format: 1, parameters, ...more }));

describe('a sweep', () => {
  const grid = gridOf({
    'weights.by': ['market-cap', 'sqrt-market-cap', 'equal'],
    // Eight of a size: 0.125 of each is exactly 1.
    'weights.cap': [0.125, 0.2, 0.35, 1],
    'weights.floor': [0, 0.01, 0.05],
    'screening.liquidity.minUsd': [4_000_000, 4_500_000],
  });

  it('weighs as the exact engine does', () => {
    const market = marketOf(table, DEFAULT_SETTINGS.policy);
    const known = new Map();
    let decided = 0;
    for (let place = 0; place < combinationsOf(grid); place += 1) {
      const methodology = methodologyWith(json, grid, valuesAt(grid, place));
      const schedule = scheduleFrom(methodology.calendar, market.table.days, table.days[0] ?? '');
      const [exact, fast] = [determinationsOf, fastDeterminationsOf].map((of) => {
        try {
          return of === determinationsOf
            ? determinationsOf(market, methodology, members, schedule)
            : fastDeterminationsOf(market, methodology, members, table.days[0] ?? '', known);
        } catch (error) {
          return String(error).slice(0, 30);
        }
      });
      if (typeof exact !== 'object' || typeof fast !== 'object') continue;
      decided += 1;
      for (const [i, { assets, weights, scheduled }] of exact.entries()) {
        expect(fast[i]?.assets).toEqual(assets);
        expect(fast[i]?.scheduled).toEqual(scheduled);
        for (const [k, weight] of weights.entries())
          expect(Math.abs((fast[i]?.weights[k] ?? 0) - weight)).toBeLessThan(1e-12);
      }
    }
    expect(decided).toBeGreaterThan(40);
    expect(known.size).toBe(6);
  });

  it('gives the figures of back-tests, and says what could not be', async () => {
    const { scenarios, best, measure } = await sweep({ json, grid, table, members });
    expect(scenarios).toHaveLength(72);
    let failed = 0;
    for (const { values, outcome } of scenarios) {
      const request = { methodology: methodologyWith(json, grid, values), table, members };
      if (outcome.kind === 'failed') {
        failed += 1;
        expect(() => backtest(request)).toThrow(expect.objectContaining({ code: outcome.code }));
        continue;
      }
      const { statistics, rebalances } = backtest(request);
      for (const name of ['totalReturn', 'cagr', 'volatility', 'sharpe', 'sortino'] as const) {
        expect(outcome.figures.statistics[name]).toBeCloseTo(statistics.net[name] ?? 0, 9);
      }
      expect(outcome.figures.statistics.maxDrawdown?.trough).toBe(statistics.net.maxDrawdown?.trough);
      const turnover = rebalances.reduce((sum, one) => sum + one.turnover, 0);
      expect(outcome.figures.yearlyTurnover).toBeGreaterThan(turnover);
    }
    expect(failed).toBeGreaterThanOrEqual(0);
    const values = scenarios.flatMap((scenario) => measureOf(scenario, measure) ?? []);
    expect(
      measureOf(scenarios[best ?? -1] ?? { values: [], outcome: { kind: 'failed', code: '', message: '' } }, measure),
    ).toBe(Math.max(...values));
  });

  it('is the same on two threads, and tells how far it is', async () => {
    const told: number[] = [];
    const request = { json, grid, table, members };
    const one = await sweep({ ...request, threads: 1 });
    const two = await sweep({ ...request, threads: 2, onProgress: (done, count) => told.push(done / count) });
    expect(two).toEqual(one);
    expect(told.at(-1)).toBe(1);
  });

  it('knows that another calendar begins on another day', async () => {
    const calendars = gridOf({ 'calendar.schedule': ['monthly', 'quarterly'] });
    const result = await sweep({ json, grid: calendars, table, members });
    expect(beginningsOf(result)).toEqual(['2021-02-01', '2021-03-19']);
    expect(sweepPage(result)).toContain('They begin on different days, 2021-02-01 to 2021-03-19');
    const caps = await sweep({ json, grid: gridOf({ 'weights.cap': [0.4, 0.5] }), table, members });
    expect(beginningsOf(caps)).toBeUndefined();
    expect(sweepPage(caps)).not.toContain('different days');
  });

  it('keeps a scenario that is infeasible apart', async () => {
    const { scenarios, best } = await sweep({ json, grid: gridOf({ 'weights.cap': [0.05, 0.5] }), table, members });
    expect(scenarios.map(({ outcome }) => outcome.kind)).toEqual(['failed', 'done']);
    expect(scenarios[0]?.outcome).toMatchObject({
      code: 'INFEASIBLE_CAP',
      message: expect.stringContaining('determined on'),
    });
    expect(best).toBe(1);
  });

  it('splits the weight of an asset as the exact engine does', async () => {
    const [asset = '', into = ''] = [table.ids[3], table.ids[0]];
    const weights = {
      ...{ by: 'market-cap', cap: 0.4, floor: 0.01 },
      splits: [
        {
          asset,
          into,
          shares: [
            { from: '2021-03', share: 0.2 },
            { from: '2021-06', share: 0.6 },
          ],
        },
      ],
    };
    const split = fileOf({ weights });
    const { scenarios } = await sweep({ json: split, grid: gridOf({ 'weights.cap': [0.4] }), table });
    const { statistics } = backtest({ methodology: parseMethodology(split), table });
    expect(scenarios[0]?.outcome).toMatchObject({
      figures: { statistics: { totalReturn: expect.closeTo(statistics.net.totalReturn, 12) } },
    });
  });
});

describe('a grid', () => {
  it('counts the last parameter fastest', () => {
    const grid = gridOf({ 'weights.cap': [0.3, 0.5], 'weights.floor': [0, 0.01, 0.02] }, { measure: 'cagr' });
    expect(grid.measure).toBe('cagr');
    expect(combinationsOf(grid)).toBe(6);
    expect([0, 1, 3, 5].map((place) => valuesAt(grid, place))).toEqual([
      [0.3, 0],
      [0.3, 0.01],
      [0.5, 0],
      [0.5, 0.02],
    ]);
  });

  it.each([
    [/measure/, { parameters: { a: [1] }, measure: 'luck' }],
    [/parameters\.a: give at least one value/, { parameters: { a: [] } }],
    [/give at least one parameter/, { parameters: {} }],
    [/parameters\.a: 1 occurs twice/, { parameters: { a: [1, 1] } }],
    [/line \d+: parameters\.a\[0\]: a value is/, { parameters: { a: [{}] } }],
    [
      /1000000 combinations/,
      {
        parameters: Object.fromEntries(['a', 'b', 'c'].map((name) => [name, Array.from({ length: 100 }, (_, i) => i)])),
      },
    ],
  ])('says what is wrong: %s', (message, file) => {
    expect(() => parseGridText(JSON.stringify({ format: 1, ...file }))).toThrow(message);
  });

  it.each([
    ['NO_SUCH_FIELD', { 'weights.cap.x': [1] }],
    ['INVALID_FILE', { 'weights.capp': [1] }],
    ['INVALID_FILE', { 'weights.cap': [0.3, 3] }],
    ['INVALID_FILE', { 'calendar.schedule': ['weekly'] }],
  ])('refuses with %s before anything runs: %j', async (code, parameters) => {
    await expect(sweep({ json, grid: gridOf(parameters), table, members })).rejects.toMatchObject({ code });
  });
});
