import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { type Day, parseMethodology } from '@wicker/core';
import type { DailyTable } from '@wicker/data';
import { visible } from '../days.ts';
import { marketOf } from '../market.ts';
import { everyAsset, type Members, termsOf } from '../members.ts';
import {
  type BacktestSettings,
  isMoreBetter,
  type Measure,
  measureOf,
  type Scenario,
  type SweepResult,
} from '../result.ts';
import { settingsOf } from '../settings.ts';
import { withTermPrices } from '../term-prices.ts';
import { combinationsOf, type Grid, requireValues } from './grid.ts';
import type { SweepContext } from './scenario.ts';
import { type Finished, takeShares } from './share.ts';
import { sharedMarket } from './shared-market.ts';
import { openThread, threadProgram } from './thread.ts';

/** What is to be swept. */
export interface SweepRequest {
  /** Of the methodology file; the grid changes fields of it. */
  readonly json: unknown;
  readonly grid: Grid;
  readonly table: DailyTable;
  readonly members?: Members | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly settings?: Partial<BacktestSettings>;
  /** Threads to use; default: one for each processor, and one for small sweeps. */
  readonly threads?: number;
  /** Called now and then with how many scenarios are done. */
  readonly onProgress?: (done: number, count: number) => void;
}

/** Scenarios below which another thread takes longer to begin than to help. */
const WORTH_A_THREAD = 200;
/** More would only hold copies of the prices. */
const MOST_THREADS = 8;

const bestOf = (scenarios: readonly Scenario[], measure: Measure): number | null => {
  const sign = isMoreBetter(measure) ? 1 : -1;
  let [best, highest] = [-1, Number.NEGATIVE_INFINITY];
  for (const [i, scenario] of scenarios.entries()) {
    const value = measureOf(scenario, measure);
    if (value !== null && sign * value > highest) [best, highest] = [i, sign * value];
  }
  return best < 0 ? null : best;
};

/**
 * A methodology over a grid of its parameters: every combination is back-tested as `backtest` does it, with weights in floating-point
 * numbers that equal the exact ones within 1e-12. A scenario that cannot be, such as a cap that is infeasible in some month, says so and
 * stops nothing.
 *
 * @throws InputError BAD_DAYS, NO_PRICES, BAD_SETTING, BAD_POLICY, NO_SUCH_FIELD; InvalidFileError for values that are none of their fields
 */
export const sweep = async (request: SweepRequest): Promise<SweepResult> => {
  const { json, grid, onProgress, members = everyAsset(request.table.ids) } = request;
  const { id, title } = parseMethodology(json);
  const count = combinationsOf(grid);
  requireValues(json, grid);
  const settings = settingsOf(request.settings);
  const { table, from } = visible(request.table, request);
  const terms = termsOf(members);
  const usual = count < WORTH_A_THREAD ? 1 : Math.min(availableParallelism(), MOST_THREADS);
  const more = (request.threads ?? usual) - 1;
  // Another process makes the program of the other threads; it begins first, and works while this one does.
  const program = more > 0 ? threadProgram() : undefined;
  await setImmediate();
  const market = marketOf(withTermPrices(table, terms), settings.policy, terms);
  const context = { json, grid, members, from, settings, market: more > 0 ? sharedMarket(market) : market };

  const scenarios: Scenario[] = [];
  let done = 0;
  const take = (finished: readonly Finished[]): void => {
    for (const { place, scenario } of finished) scenarios[place] = scenario;
    done += finished.length;
    onProgress?.(done, count);
  };

  const next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const own: SweepContext = { ...context, screenings: new Map() };
  const shares = takeShares(own, next, count);
  // The screening comes first, by this thread alone: most scenarios share it, and the others are given it.
  take(shares.next().value ?? []);
  const code = await program;
  const threads =
    code === undefined ? [] : Array.from({ length: more }, () => openThread(code, { context: own, next, count }, take));
  const here = async (): Promise<void> => {
    for (const finished of shares) {
      take(finished);
      await setImmediate();
    }
  };
  try {
    await Promise.all([here(), ...threads.map(({ ended }) => ended)]);
  } finally {
    // Should one thread fail, this one need not go on.
    Atomics.store(next, 0, count);
    await Promise.all(threads.map(({ stop }) => stop()));
  }

  const { measure, parameters } = grid;
  const to = table.days[table.days.length - 1] ?? '';
  return {
    methodology: { id, title },
    ...{ from, to, settings, measure, parameters, scenarios, best: bestOf(scenarios, measure) },
  };
};
