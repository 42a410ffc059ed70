import { join } from 'node:path';
import { backtest, parseGridText, sweep } from '@wicker/backtest';
import { backtestPage, sweepPage } from '@wicker/backtest/report';
import { parseMethodology } from '@wicker/core';
import { sweep as ruleSweep, simulate } from '@wicker/simulate';
import { ruleSweepPage, simulationPage } from '@wicker/simulate/report';
import { decisionReport } from '../../../packages/cli/src/lab/decision-report.ts';
import { readInputs } from '../../../packages/cli/src/lab/inputs.ts';
import { reportPage } from '../../../packages/cli/src/lab/report-page.tsx';
import { week } from '../../../packages/simulate/src/scenario.fixture.ts';
import { ROOT } from '../../../scripts/paths.ts';
import { history } from './history.ts';

const DATA = join(ROOT, 'data');

/** A fund of the largest assets of `history`, which has everything that the page can show. */
const METHODOLOGY = {
  format: 1,
  id: 'largest-eight',
  title: 'Largest eight',
  screening: {
    category: null,
    supply: { above: 0.3, base: 'total' },
    liquidity: { minUsd: 3_000_000 },
    liquidityHistory: null,
    priceImpact: null,
    priceHistory: { minDays: 60 },
    attested: [],
  },
  selection: { size: 8, enter: 7, stay: 10 },
  weights: { by: 'market-cap', cap: 0.3, floor: 0.005 },
  calendar: { schedule: 'monthly' },
  costs: { poolFeeBps: 30, gasUsdPerTrade: 10, managementFee: 0.01 },
};

const EQUAL = {
  ...METHODOLOGY,
  ...{ id: 'equal', title: 'The same, equally weighted', weights: { by: 'equal', cap: 0.3, floor: 0 } },
};

const GRID = {
  format: 1,
  measure: 'sharpe',
  parameters: {
    // The first two are infeasible for eight assets: such scenarios have to say so.
    'weights.cap': [0.08, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4],
    'weights.by': ['market-cap', 'sqrt-market-cap', 'equal'],
    'costs.poolFeeBps': [5, 30, 100],
  },
};

/** Every report that the commands write, by the name of its file. */
export const REPORTS: Readonly<Record<string, () => string | Promise<string>>> = {
  decisions: () =>
    reportPage(
      decisionReport(
        readInputs(join(DATA, 'universes/pdi-2023-05.json'), { methodology: join(DATA, 'methodologies/pdi.jsonc') }),
      ),
    ),
  backtest: () =>
    backtestPage(
      backtest({
        methodology: parseMethodology(METHODOLOGY),
        table: history(),
        from: '2021-02-01',
        benchmarks: [
          { kind: 'asset', id: 'ethereum' },
          { kind: 'methodology', methodology: parseMethodology(EQUAL) },
        ],
      }),
    ),
  sweep: async () =>
    sweepPage(
      await sweep({
        json: METHODOLOGY,
        grid: parseGridText(JSON.stringify(GRID)),
        table: history(),
        from: '2021-02-01',
      }),
    ),
  simulation: () => simulationPage(simulate(week())),
  rules: () => {
    const rules = { scenario: week({ days: 1 }), grids: [{ of: 'clock', vary: { floorBps: [50, 200], dayBps: [5] } }] };
    return ruleSweepPage(rules, ruleSweep(rules));
  },
};
