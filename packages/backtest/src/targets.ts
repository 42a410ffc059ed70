import { type Decision, InputError } from '@wicker/core';
import { cellOf, type DailyTable } from '@wicker/data';
import type { Market } from './market.ts';
import type { ScheduledRebalance } from './schedule.ts';

/** What is held from a rebalance on. */
export interface Targets {
  readonly scheduled: ScheduledRebalance;
  /** Numbers of assets, ascending. */
  readonly assets: readonly number[];
  /** {1} of those assets, above 0, sum 1. */
  readonly weights: readonly number[];
  /** Who was considered and is not among them, and why; a sweep asks nobody why. */
  readonly excluded: readonly Decision[];
}

/** A share of the weight of an asset that goes to another one: numbers of assets. */
export interface Split {
  readonly asset: number;
  readonly into: number;
}

const isPriced = (table: DailyTable, day: number, asset: number): boolean =>
  (table.price[cellOf(table, day, asset)] ?? 0) > 0;

/**
 * The weights that can be bought on the day of the rebalance: what a split gave to an asset without a price goes back, other assets
 * without one are left out, and the rest is scaled up.
 *
 * @param dense {1} by number of asset; changed
 * @throws InputError NOTHING_PRICED when no target has a price on that day
 */
export const targetsOf = (
  { table }: Market,
  scheduled: ScheduledRebalance,
  dense: Float64Array,
  splits: readonly Split[],
  excluded: readonly Decision[] = [],
): Targets => {
  for (const { asset, into } of splits) {
    if (isPriced(table, scheduled.rebalanced, into)) continue;
    dense[asset] = (dense[asset] ?? 0) + (dense[into] ?? 0);
    dense[into] = 0;
  }
  // Plain loops and arrays: a sweep comes here for every rebalance of every scenario, and small typed arrays are slow to make.
  const assets: number[] = [];
  const weights: number[] = [];
  let sum = 0;
  for (let asset = 0; asset < dense.length; asset += 1) {
    const weight = dense[asset] as number;
    if (weight <= 0 || !isPriced(table, scheduled.rebalanced, asset)) continue;
    assets.push(asset);
    weights.push(weight);
    sum += weight;
  }
  if (assets.length === 0) {
    throw new InputError(
      'NOTHING_PRICED',
      `on ${table.days[scheduled.rebalanced]} no asset of the index has a price`,
      'Give prices of its assets for that day, or another time.',
    );
  }
  for (let i = 0; i < weights.length; i += 1) weights[i] = (weights[i] as number) / sum;
  return { scheduled, assets, weights, excluded };
};
