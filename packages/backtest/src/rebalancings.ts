import type { Decision } from '@wicker/core';
import type { Market } from './market.ts';
import type { CostItem, Departure, RebalancedAsset, Rebalancing } from './result.ts';
import { isDetermined, type Trades, turnoverOf } from './trades.ts';

const heaviestFirst = (a: RebalancedAsset, b: RebalancedAsset): number =>
  b.after - a.after || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

const departureOf = (id: string, isDelisted: boolean, excluded: readonly Decision[]): Departure => {
  if (isDelisted) return { id, rule: 'delisted', value: 'no price', threshold: 'a price' };
  return (
    excluded.find((decision) => decision.id === id) ?? {
      ...{ id, rule: 'not-considered' as const, value: 'no member', threshold: 'a member' },
    }
  );
};

/** The days of trades, for people: who entered, who left and why, and what it cost. */
export const rebalancingsOf = (
  { table: { days, ids } }: Market,
  trades: readonly Trades[],
  ledger: readonly CostItem[],
): Rebalancing[] => {
  const costs = new Map<string, number>();
  for (const { day, kind, paidUsd } of ledger) {
    if (kind !== 'management-fee') costs.set(day, (costs.get(day) ?? 0) + paidUsd);
  }
  return trades.map((traded) => {
    const { day, reason, targets, assets, before, after, haircuts } = traded;
    const { scheduled } = targets;
    const excluded = isDetermined(reason) ? targets.excluded : [];
    const changed = Array.from(assets, (asset, i) => {
      return { id: ids[asset] ?? '', before: before[i] ?? 0, after: after[i] ?? 0, isDelisted: haircuts.has(asset) };
    }).sort(heaviestFirst);
    return {
      ...{ day: days[day] ?? '', reason, determined: days[scheduled.determined] ?? '' },
      assets: changed.map(({ id, before: was, after: is }) => ({ id, before: was, after: is })),
      turnover: reason === 'start' ? 0 : turnoverOf(traded),
      costUsd: costs.get(days[day] ?? '') ?? 0,
      entered: changed.filter(({ before: was, after: is }) => was === 0 && is > 0).map(({ id }) => id),
      left: changed
        .filter(({ before: was, after: is }) => was > 0 && is === 0)
        .map(({ id, isDelisted }) => departureOf(id, isDelisted, excluded)),
      excluded,
    };
  });
};
