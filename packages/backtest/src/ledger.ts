import type { OnCost } from './net-path.ts';
import { COST_KINDS, type CostItem, type CostTotal } from './result.ts';

type Paid = { day: number; asset: number | null; kind: CostItem['kind']; paidUsd: number };

/** Takes costs down as they are paid. */
export const createLedger = (): { readonly onCost: OnCost; readonly items: readonly Paid[] } => {
  const items: Paid[] = [];
  return { items, onCost: (day, asset, kind, paidUsd) => items.push({ day, asset, kind, paidUsd }) };
};

const order = new Map(COST_KINDS.map((kind, i) => [kind, i]));

/**
 * The cost ledger, by day, then kind, then asset; each with what it took from the last day (net-path.ts).
 *
 * @param of days and ids of the table, the number of the first day, and the gross path from it on
 */
export const ledgerOf = (
  paid: readonly Paid[],
  {
    days,
    ids,
    first,
    gross,
  }: {
    readonly days: readonly string[];
    readonly ids: readonly string[];
    readonly first: number;
    readonly gross: Float64Array;
  },
): CostItem[] => {
  const last = gross[gross.length - 1] ?? 0;
  return [...paid]
    .sort(
      (a, b) =>
        a.day - b.day || (order.get(a.kind) ?? 0) - (order.get(b.kind) ?? 0) || (a.asset ?? -1) - (b.asset ?? -1),
    )
    .map(({ day, asset, kind, paidUsd }) => ({
      day: days[day] ?? '',
      asset: asset === null ? null : (ids[asset] ?? ''),
      ...{ kind, paidUsd, shortfallUsd: (paidUsd * last) / (gross[day - first] ?? 1) },
    }));
};

/** The ledger summed by kind. */
export const totalsOf = (ledger: readonly CostItem[]): CostTotal[] =>
  COST_KINDS.map((kind) => {
    const items = ledger.filter((item) => item.kind === kind);
    const sum = (of: (item: CostItem) => number): number => items.reduce((total, item) => total + of(item), 0);
    return { kind, paidUsd: sum(({ paidUsd }) => paidUsd), shortfallUsd: sum(({ shortfallUsd }) => shortfallUsd) };
  });
