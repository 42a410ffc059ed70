import { parseMethodology } from '@wicker/core';
import type { DailyTable } from '@wicker/data';
import { describe, expect, it } from 'vitest';
import { backtest } from './backtest.ts';
import type { Members } from './members.ts';
import type { BacktestResult } from './result.ts';
import { randomTable, screeningFile } from './table.fixture.ts';

const DAYS = 400;
const made = randomTable(7, DAYS, 12);
/** With net yields that walk as the prices do. */
const table = { ...made, netYield: made.price.map((price) => 0.01 + (price % 1) / 10) };
const members: Members = {
  ...{ id: 'some', title: 'Some', categories: [], terms: [] },
  periods: [
    { from: '2021-01', source: 'x', assets: table.ids.slice(0, 9) },
    { from: '2021-06', source: 'x', assets: table.ids.slice(1) },
  ],
  attestations: [{ from: '2021-01', source: 'x', rules: ['safety'], holds: true }],
};

/** The same until a day; everything else after it: prices, market caps, supplies, liquidity, net yields, listings, members and attested facts. */
const plantedAfter = (day: number): { table: DailyTable; members: Members } => {
  const change = (column: Float64Array | undefined, of: (value: number, cell: number) => number): Float64Array =>
    (column ?? new Float64Array(0)).map((value, cell) =>
      cell < (day + 1) * table.ids.length ? value : of(value, cell),
    );
  const month = (table.days[day] ?? '').slice(0, 7);
  return {
    table: {
      ...table,
      price: change(table.price, (value, cell) => (cell % 5 === 0 ? Number.NaN : value * (1 + (cell % 1000)))),
      marketCap: change(table.marketCap, (value, cell) => value * (1 + (cell % 7) ** 6)),
      circulatingSupply: change(table.circulatingSupply, (value, cell) => (0.5 + (cell % 3)) * value),
      totalSupply: change(table.totalSupply, (value, cell) => value * (1 + (cell % 2))),
      netYield: change(table.netYield, (value, cell) => value * (cell % 4)),
      liquidity: change(table.liquidity, (value, cell) => (0.9 + (cell % 5)) * value),
    },
    members: {
      ...members,
      periods: [
        ...members.periods.filter(({ from }) => from <= month),
        { from: nextOf(month), source: 'x', assets: table.ids.slice(2, 11) },
      ],
      attestations: [
        ...members.attestations,
        { from: nextOf(month), source: 'x', rules: ['safety'], holds: false, assets: ['asset-05'] },
      ],
    },
  };
};

/** The first month whose determination, late in the month before, may be after any day of a month. */
const nextOf = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number + 1, 1)).toISOString().slice(0, 7);
};

/** What was known on a day. */
const until = ({ nav, rebalances, ledger, days }: BacktestResult, day: string) => {
  const count = days.filter((one) => one <= day).length;
  return {
    nav: { gross: nav.gross.slice(0, count), net: nav.net.slice(0, count) },
    rebalances: rebalances.filter((one) => one.day <= day),
    paid: ledger.filter((one) => one.day <= day).map(({ day: on, asset, kind, paidUsd }) => [on, asset, kind, paidUsd]),
  };
};

describe.each([
  ['calendar', 'market-cap'],
  ['bands', 'market-cap'],
  ['calendar', 'net-yield'],
] as const)('no look-ahead: %s, by %s', (rebalancing, by) => {
  const methodology = parseMethodology(screeningFile({ weights: { by, cap: 1, floor: 0.01 } }));
  const run = (some: { table: DailyTable; members: Members }) =>
    backtest({ methodology, settings: { rebalancing }, ...some });
  const whole = run({ table, members });

  // Days of determination, of rebalances, the days before them, and any others.
  it.each([
    '2021-04-28',
    '2021-05-02',
    '2021-05-03',
    '2021-06-29',
    '2021-07-01',
    '2021-08-15',
    '2021-09-30',
    '2021-12-24',
  ])('what comes after %s changes nothing to that day', (day) => {
    const planted = run(plantedAfter(table.days.indexOf(day)));
    expect(until(planted, day)).toEqual(until(whole, day));
    expect(planted.nav.gross.at(-1)).not.toBe(whole.nav.gross.at(-1));
    expect(until(whole, day).rebalances.length).toBeGreaterThan(1);
  });

  it('a back-test to a day is the beginning of a longer one', () => {
    const day = '2021-09-30';
    expect(until(backtest({ methodology, table, members, to: day, settings: { rebalancing } }), day)).toEqual(
      until(whole, day),
    );
  });
});
