import { cellOf, type DailyTable, dayOf, daysFrom, type Figure, OPTIONAL_FIGURES } from '../daily-table.ts';
import { EXPECTED_PRICE } from './columns.ts';
import type { Faults } from './faults.ts';

/** Rows of a file as columns, in the file's order. */
export interface DailyRows {
  readonly count: number;
  /** Of each row: its line (or number) in the file. */
  readonly lines: Int32Array;
  /** {days since 1970-01-01} */
  readonly dayNumbers: Int32Array;
  /** Place in `ids`. */
  readonly assets: Int32Array;
  /** In the order in which they occur first. */
  readonly ids: readonly string[];
  readonly figures: ReadonlyMap<Figure, Float64Array>;
}

/** {cells} 512 MB a figure; a table of so many days and assets holds mostly nothing, and a wrong day made it. */
const MOST_CELLS = 2 ** 26;

/**
 * The rows as a table; their order changes nothing.
 *
 * @throws InvalidTableError for two rows of the same day and asset, for no rows, and for a table that would be beyond memory
 */
export const tableOf = (rows: DailyRows, faults: Faults): DailyTable => {
  const [first, last] = rangeOf(rows);
  if (rows.count === 0) faults.add({ expected: 'rows', found: 'none' });
  requireValues(rows, faults);
  const ids = [...rows.ids].sort((a, b) => (a < b ? -1 : 1));
  const days = rows.count === 0 ? [] : daysFrom(first, last - first + 1);
  const cells = days.length * ids.length;
  if (cells > MOST_CELLS) {
    faults.add({
      expected: `at most ${MOST_CELLS} days x assets`,
      found: `${cells}: ${dayOf(first)} to ${dayOf(last)}`,
    });
  }
  faults.settle();
  const places = cellsOf(rows, ids, first);
  requireOneRowEach(rows, places, cells, faults);
  const spread = (figure: Figure): Float64Array => {
    const values = rows.figures.get(figure);
    const table = new Float64Array(cells).fill(Number.NaN);
    if (values === undefined) return table;
    for (let row = 0; row < places.length; row += 1) table[places[row] ?? -1] = values[row] ?? Number.NaN;
    return table;
  };
  return {
    ...{ days, ids, price: spread('price'), marketCap: spread('marketCap') },
    ...Object.fromEntries(OPTIONAL_FIGURES.flatMap((name) => (rows.figures.has(name) ? [[name, spread(name)]] : []))),
  };
};

const rangeOf = ({ count, dayNumbers }: DailyRows): [number, number] => {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < count; row += 1) {
    const day = dayNumbers[row] ?? Number.NaN;
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return [first, last];
};

/** A row has a price, or a net yield from which one may follow. */
const requireValues = ({ count, lines, figures }: DailyRows, faults: Faults): void => {
  const [price, netYield] = [figures.get('price'), figures.get('netYield')];
  for (let row = 0; row < count; row += 1) {
    if (Number.isNaN(price?.[row]) && !((netYield?.[row] ?? Number.NaN) >= 0)) {
      faults.add({ line: lines[row] ?? 0, column: 'price_usd', expected: EXPECTED_PRICE, found: 'nothing' });
    }
  }
};

/** The cell of the table for each row. */
const cellsOf = (
  { count, dayNumbers, assets, ids }: DailyRows,
  sorted: readonly string[],
  first: number,
): Int32Array => {
  const rank = new Map(sorted.map((id, i) => [id, i]));
  const ranks = Int32Array.from(ids, (id) => rank.get(id) ?? -1);
  const places = new Int32Array(count);
  for (let row = 0; row < count; row += 1) {
    places[row] = cellOf({ ids: sorted }, (dayNumbers[row] ?? 0) - first, ranks[assets[row] ?? -1] ?? -1);
  }
  return places;
};

const requireOneRowEach = (rows: DailyRows, places: Int32Array, cells: number, faults: Faults): void => {
  const seen = new Uint8Array(cells);
  for (let row = 0; row < places.length; row += 1) {
    const cell = places[row] ?? -1;
    if (seen[cell] === 1) {
      const id = rows.ids[rows.assets[row] ?? -1];
      faults.add({
        ...{ line: rows.lines[row] ?? 0, column: 'id' },
        expected: 'one row for each day and asset',
        found: `'${id}' of ${dayOf(rows.dayNumbers[row] ?? 0)} again, as in line ${rows.lines[places.indexOf(cell)]}`,
      });
    }
    seen[cell] = 1;
  }
  faults.settle();
};
