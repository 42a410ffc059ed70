import type { Day } from '@wicker/core';

/**
 * Daily figures of many assets, as back-tests read them: one value a UTC day.
 *
 * Every figure is one `Float64Array` of `days.length * ids.length`, a day after the other: asset `a` on day `d` is at
 * `d * ids.length + a` (`cellOf`). NaN says that the value is missing. The table says what was published; `applyPolicy` turns it into
 * what a back-test may trade at.
 */
export interface DailyTable {
  /** Consecutive UTC days `YYYY-MM-DD`, ascending, none left out. */
  readonly days: readonly Day[];
  /** CoinGecko ids, ascending by UTF-16 code unit, so that the order of a file changes nothing. */
  readonly ids: readonly string[];
  /** {USD/tok} above 0, or NaN; a price of a principal token may follow from its net yield (`withTermPrices` of a back-test). */
  readonly price: Float64Array;
  /** {USD} circulating supply x price; 0 or NaN when nobody knows it. */
  readonly marketCap: Float64Array;
  /** {tok} */
  readonly circulatingSupply?: Float64Array;
  /** {tok} */
  readonly totalSupply?: Float64Array;
  /** {tok}; NaN also for a token without a maximum. */
  readonly maxSupply?: Float64Array;
  /** {USD} on chain, both sides of the pools. */
  readonly liquidity?: Float64Array;
  /** {1} a year, after the protocol's own fees; from 0 on. */
  readonly netYield?: Float64Array;
}

/** The figures that a table may hold beside price and market cap. */
export const OPTIONAL_FIGURES = ['circulatingSupply', 'totalSupply', 'maxSupply', 'liquidity', 'netYield'] as const;
type OptionalFigure = (typeof OPTIONAL_FIGURES)[number];
export type Figure = 'price' | 'marketCap' | OptionalFigure;

/** Some figures of a table made anew, such as cut or copied; without those that the table does not have. */
export const figuresOf = (
  table: DailyTable,
  names: readonly OptionalFigure[],
  of: (figure: Float64Array) => Float64Array,
): Pick<DailyTable, OptionalFigure> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const figure = table[name];
      return figure === undefined ? [] : [[name, of(figure)]];
    }),
  );

/** The table with all its figures made anew. */
export const withFigures = (table: DailyTable, of: (figure: Float64Array) => Float64Array): DailyTable => ({
  ...table,
  ...{ price: of(table.price), marketCap: of(table.marketCap) },
  ...figuresOf(table, OPTIONAL_FIGURES, of),
});

/** The place of asset number `asset` on day number `day` in each figure of the table. */
export const cellOf = ({ ids }: Pick<DailyTable, 'ids'>, day: number, asset: number): number =>
  day * ids.length + asset;

const MS_A_DAY = 86_400_000;

/** {days} since 1970-01-01; NaN when the text is no day `YYYY-MM-DD` of the calendar. */
export const dayNumber = (day: Day): number => {
  const number = Date.parse(`${day}T00:00:00Z`) / MS_A_DAY;
  // Date.parse moves 2023-02-30 into March.
  return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(number) && dayOf(number) === day ? number : Number.NaN;
};

/** The UTC day `YYYY-MM-DD` of a number of days since 1970-01-01. */
export const dayOf = (number: number): Day => new Date(number * MS_A_DAY).toISOString().slice(0, 10);

/** `count` consecutive days from day number `first` on. */
export const daysFrom = (first: number, count: number): Day[] =>
  Array.from({ length: count }, (_, i) => dayOf(first + i));
