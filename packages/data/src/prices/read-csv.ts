import { type DailyTable, dayNumber, type Figure } from '../daily-table.ts';
import {
  COLUMNS,
  DATE_COLUMN,
  EXPECTED_DAY,
  EXPECTED_ID,
  expectedFigure,
  FIGURE_COLUMNS,
  isDay,
  isFigure,
  isId,
  REQUIRED_COLUMNS,
} from './columns.ts';
import { CsvFields } from './csv-fields.ts';
import { tableOf } from './daily-rows.ts';
import { numberOf, textOf } from './decimal-text.ts';
import { Faults, requireColumns } from './faults.ts';
import { IdNames } from './id-names.ts';

/** {bytes} `2021-01-01,a,1,` and a line end: no row is shorter. */
const LEAST_ROW = 16;

/**
 * Reads daily figures from the bytes of a CSV file with a heading: `date,id,price_usd,market_cap_usd` and, as they are there,
 * `circulating_supply,total_supply,max_supply,liquidity_usd,net_yield`, the columns and rows in any order.
 *
 * @param file how messages call it
 * @throws InvalidTableError with line, column and what was expected, for up to 10 faults
 */
export const readDailyCsv = (bytes: Uint8Array, file: string): DailyTable => {
  const faults = new Faults(file);
  const fields = new CsvFields(bytes);
  const columns = readHeading(fields, faults);
  const capacity = Math.ceil(bytes.length / LEAST_ROW);
  const lines = new Int32Array(capacity);
  const dayNumbers = new Int32Array(capacity);
  const assets = new Int32Array(capacity);
  const values = columns.map((column) => (column.figure === undefined ? undefined : new Float64Array(capacity)));
  const ids = new IdNames();
  const days = new DayCache();
  let count = 0;

  while (fields.hasRow()) {
    for (let i = 0; ; i += 1) {
      fields.next();
      const column = columns[i];
      if (!fields.isSound && column !== undefined)
        faults.add(faultOf(fields, column, 'quotes around a whole field, doubled inside'));
      if (column === undefined || (fields.isLast && i + 1 < columns.length)) {
        faults.add({
          line: fields.line,
          expected: `${columns.length} fields`,
          found: column === undefined ? 'more' : `${i + 1}`,
        });
        while (!fields.isLast) fields.next();
        break;
      }
      if (column.figure !== undefined) {
        const isMissing = fields.start === fields.end;
        const value = isMissing ? Number.NaN : numberOf(fields.bytes, fields.start, fields.end);
        if (!isFigure(column.figure, value) || (Number.isNaN(value) && !isMissing)) {
          faults.add(faultOf(fields, column, expectedFigure(column.figure)));
        }
        const figures = values[i];
        if (figures !== undefined) figures[count] = value;
      } else if (column.name === DATE_COLUMN) {
        const day = days.dayNumber(fields.bytes, fields.start, fields.end);
        if (!isDay(day)) faults.add(faultOf(fields, column, EXPECTED_DAY));
        dayNumbers[count] = day;
      } else {
        const known = ids.find(fields.bytes, fields.start, fields.end);
        assets[count] = known >= 0 ? known : ids.add(fields.bytes, fields.start, fields.end);
        if (known < 0 && !isId(ids.names.at(-1) ?? '')) faults.add(faultOf(fields, column, EXPECTED_ID));
      }
      if (fields.isLast) break;
    }
    lines[count] = fields.line;
    count += 1;
  }
  faults.settle();
  const figures = new Map(
    columns.flatMap(({ figure }, i) => (figure && values[i] ? [[figure, values[i]] as const] : [])),
  );
  return tableOf({ count, lines, dayNumbers, assets, ids: ids.names, figures }, faults);
};

interface Column {
  readonly name: string;
  /** Undefined for the date and the id. */
  readonly figure: Figure | undefined;
}

const readHeading = (fields: CsvFields, faults: Faults): Column[] => {
  const names: string[] = [];
  if (fields.hasRow()) {
    do {
      fields.next();
      names.push(textOf(fields.bytes, fields.start, fields.end).trim());
    } while (!fields.isLast);
  }
  requireColumns(names, COLUMNS, REQUIRED_COLUMNS, faults, 1);
  return names.map((name) => ({ name, figure: FIGURE_COLUMNS[name] }));
};

const LONGEST_SHOWN = 40;

const faultOf = ({ line, bytes, start, end }: CsvFields, { name }: Column, expected: string) => ({
  ...{ line, column: name, expected },
  found: start === end ? 'nothing' : `'${textOf(bytes, start, Math.min(end, start + LONGEST_SHOWN))}'`,
});

/** {bytes} of `YYYY-MM-DD` */
const DAY_LENGTH = 10;
/** Bytes of a day as digits of a number {1}: an exact double, and no two days share one. */
const DAY_BASE = 32;
const FIRST_BYTE = 0x2d;

/** Numbers of days: rows of one day mostly stand together, and days come again. */
class DayCache {
  readonly #numbers = new Map<number, number>();
  #key = Number.NaN;
  #number = Number.NaN;

  /** {days since 1970-01-01}; NaN when the bytes are no day. */
  dayNumber(bytes: Uint8Array, start: number, end: number): number {
    if (end - start !== DAY_LENGTH) return Number.NaN;
    let key = 0;
    for (let at = start; at < end; at += 1) {
      const digit = (bytes[at] ?? 0) - FIRST_BYTE;
      if (digit < 0 || digit >= DAY_BASE) return Number.NaN;
      key = key * DAY_BASE + digit;
    }
    if (key !== this.#key) {
      const number = this.#numbers.get(key) ?? dayNumber(textOf(bytes, start, end));
      this.#numbers.set(key, number);
      [this.#key, this.#number] = [key, number];
    }
    return this.#number;
  }
}
