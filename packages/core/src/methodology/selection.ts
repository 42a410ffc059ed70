import { compareDecimal, type Decimal } from '../decimal/decimal.ts';
import { compareIds } from './capped-weights.ts';
import type { Methodology } from './methodology.ts';

/** An asset with what it is ranked by {USD}. */
export type Ranked = { readonly id: string; readonly marketCap: Decimal };

/** Who is taken and who is not, each with its rank from 1. */
export type Selection = { readonly taken: readonly string[]; readonly left: ReadonlyMap<string, number> };

/**
 * The largest assets by market cap, ties by id, with zones that keep an index from changing back and forth (docs/rules.md 4.1): to
 * the rank `enter` an asset is always taken, a member is kept to the rank `stay`, and what is still free goes by rank.
 *
 * @param members ids of the index as it is; empty for a new one
 */
export function select(
  assets: readonly Ranked[],
  { size, enter = size, stay = size }: NonNullable<Methodology['selection']>,
  members: ReadonlySet<string>,
): Selection {
  const ranking = [...assets]
    .sort((a, b) => compareDecimal(b.marketCap, a.marketCap) || compareIds(a.id, b.id))
    .map(({ id }) => id);
  const taken = new Set(ranking.slice(0, enter));
  const fill = (ids: readonly string[]): void => {
    for (const id of ids) if (taken.size < size) taken.add(id);
  };
  fill(ranking.slice(0, stay).filter((id) => members.has(id)));
  fill(ranking);
  return {
    taken: ranking.filter((id) => taken.has(id)),
    left: new Map(ranking.flatMap((id, i) => (taken.has(id) ? [] : [[id, i + 1]]))),
  };
}
