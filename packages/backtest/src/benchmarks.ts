import { InputError, type Methodology } from '@wicker/core';
import { cellOf } from '@wicker/data';
import { createBanding } from './banding.ts';
import { determinationsOf, inErrors } from './determinations.ts';
import { grossPath } from './gross-path.ts';
import type { Market } from './market.ts';
import type { Members } from './members.ts';
import { netPath } from './net-path.ts';
import type { BacktestSettings, BenchmarkResult } from './result.ts';
import { withRolls } from './rolls.ts';
import { type ScheduledRebalance, scheduleFromWithin } from './schedule.ts';
import { relativeStatistics, statisticsOf } from './statistics.ts';

/** What a fund is compared with: an asset of the table that is bought and held, or another methodology. */
export type Benchmark =
  | { readonly kind: 'asset'; readonly id: string }
  | { readonly kind: 'methodology'; readonly methodology: Methodology };

/** {USD} of an asset bought for the capital on the first day; when its prices end it is sold as by the data policy. */
const heldAsset = (
  { table, assetOf, delistings }: Market,
  id: string,
  first: number,
  capitalUsd: number,
): Float64Array => {
  const asset = assetOf.get(id);
  if (asset === undefined) {
    const known = table.ids.slice(0, 10).join(', ');
    throw new InputError(
      'UNKNOWN_BENCHMARK',
      `the prices have no '${id}'`,
      `They have ${known}${table.ids.length > 10 ? ', ...' : ''}.`,
    );
  }
  const bought = table.price[cellOf(table, first, asset)] ?? Number.NaN;
  if (Number.isNaN(bought)) {
    const day = table.days[first];
    throw new InputError(
      'BENCHMARK_TOO_LATE',
      `'${id}' has no price on ${day}`,
      'Choose another benchmark, or begin later.',
    );
  }
  const values = new Float64Array(table.days.length - first);
  let sold: number | undefined;
  for (let i = 0; i < values.length; i += 1) {
    sold ??= delistings.get(first + i)?.find((delisting) => delisting.asset === asset)?.price;
    values[i] = (capitalUsd * (sold ?? table.price[cellOf(table, first + i, asset)] ?? 0)) / bought;
  }
  return values;
};

/** From a day on that is not its own: with the targets that it had then, which may be those of a roll. */
const scheduleWithin = (
  market: Market,
  methodology: Methodology,
  members: Members,
  first: number,
): ScheduledRebalance[] => {
  const calendar = scheduleFromWithin(methodology.calendar, market.table.days, first);
  const schedule = withRolls(market, methodology, calendar);
  const begun = schedule.filter(({ rebalanced }) => rebalanced <= first);
  const targets = begun.length > 1 ? determinationsOf(market, methodology, members, begun) : [];
  const current = targets.at(-1)?.scheduled ?? begun[0];
  const later = schedule.filter(({ rebalanced }) => rebalanced > first);
  return current === undefined ? later : [{ ...current, rebalanced: first }, ...later];
};

const navOf = (
  market: Market,
  benchmark: Benchmark,
  members: Members,
  first: number,
  settings: BacktestSettings,
): Float64Array => {
  const { capitalUsd, liquidityUsd, rebalancing } = settings;
  if (benchmark.kind === 'asset') return heldAsset(market, benchmark.id, first, capitalUsd);
  const { methodology } = benchmark;
  return inErrors(`benchmark ${methodology.id}`, () => {
    const schedule = scheduleWithin(market, methodology, members, first);
    const periods = determinationsOf(market, methodology, members, schedule);
    const banding = rebalancing === 'bands' ? createBanding() : undefined;
    const path = grossPath(market, periods, market.table.days.length - 1, capitalUsd, banding);
    return netPath(market, path, methodology.costs, liquidityUsd);
  });
};

/**
 * A benchmark from the first day of a fund on, from the same capital, with the same settings and members.
 *
 * @param net {USD} the fund's closing values
 * @throws InputError UNKNOWN_BENCHMARK, BENCHMARK_TOO_LATE, and those of a back-test
 */
export const benchmarkOf = (
  market: Market,
  benchmark: Benchmark,
  members: Members,
  { first, net }: { readonly first: number; readonly net: Float64Array },
  settings: BacktestSettings,
): BenchmarkResult => {
  const nav = navOf(market, benchmark, members, first, settings);
  const { id, title } = benchmark.kind === 'asset' ? { id: benchmark.id, title: benchmark.id } : benchmark.methodology;
  return {
    ...{ id, title, nav: [...nav] },
    statistics: statisticsOf(nav, market.table.days.slice(first), settings.riskFreeRate),
    relative: relativeStatistics(net, nav),
  };
};
