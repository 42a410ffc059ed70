import { parseMethodology } from '@wicker/core';
import { describe, expect, it } from 'vitest';
import { backtest } from './backtest.ts';
import { everyAsset, type Members } from './members.ts';
import { parseGridText } from './sweep/grid.ts';
import { sweep } from './sweep/sweep.ts';
import { type AssetSeries, CALM, DEEP, fileOf, tableOf } from './table.fixture.ts';

const FIRST = '2023-01-01';
const DAYS = 200;
const NAV = 1e6;
const ETH = 2_000;

/** A principal token that is told by its net yield, as the market sees it, and has no price of its own. */
const principal = (netYield: number): AssetSeries => ({
  price: () => undefined,
  marketCap: () => 1e8,
  netYield: () => netYield,
});

const MATURITIES = { near: '2023-04-20', far: '2023-09-28', 'far-too': '2023-12-28' };
const termsOf = (maturities: Readonly<Record<string, string>> = MATURITIES): Members => ({
  ...everyAsset(['ethereum', ...Object.keys(maturities)]),
  terms: [{ source: 'x', underlying: 'ethereum', maturities }],
});

const json = (rollDaysBefore: number, change: Record<string, unknown> = {}) =>
  fileOf({
    weights: { by: 'net-yield', cap: 0.5, floor: 0 },
    fixedTerm: { underlying: 'ethereum', rollDaysBefore },
    ...change,
  });
const methodology = (rollDaysBefore: number, change: Record<string, unknown> = {}) =>
  parseMethodology(json(rollDaysBefore, change));

const eth: AssetSeries = { price: () => ETH };
const table = tableOf(FIRST, DAYS, {
  ...{ ethereum: eth, near: principal(0.08), far: principal(0.04), 'far-too': principal(0.02) },
});

const daysTo = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;
/** {ETH} of a principal token by its discount. */
const discounted = (netYield: number, from: string, to: string): number =>
  1 / (1 + (netYield * daysTo(from, to)) / 365);

describe('fixed terms (docs/rules.md 4.1)', () => {
  const run = (rollDaysBefore = 7) =>
    backtest({ methodology: methodology(rollDaysBefore), table, members: termsOf(), settings: DEEP });

  it('prices principal tokens by their discount', () => {
    const { nav, days, rebalances } = run();
    expect(days[0]).toBe('2023-02-01');
    // By yields 8 : 4 : 2 with a cap of a half: 1/2, 1/3, 1/6.
    expect(rebalances[0]?.assets.map(({ id, after }) => [id, after])).toEqual([
      ['near', 0.5],
      ['far', expect.closeTo(1 / 3, 12)],
      ['far-too', expect.closeTo(1 / 6, 12)],
    ]);
    const grown = (netYield: number, to: string): number =>
      discounted(netYield, '2023-02-28', to) / discounted(netYield, '2023-02-01', to);
    const expected =
      grown(0.08, MATURITIES.near) / 2 + grown(0.04, MATURITIES.far) / 3 + grown(0.02, MATURITIES['far-too']) / 6;
    expect(nav.gross[days.indexOf('2023-02-28')]).toBeCloseTo(NAV * expected, 6);
  });

  it('rolls a term its days before maturity, into those that outlast the next rebalance', () => {
    const rolls = run().rebalances.filter(({ reason }) => reason === 'roll');
    expect(rolls).toMatchObject([
      {
        ...{ day: '2023-04-13', determined: '2023-04-13' },
        left: [{ id: 'near', rule: 'maturity', value: '-11', threshold: '7' }],
      },
    ]);
    expect(rolls[0]?.assets).toMatchObject([{ id: 'far' }, { id: 'far-too' }, { id: 'near', after: 0 }]);
    expect(rolls[0]?.assets.map(({ after }) => after)).toEqual([0.5, 0.5, 0]);
  });

  it('is repaid at maturity, in no pool: such a roll costs gas alone, and what is bought costs as ever', () => {
    const costs = { poolFeeBps: 30, gasUsdPerTrade: 10, managementFee: 0 };
    const costsOf = (rollDaysBefore: number) => {
      const { ledger, rebalances, days, nav } = backtest({
        ...{ methodology: methodology(rollDaysBefore, { costs }), table, members: termsOf(), settings: CALM },
      });
      const day = rebalances.find(({ reason }) => reason === 'roll')?.day ?? '';
      const items = ledger.filter((item) => item.day === day && item.asset === 'near');
      return { day, items: items.map(({ kind, paidUsd }) => [kind, paidUsd]), nav: nav.gross[days.indexOf(day)] };
    };
    expect(costsOf(0)).toMatchObject({ day: '2023-04-20', items: [['gas', 10]] });
    expect(costsOf(7).items.map(([kind]) => kind)).toEqual(['pool-fee', 'impact', 'gas']);
  });

  it('leaves terms alone that are not held', () => {
    const equal = methodology(7, { weights: { by: 'net-yield', cap: 1, floor: 0.2 } });
    // 8/14, 4/14; the last is below a fifth. It matures within the time, and nothing happens.
    const maturities = { near: MATURITIES['far-too'], far: MATURITIES.far, 'far-too': MATURITIES.near };
    const { rebalances } = backtest({ methodology: equal, table, members: termsOf(maturities), settings: DEEP });
    expect(rebalances.map(({ reason }) => reason)).not.toContain('roll');
    expect(rebalances.every(({ left }) => left.length === 0)).toBe(true);
  });

  it('is worth its underlying after maturity, for a fund that keeps it', () => {
    const keeping = parseMethodology(
      fileOf({ calendar: { schedule: 'monthly' }, weights: { by: 'equal', cap: 1, floor: 0 } }),
    );
    const near = tableOf(FIRST, DAYS, { ethereum: { price: (day) => ETH + day }, near: principal(0.08) });
    const considered: Members = {
      ...termsOf({ near: MATURITIES.near }),
      periods: [{ from: '2023-01', source: 'x', assets: ['near'] }],
    };
    const { nav, days, findings } = backtest({
      methodology: keeping,
      table: near,
      members: considered,
      settings: DEEP,
    });
    const [matured, last] = [days.indexOf(MATURITIES.near), days.length - 1];
    const ethOn = (i: number): number => ETH + 31 + i;
    const tokens = NAV / (ethOn(0) * discounted(0.08, '2023-02-01', MATURITIES.near));
    expect(nav.gross[matured]).toBeCloseTo(tokens * ethOn(matured), 6);
    expect(nav.gross[last]).toBeCloseTo(tokens * ethOn(last), 6);
    expect(findings).toEqual([]);
  });

  it('a price of its own stands', () => {
    const priced: AssetSeries = { ...principal(0.04), price: (day) => 1_900 + day / 10 };
    const own = tableOf(FIRST, DAYS, { ethereum: eth, far: priced, 'far-too': principal(0.02) });
    const { nav, rebalances } = backtest({
      ...{ methodology: methodology(7), table: own, settings: DEEP, to: '2023-02-10' },
      members: termsOf({ far: MATURITIES.far, 'far-too': MATURITIES['far-too'] }),
    });
    expect(rebalances[0]?.assets.map(({ after }) => after)).toEqual([0.5, 0.5]);
    const other =
      discounted(0.02, '2023-02-10', MATURITIES['far-too']) / discounted(0.02, '2023-02-01', MATURITIES['far-too']);
    expect(nav.gross.at(-1)).toBeCloseTo(NAV * ((1_900 + 4) / (1_900 + 3.1) / 2 + other / 2), 6);
  });

  it('a sweep gives what back-tests give', async () => {
    const grid = parseGridText(
      JSON.stringify({
        format: 1,
        parameters: { 'fixedTerm.rollDaysBefore': [0, 3, 7, 30], 'weights.by': ['net-yield', 'equal'] },
      }),
    );
    const request = { table, members: termsOf(), settings: DEEP };
    const { scenarios } = await sweep({ ...request, json: json(7), grid });
    for (const { values, outcome } of scenarios) {
      const [days, by] = values;
      const weights = { by, cap: 0.5, floor: 0 };
      const { statistics, rebalances } = backtest({ ...request, methodology: methodology(Number(days), { weights }) });
      expect(rebalances.map(({ reason }) => reason)).toContain('roll');
      expect(outcome).toMatchObject({
        figures: { statistics: { totalReturn: expect.closeTo(statistics.net.totalReturn, 12) } },
      });
    }
  });

  it('what comes after the day of a roll changes nothing to that day', () => {
    const day = 110;
    const planted = {
      ...table,
      price: table.price.map((value, cell) => (cell < day * 4 ? value : value * 3)),
      netYield: table.netYield?.map((value, cell) => (cell < day * 4 ? value : value / 2 + 0.3)) ?? new Float64Array(0),
    };
    const whole = run();
    const other = backtest({ methodology: methodology(7), table: planted, members: termsOf(), settings: DEEP });
    const first = day - (DAYS - whole.days.length);
    expect(whole.rebalances.findLast(({ day: on }) => on <= (whole.days[first - 1] ?? ''))?.reason).toBe('roll');
    expect(other.nav.net.slice(0, first)).toEqual(whole.nav.net.slice(0, first));
    expect(other.nav.net[first]).not.toEqual(whole.nav.net[first]);
  });

  it.each([
    ["prices of 'bitcoin'", { fixedTerm: { underlying: 'bitcoin', rollDaysBefore: 7 } }, termsOf()],
    ["terms of 'ethereum'", {}, everyAsset(table.ids)],
  ])('says that it needs %s', (needed, change, members) => {
    expect(() => backtest({ methodology: methodology(7, change), table, members })).toThrow(
      expect.objectContaining({ code: 'NOT_TESTABLE', message: expect.stringContaining(needed) }),
    );
  });

  it('says on which day no other term is left', () => {
    const members = termsOf({ near: MATURITIES.near });
    const alone = methodology(7, { weights: { by: 'net-yield', cap: 1, floor: 0 } });
    expect(() => backtest({ methodology: alone, table, members, settings: CALM })).toThrow(
      expect.objectContaining({ code: 'NO_ASSETS', message: expect.stringContaining('determined on 2023-04-13') }),
    );
  });
});

describe('rolls and the calendar', () => {
  const allOf = (ids: readonly string[], netYields: readonly number[]) =>
    tableOf(FIRST, DAYS, {
      ethereum: eth,
      ...Object.fromEntries(ids.map((id, i) => [id, principal(netYields[i] ?? 0)])),
    });
  const heldOf = (assets: readonly { readonly id: string; readonly after: number }[] = []): string[] =>
    assets.flatMap(({ id, after }) => (after > 0 ? [id] : [])).sort();

  it('a roll between a determination and its rebalance keeps what lasts until that rebalance', () => {
    // Determined on 2023-03-29, rebalanced on 2023-04-03; `near` is rolled on 2023-03-31, `middle` on 2023-04-13.
    const maturities = { near: '2023-04-07', middle: '2023-04-20', far: '2023-09-28' };
    const { rebalances } = backtest({
      ...{ methodology: methodology(7, { weights: { by: 'equal', cap: 1, floor: 0 } }), members: termsOf(maturities) },
      ...{ table: allOf(Object.keys(maturities), [0.08, 0.04, 0.02]), settings: DEEP },
    });
    const found = rebalances.map(({ day, assets }) => [day, heldOf(assets)]);
    expect(found.slice(2, 5)).toEqual([
      ['2023-03-31', ['far', 'middle']],
      ['2023-04-03', ['far', 'middle']],
      ['2023-04-13', ['far']],
    ]);
  });

  const SPLITS = [
    {
      asset: 'far',
      into: 'far-too',
      shares: [
        { from: '2023-03', share: 0.25 },
        { from: '2023-04', share: 0.5 },
      ],
    },
  ];
  const splitting = { weights: { by: 'equal', cap: 1, floor: 0, splits: SPLITS } };
  const early = { near: '2023-03-17', far: '2023-09-28', 'far-too': '2023-12-28' };
  const considered: Members = {
    ...termsOf(early),
    periods: [{ from: '2023-01', source: 'x', assets: ['near', 'far'] }],
  };

  it('a roll has the splits of the rebalance before it', () => {
    const { rebalances } = backtest({
      ...{ methodology: methodology(7, splitting), table, members: considered, settings: DEEP },
    });
    const parts = rebalances.map(({ day, assets }) => [day, assets.find(({ id }) => id === 'far-too')?.after ?? 0]);
    expect(parts.slice(1, 4)).toEqual([
      ['2023-03-01', 0.125],
      ['2023-03-10', 0.25],
      ['2023-04-03', 0.5],
    ]);
  });

  it('and so has a sweep', async () => {
    const grid = parseGridText(JSON.stringify({ format: 1, parameters: { 'fixedTerm.rollDaysBefore': [7] } }));
    const request = { table, members: considered, settings: DEEP };
    const { scenarios } = await sweep({ ...request, json: json(7, splitting), grid });
    const { statistics } = backtest({ ...request, methodology: methodology(7, splitting) });
    expect(scenarios[0]?.outcome).toMatchObject({
      figures: { statistics: { totalReturn: expect.closeTo(statistics.net.totalReturn, 12) } },
    });
  });

  it('a roll has the members of the rebalance before it, though one of its own month comes later', () => {
    // Quarterly: rebalanced on 2023-03-17 and 2023-06-16; `near` is rolled on 2023-06-05.
    const maturities = { near: '2023-06-12', far: '2024-03-28', 'far-too': '2024-06-27' };
    const quarterly = methodology(7, {
      calendar: { schedule: 'quarterly' },
      weights: { by: 'equal', cap: 1, floor: 0 },
    });
    const growing: Members = {
      ...termsOf(maturities),
      periods: [
        { from: '2023-01', source: 'x', assets: ['near', 'far'] },
        { from: '2023-06', source: 'x', assets: ['far', 'far-too'] },
      ],
    };
    const { rebalances } = backtest({ methodology: quarterly, table, members: growing, settings: DEEP });
    expect(rebalances.map(({ day, reason, assets }) => [day, reason, heldOf(assets)])).toEqual([
      ['2023-03-17', 'start', ['far', 'near']],
      ['2023-06-05', 'roll', ['far']],
      ['2023-06-16', 'calendar', ['far', 'far-too']],
    ]);
  });

  it('a term whose prices ended is held no more, and so not rolled', () => {
    // Bought on 2023-04-03, delisted on 2023-04-11, two days before it would be rolled.
    const ends = (day: number): number | undefined => (day <= daysTo(FIRST, '2023-04-03') ? 0.08 : undefined);
    const ended = tableOf(FIRST, DAYS, {
      ...{ ethereum: eth, near: { ...principal(0.08), netYield: ends } },
      ...{ far: principal(0.04), 'far-too': principal(0.02) },
    });
    const { rebalances } = backtest({ methodology: methodology(7), table: ended, members: termsOf(), settings: DEEP });
    const april = rebalances.filter(({ day }) => day.startsWith('2023-04'));
    expect(april.map(({ day, reason }) => [day, reason])).toEqual([
      ['2023-04-03', 'calendar'],
      ['2023-04-11', 'delisting'],
    ]);
  });

  it('a benchmark that begins after a roll holds what the roll bought', () => {
    // Of the calendar it is on 2023-03-01, the roll on 2023-03-16, and the fund begins on 2023-03-17.
    const terms = methodology(7, { id: 'terms', weights: { by: 'equal', cap: 1, floor: 0 } });
    const navWith = (after: number) => {
      const wild = {
        ...principal(0.08),
        price: (day: number) => (day > daysTo(FIRST, '2023-03-17') ? after : undefined),
      };
      const { benchmarks } = backtest({
        methodology: parseMethodology(
          fileOf({ calendar: { schedule: 'quarterly' }, weights: { by: 'equal', cap: 1, floor: 0 } }),
        ),
        table: tableOf(FIRST, DAYS, { ethereum: eth, near: wild, far: principal(0.04), 'far-too': principal(0.02) }),
        members: {
          ...termsOf({ ...MATURITIES, near: '2023-03-23' }),
          periods: [{ from: '2023-01', source: 'x', assets: ['near', 'far', 'far-too'] }],
        },
        benchmarks: [{ kind: 'methodology', methodology: terms }],
        settings: DEEP,
      });
      return benchmarks[0]?.nav;
    };
    expect(navWith(1_000)).toEqual(navWith(1_990));
  });

  it('from maturity on no price of its own counts, on a day without one of the underlying either', () => {
    const missing = daysTo(FIRST, '2023-04-25');
    const gap = tableOf(FIRST, DAYS, {
      ethereum: { price: (day) => (day === missing ? undefined : ETH) },
      near: { ...principal(0.08), price: (day) => (day >= missing ? 1_900 : undefined) },
    });
    const keeping = parseMethodology(fileOf());
    const members: Members = {
      ...termsOf({ near: MATURITIES.near }),
      periods: [{ from: '2023-01', source: 'x', assets: ['near'] }],
    };
    const { nav, days } = backtest({ methodology: keeping, table: gap, members, settings: DEEP });
    const at = days.indexOf('2023-04-25');
    expect(nav.gross[at]).toBeCloseTo(nav.gross[at - 1] ?? 0, 6);
  });
});

describe('net yields', () => {
  it('weigh by the figure of the day of determination', () => {
    const yields = (day: number): number => (day < 60 ? 0.01 : 0.03);
    const prices = tableOf(FIRST, 120, {
      a: { price: () => 1, netYield: () => 0.03 },
      b: { price: () => 2, netYield: yields },
      none: { price: () => 3, netYield: () => 0 },
    });
    const { rebalances } = backtest({
      ...{ table: prices, settings: DEEP },
      methodology: parseMethodology(fileOf({ weights: { by: 'net-yield', cap: 1, floor: 0 } })),
    });
    const weights = rebalances.map(({ day, assets }) => [day, assets.find(({ id }) => id === 'a')?.after]);
    expect(weights).toEqual(
      [
        ['2023-02-01', 0.75],
        ['2023-03-01', 0.75],
        ['2023-04-03', 0.5],
        ['2023-05-01', 0.5],
      ].slice(0, weights.length),
    );
    expect(rebalances[0]?.excluded).toMatchObject([{ id: 'none', rule: 'net-yield', value: '0' }]);
  });
});
