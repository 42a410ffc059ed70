import type { Day, Methodology } from '@wicker/core';
import type { DailyTable } from '@wicker/data';
import { createBanding } from './banding.ts';
import { type Benchmark, benchmarkOf } from './benchmarks.ts';
import { visible } from './days.ts';
import { determinationsOf } from './determinations.ts';
import { findingsOf } from './findings.ts';
import { grossPath } from './gross-path.ts';
import { createLedger, ledgerOf, totalsOf } from './ledger.ts';
import { marketOf } from './market.ts';
import { everyAsset, type Members, termsOf } from './members.ts';
import { netPath } from './net-path.ts';
import { rebalancingsOf } from './rebalancings.ts';
import type { BacktestResult, BacktestSettings } from './result.ts';
import { rebalancesFrom } from './rolls.ts';
import { settingsOf } from './settings.ts';
import { monthlyReturns, statisticsOf } from './statistics.ts';
import { withTermPrices } from './term-prices.ts';

/** What is to be back-tested. */
export interface BacktestRequest {
  readonly methodology: Methodology;
  /** As published: the data policy of the settings is applied here. */
  readonly table: DailyTable;
  /** Who is considered when, and what is attested; every asset of the table, with nothing attested, where it is left out. */
  readonly members?: Members | undefined;
  /** The fund begins with the first rebalance on this day or later; default: the first day of the table. */
  readonly from?: Day | undefined;
  /** Default: the last day of the table. */
  readonly to?: Day | undefined;
  readonly benchmarks?: readonly Benchmark[];
  readonly settings?: Partial<BacktestSettings>;
}

/**
 * A methodology over history, point in time: every day's answers come from that day's figures and those before it. Weights are determined
 * by the exact engine on the methodology's day, traded on its day of rebalancing at that day's closing prices, and drift between. The first
 * basket is brought in kind and costs nothing.
 *
 * @throws InputError: BAD_DAYS, NO_PRICES, NO_REBALANCE, BAD_SETTING, BAD_POLICY, NOT_TESTABLE, NOTHING_PRICED, RUINOUS_COST,
 * UNKNOWN_BENCHMARK, BENCHMARK_TOO_LATE; NO_ASSETS, INFEASIBLE_CAP, INFEASIBLE_FLOOR with the day of determination
 */
export const backtest = ({
  methodology,
  table: published,
  members = everyAsset(published.ids),
  from: begin,
  to,
  benchmarks = [],
  settings: some,
}: BacktestRequest): BacktestResult => {
  const settings = settingsOf(some);
  const terms = termsOf(members);
  const { table: seen, from } = visible(published, { from: begin, to });
  const table = withTermPrices(seen, terms);
  const market = marketOf(table, settings.policy, terms);
  const schedule = rebalancesFrom(market, methodology, from);
  const periods = determinationsOf(market, methodology, members, schedule);
  const banding = settings.rebalancing === 'bands' ? createBanding() : undefined;
  const path = grossPath(market, periods, table.days.length - 1, settings.capitalUsd, banding);
  const { items, onCost } = createLedger();
  const net = netPath(market, path, methodology.costs, settings.liquidityUsd, onCost);

  const { first, gross, trades } = path;
  const days = table.days.slice(first);
  const held = [...new Set(trades.flatMap(({ assets }) => assets))].sort((a, b) => a - b);
  const ledger = ledgerOf(items, { ...table, first, gross });
  return {
    methodology: { id: methodology.id, title: methodology.title },
    ...{ days, settings },
    nav: { gross: [...gross], net: [...net] },
    statistics: {
      gross: statisticsOf(gross, days, settings.riskFreeRate),
      net: statisticsOf(net, days, settings.riskFreeRate),
    },
    benchmarks: benchmarks.map((one) => benchmarkOf(market, one, members, { first, net }, settings)),
    monthly: monthlyReturns(net, days),
    rebalances: rebalancingsOf(market, trades, ledger),
    ...{ ledger, costs: totalsOf(ledger), findings: findingsOf(table, settings.policy, held, terms) },
  };
};
