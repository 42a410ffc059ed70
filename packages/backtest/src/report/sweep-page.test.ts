import { describe, expect, it } from 'vitest';
import { tableIn, textOf } from '../../../report/src/page.fixture.ts';
import type { ParameterValue, Scenario, SweepResult } from '../result.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';
import { sweepPage } from './sweep-page.tsx';

const scenario = (values: readonly ParameterValue[], cagr: number | null): Scenario => ({
  values,
  outcome:
    cagr === null
      ? { kind: 'failed', code: 'INFEASIBLE_CAP', message: 'the cap is infeasible' }
      : {
          kind: 'done',
          figures: {
            statistics: { totalReturn: cagr, cagr, volatility: 0.5, sharpe: 1, sortino: 1.5, maxDrawdown: null },
            ...{ first: '2021-02-01', yearlyTurnover: 0.8, yearlyCost: 0.012, meanAssets: 7.5 },
          },
        },
});

/** A sweep of the parameters, with the returns of its scenarios: the last parameter changes fastest. */
const sweepOf = (
  parameters: Readonly<Record<string, readonly ParameterValue[]>>,
  returns: readonly (number | null)[],
): SweepResult => {
  const combinations = Object.values(parameters).reduce<ParameterValue[][]>(
    (all, values) => all.flatMap((one) => values.map((value) => [...one, value])),
    [[]],
  );
  const highest = Math.max(...returns.map((value) => value ?? Number.NEGATIVE_INFINITY));
  return {
    methodology: { id: 'test', title: 'Test' },
    ...{ from: '2021-01-01', to: '2022-01-01', settings: DEFAULT_SETTINGS, measure: 'cagr' },
    parameters: Object.entries(parameters).map(([name, values]) => ({ name, values })),
    scenarios: combinations.map((values, i) => scenario(values, returns[i] ?? null)),
    best: returns.every((value) => value === null) ? null : returns.indexOf(highest),
  };
};

const CAP_AND_KIND = sweepOf({ 'weights.cap': [0.1, 0.2, 0.3], 'weights.by': ['equal', 'market-cap'] }, [
  ...[null, null],
  ...[0.1, 0.3],
  ...[0.2, -0.05],
]);

describe('sweepPage', () => {
  it('maps the measure over two parameters, and marks the best', () => {
    expect(tableIn(sweepPage(CAP_AND_KIND), 'return a year: weights.cap downwards, weights.by across')).toEqual([
      ['weights.cap', 'equal', 'market-cap'],
      ['0.1', '', ''],
      ['0.2', '10.0 %', '30.0 % (best)'],
      ['0.3', '20.0 %', '−5.0 %'],
    ]);
  });

  it('ranks the scenarios, and says how many have no figures and why', () => {
    const page = sweepPage(CAP_AND_KIND);
    const rows = tableIn(page, 'The best first') ?? [];
    expect(rows.slice(1).map((row) => row.slice(0, 4))).toEqual([
      ['1', '0.2', 'market-cap', '30.0 %'],
      ['2', '0.3', 'equal', '20.0 %'],
      ['3', '0.2', 'equal', '10.0 %'],
      ['4', '0.3', 'market-cap', '−5.0 %'],
    ]);
    expect(tableIn(page, 'Scenarios without figures')).toEqual([
      ['why', 'scenarios', 'such as'],
      ['the cap is infeasible', '2', 'weights.cap 0.1, weights.by equal'],
    ]);
  });

  it('cuts more parameters through the best, two at a time', () => {
    // the best is a = 2, b = 'y', c = 20
    const page = sweepPage(
      sweepOf(
        { a: [1, 2], b: ['x', 'y'], c: [10, 20, 30] },
        [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.5, 0.12],
      ),
    );
    expect(tableIn(page, 'return a year: a downwards, b across, with c 20')?.slice(1)).toEqual([
      ['1', '2.0 %', '5.0 %'],
      ['2', '8.0 %', '50.0 % (best)'],
    ]);
    // the one with more values downwards
    expect(tableIn(page, 'return a year: c downwards, a across, with b y')?.slice(1)).toEqual([
      ['10', '4.0 %', '10.0 %'],
      ['20', '5.0 %', '50.0 % (best)'],
      ['30', '6.0 %', '12.0 %'],
    ]);
    expect(tableIn(page, 'return a year: c downwards, b across, with a 2')?.slice(1)).toEqual([
      ['10', '7.0 %', '10.0 %'],
      ['20', '8.0 %', '50.0 % (best)'],
      ['30', '9.0 %', '12.0 %'],
    ]);
  });

  it('draws a single parameter as bars', () => {
    const page = sweepPage(sweepOf({ 'weights.cap': [0.1, 0.2] }, [null, 0.1]));
    expect(page).toContain('aria-label="return a year by weights.cap: 0.2"');
    expect(page).not.toMatch(/NaN|undefined/);
  });

  it('is a page also when nothing has figures', () => {
    const page = sweepPage(sweepOf({ 'weights.cap': [0.1, 0.2] }, [null, null]));
    expect(textOf(page)).toContain('the cap is infeasible');
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });
});
