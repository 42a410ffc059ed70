import { describe, expect, it, vi } from 'vitest';
import { tableIn, textOf } from '../../../report/src/page.fixture.ts';
import { backtest } from '../backtest.ts';
import { CALM, methodologyOf, randomTable, tableOf } from '../table.fixture.ts';
import { backtestPage } from './backtest-page.tsx';

/** Of one asset, whose price is the value of the fund: 100 in February, 110 in March, 88 in April, and 99 to the end. */
const LADDER = backtest({
  methodology: methodologyOf(),
  table: tableOf('2021-01-01', 125, {
    coin: { price: (day) => (day < 59 ? 100 : day < 90 ? 110 : day < 120 ? 88 : 99) },
    other: { price: () => 5 },
  }),
  members: {
    ...{ id: 'm', title: 'Members', categories: [], attestations: [], terms: [] },
    periods: [{ from: '2021-01', source: 's', assets: ['coin'] }],
  },
  benchmarks: [{ kind: 'asset', id: 'other' }],
  settings: { ...CALM, capitalUsd: 1_000 },
});

/** Of a market that never was, with everything that can happen in it. */
const eventful = (rebalancing: 'calendar' | 'bands' = 'calendar') =>
  backtest({
    methodology: methodologyOf({
      screening: {
        ...{ category: null, supply: null, liquidity: null, liquidityHistory: null, priceImpact: null, attested: [] },
        priceHistory: { minDays: 40 },
      },
      selection: { size: 4 },
      weights: { by: 'market-cap', cap: 0.4, floor: 0.01 },
      costs: { poolFeeBps: 30, gasUsdPerTrade: 10, managementFee: 0.01 },
    }),
    table: randomTable(7, 400, 8),
    from: '2021-03-15',
    settings: { rebalancing },
  });

describe('backtestPage', () => {
  it('has the returns of months and years', () => {
    expect(tableIn(backtestPage(LADDER), 'Returns in percent')).toEqual([
      ['year', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec', 'year'],
      ['2021', '', '0.0', '10.0', '−20.0', '12.5', '', '', '', '', '', '', '', '−1.0'],
    ]);
  });

  it('has the statistics of the fund and its benchmarks side by side', () => {
    const rows = tableIn(backtestPage(LADDER), 'Statistics: 365 days a year, risk-free rate 0.0 %') ?? [];
    expect(rows[0]).toEqual(['figure', 'net of costs', 'before costs', 'other']);
    expect(rows.slice(1)).toContainEqual(['total return', '−1.0 %', '−1.0 %', '0.0 %']);
    expect(rows).toContainEqual(['maximum drawdown', '20.0 %', '20.0 %', '0.0 %']);
    expect(rows).toContainEqual(['fell from', '2021-03-31', '2021-03-31', '–']);
    expect(rows).toContainEqual(['to', '2021-04-01', '2021-04-01', '–']);
    expect(rows).toContainEqual(['back on', 'not yet', 'not yet', '–']);
    // other never moved, and has no ratio to a deviation of 0
    expect(rows.find(([name]) => name === 'Sharpe ratio')?.[3]).toBe('–');
  });

  it('adds up what was paid, and what that took from the last day', () => {
    const result = eventful();
    const rows = tableIn(backtestPage(result), 'Costs in USD') ?? [];
    const numberOf = (text = ''): number => Number(text.replaceAll(' ', '').replace('−', '-'));
    const kinds = rows.slice(1, -1);
    expect(kinds.map(([kind]) => kind)).toEqual(['management fee', 'pool fees', 'impact', 'gas', 'delisting']);
    for (const column of [1, 2]) {
      const sum = kinds.reduce((total, row) => total + numberOf(row[column]), 0);
      expect(sum).toBeCloseTo(numberOf(rows.at(-1)?.[column]), 1);
    }
    const { gross, net } = result.nav;
    expect(numberOf(rows.at(-1)?.[2])).toBeCloseTo((gross.at(-1) ?? 0) - (net.at(-1) ?? 0), 1);
  });

  it('says who entered, who left and why, and which rule kept the others out how long', () => {
    const result = eventful();
    const page = backtestPage(result);
    const changes = tableIn(page, 'Who entered and who left') ?? [];
    const changed = result.rebalances.filter(({ entered, left }) => entered.length + left.length > 0);
    expect(changes.slice(1).map(([day]) => day)).toEqual(changed.map(({ day }) => day));
    expect(textOf(page)).toMatch(/\(rank 5, wanted <= 4\)/);
    const kept = (tableIn(page, 'Rebalances in a row') ?? []).slice(1);
    const decisions = result.rebalances.flatMap(({ day, excluded }) => excluded.map((one) => ({ day, ...one })));
    expect(decisions.length).toBeGreaterThan(0);
    for (const { day, id, rule } of decisions) {
      const covering = kept.filter(([asset, from = '', to = '']) => asset === id && from <= day && day <= to);
      expect(
        covering.map((row) => row[3]),
        `${id} on ${day}`,
      ).toEqual([rule]);
    }
  });

  it('tells what was found in the data, and what was done about it', () => {
    const result = eventful();
    const rows = (tableIn(backtestPage(result), 'What was found') ?? []).slice(1);
    expect(rows.reduce((sum, [, times]) => sum + Number(times), 0)).toBe(result.findings.length);
    expect(rows.map(([kind]) => kind)).toContain('gap');
    expect(textOf(backtestPage(LADDER))).toContain('Nothing odd was found in the prices.');
  });

  it.each(['calendar', 'bands'] as const)(
    'gives the same bytes for the same result, with nothing undefined: %s',
    (by) => {
      const complain = vi.spyOn(console, 'error').mockImplementation(() => undefined);
      const page = backtestPage(eventful(by));
      expect(page).toBe(backtestPage(eventful(by)));
      expect(page).not.toMatch(/NaN|undefined|Infinity|null/);
      expect(complain).not.toHaveBeenCalled();
      complain.mockRestore();
    },
  );

  it('is a page also of a single day', () => {
    const page = backtestPage(
      backtest({ methodology: methodologyOf(), table: tableOf('2021-01-27', 6, { coin: { price: () => 1 } }) }),
    );
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
    expect(tableIn(page, 'Who entered')?.[1]).toEqual(['2021-02-01', 'start', '2021-01-27', 'coin', '–']);
  });
});
