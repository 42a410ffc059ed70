import type { Term } from '@wicker/core';
import { applyPolicy, type DailyTable, type DataPolicy, type Delisting, dayNumber, STATE } from '@wicker/data';

/** What a back-test may know and trade at: a table after the data policy, with what every scenario on it needs. */
export interface Market {
  readonly table: DailyTable;
  /** Number of an asset by its id. */
  readonly assetOf: ReadonlyMap<string, number>;
  /** {days} with a price of its own, of each asset to each day; a cell as in the table. */
  readonly priceDays: Uint32Array;
  /** {USD/tok} the table's prices the other way round: asset `a` on day `d` is at `a * days + d`. */
  readonly series: Float64Array;
  /** By number of the asset, with the number of the day of maturity, which may be past the table. */
  readonly terms: ReadonlyMap<number, Term & { readonly day: number }>;
  /** By number of the day. */
  readonly delistings: ReadonlyMap<number, readonly Delisting[]>;
}

const byDay = (delistings: readonly Delisting[]): ReadonlyMap<number, readonly Delisting[]> => {
  const days = new Map<number, Delisting[]>();
  for (const delisting of delistings) {
    const same = days.get(delisting.day);
    if (same === undefined) days.set(delisting.day, [delisting]);
    else same.push(delisting);
  }
  return days;
};

/** An asset after the other: who follows few of many assets touches nothing of the others. */
const transposed = (byDay: Float64Array, width: number): Float64Array => {
  const days = byDay.length / width;
  const byAsset = new Float64Array(byDay.length);
  for (let day = 0, cell = 0; day < days; day += 1) {
    for (let asset = 0; asset < width; asset += 1, cell += 1) byAsset[asset * days + day] = byDay[cell] as number;
  }
  return byAsset;
};

const termsIn = ({ ids, days }: DailyTable, terms: ReadonlyMap<string, Term>): Market['terms'] =>
  new Map(
    ids.flatMap((id, asset) => {
      const term = terms.get(id);
      return term === undefined ? [] : [[asset, { ...term, day: dayNumber(term.maturity) - dayNumber(days[0] ?? '') }]];
    }),
  );

/**
 * The market of a table: each day's answers depend on that day and the days before it alone.
 *
 * @param published with the prices that follow from terms (term-prices.ts)
 * @param terms of principal tokens, by id
 * @throws InputError BAD_POLICY
 */
export const marketOf = (
  published: DailyTable,
  policy: DataPolicy,
  terms: ReadonlyMap<string, Term> = new Map(),
): Market => {
  const { table, state, delistings } = applyPolicy(published, policy);
  const width = table.ids.length;
  const priceDays = new Uint32Array(state.length);
  for (let cell = 0; cell < state.length; cell += 1) {
    const before = cell < width ? 0 : (priceDays[cell - width] ?? 0);
    priceDays[cell] = before + (state[cell] === STATE.quoted ? 1 : 0);
  }
  return {
    ...{ table, priceDays, series: transposed(table.price, width) },
    assetOf: new Map(table.ids.map((id, asset) => [id, asset])),
    terms: termsIn(table, terms),
    delistings: byDay(delistings),
  };
};
