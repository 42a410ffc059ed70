import { type Day, InputError } from '@wicker/core';
import { createBanding } from '../banding.ts';
import { grossPath } from '../gross-path.ts';
import type { Market } from '../market.ts';
import type { Members } from '../members.ts';
import { netPath } from '../net-path.ts';
import type { BacktestSettings, Scenario, ScenarioFigures } from '../result.ts';
import { cagr } from '../statistics/cagr.ts';
import { DAYS_A_YEAR } from '../statistics/year.ts';
import { statisticsOf } from '../statistics.ts';
import { turnoverOf } from '../trades.ts';
import { fastDeterminationsOf, type Screenings } from './fast-determinations.ts';
import { type Grid, methodologyWith, valuesAt } from './grid.ts';

/** What the scenarios of a sweep share. */
export interface SweepContext {
  /** Of the methodology file. */
  readonly json: unknown;
  readonly grid: Grid;
  readonly market: Market;
  readonly members: Members;
  /** First day asked for. */
  readonly from: Day;
  readonly settings: BacktestSettings;
  readonly screenings: Screenings;
}

const figuresOf = (context: SweepContext, place: number): ScenarioFigures => {
  const { json, grid, market, members, from, settings, screenings } = context;
  const methodology = methodologyWith(json, grid, valuesAt(grid, place));
  const { days } = market.table;
  const periods = fastDeterminationsOf(market, methodology, members, from, screenings);
  const banding = settings.rebalancing === 'bands' ? createBanding() : undefined;
  const path = grossPath(market, periods, days.length - 1, settings.capitalUsd, banding);
  const net = netPath(market, path, methodology.costs, settings.liquidityUsd);
  const { gross, trades, first } = path;
  const years = Math.max(gross.length - 1, 1) / DAYS_A_YEAR;
  const [, ...later] = trades;
  return {
    first: days[first] ?? '',
    statistics: statisticsOf(net, days.slice(first), settings.riskFreeRate),
    yearlyTurnover: later.reduce((sum, traded) => sum + turnoverOf(traded), 0) / years,
    yearlyCost: (cagr(gross) ?? 0) - (cagr(net) ?? 0),
    meanAssets: periods.reduce((sum, { assets }) => sum + assets.length, 0) / periods.length,
  };
};

/** One scenario of a sweep. What a methodology cannot do in some month is its outcome, and no end of the sweep. */
export const runScenario = (context: SweepContext, place: number): Scenario => {
  const values = valuesAt(context.grid, place);
  try {
    return { values, outcome: { kind: 'done', figures: figuresOf(context, place) } };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { values, outcome: { kind: 'failed', code: error.code, message: error.message } };
  }
};
