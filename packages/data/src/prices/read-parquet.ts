import { type ColumnData, parquetMetadata, parquetRead, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { type DailyTable, dayNumber, type Figure } from '../daily-table.ts';
import { InvalidTableError } from '../errors.ts';
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
import { type DailyRows, tableOf } from './daily-rows.ts';
import { Faults, requireColumns } from './faults.ts';

/**
 * Reads daily figures from the bytes of a Parquet file, with the columns of `readDailyCsv`: dates as text, dates or timestamps at
 * midnight UTC, figures as numbers of any type, null or NaN where they are missing.
 *
 * @param file how messages call it
 * @throws InvalidTableError; the line of a fault is the number of its row, from 1
 */
export const readDailyParquet = async (bytes: Uint8Array, file: string): Promise<DailyTable> => {
  const faults = new Faults(file);
  const buffer = Uint8Array.from(bytes).buffer;
  const { columns, metadata } = readable(file, () => {
    const found = parquetMetadata(buffer);
    return { metadata: found, columns: parquetSchema(found).children.map(({ element }) => element.name) };
  });
  requireColumns(columns, COLUMNS, REQUIRED_COLUMNS, faults);
  const rows = readable(file, () => emptyRows(Number(metadata.num_rows), columns));
  const chunks: ColumnData[] = [];
  try {
    await parquetRead({ file: buffer, metadata, columns, compressors, onChunk: (chunk) => chunks.push(chunk) });
  } catch (error) {
    throw unreadable(file, error);
  }
  requireWhole(chunks, columns, rows.count, faults);
  for (const chunk of chunks) take(rows, chunk, faults);
  faults.settle();
  return tableOf(rows, faults);
};

type GrowingRows = DailyRows & { readonly ids: string[]; readonly numbers: Map<unknown, number> };

const emptyRows = (count: number, columns: readonly string[]): GrowingRows => ({
  count,
  lines: Int32Array.from({ length: count }, (_, row) => row + 1),
  dayNumbers: new Int32Array(count),
  assets: new Int32Array(count),
  ids: [],
  numbers: new Map(),
  figures: new Map(
    columns.flatMap((name): [Figure, Float64Array][] => {
      const figure = FIGURE_COLUMNS[name];
      return figure === undefined ? [] : [[figure, new Float64Array(count)]];
    }),
  ),
});

/** A damaged file may have a column that is shorter than the others. */
const requireWhole = (
  chunks: readonly ColumnData[],
  columns: readonly string[],
  count: number,
  faults: Faults,
): void => {
  for (const column of columns) {
    const own = chunks.filter(({ columnName }) => columnName === column);
    const found = own.reduce((sum, { columnData }) => sum + columnData.length, 0);
    if (found !== count) faults.add({ column, expected: `${count} rows`, found: String(found) });
  }
  faults.settle();
};

const take = (rows: GrowingRows, { columnName, columnData, rowStart }: ColumnData, faults: Faults): void => {
  const figure = FIGURE_COLUMNS[columnName];
  const into = figure === undefined ? undefined : rows.figures.get(figure);
  for (let i = 0; i < columnData.length; i += 1) {
    const found: unknown = columnData[i];
    const row = rowStart + i;
    const fault = (expected: string): void =>
      faults.add({
        line: row + 1,
        column: columnName,
        expected,
        found: found === null || found === undefined ? 'nothing' : `'${found}'`,
      });
    if (figure !== undefined && into !== undefined) {
      const value = found === null || found === undefined ? Number.NaN : numberOf(found);
      if (value === undefined || !isFigure(figure, value)) fault(expectedFigure(figure));
      into[row] = value ?? Number.NaN;
    } else if (columnName === DATE_COLUMN) {
      const day = dayNumberOf(found);
      if (!isDay(day)) fault(EXPECTED_DAY);
      rows.dayNumbers[row] = day;
    } else {
      const number = rows.numbers.get(found) ?? rows.ids.length;
      if (number === rows.ids.length) {
        if (typeof found !== 'string' || !isId(found)) fault(EXPECTED_ID);
        rows.numbers.set(found, number);
        rows.ids.push(String(found));
      }
      rows.assets[row] = number;
    }
  }
};

/** Undefined for what is no number. */
const numberOf = (value: unknown): number | undefined => {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' ? value : undefined;
};

const MS_A_DAY = 86_400_000;

/** {days since 1970-01-01}; NaN when the value is no whole day. */
const dayNumberOf = (value: unknown): number => {
  if (typeof value === 'string') return dayNumber(value);
  const days = value instanceof Date ? value.getTime() / MS_A_DAY : Number.NaN;
  return Number.isInteger(days) ? days : Number.NaN;
};

const readable = <T>(file: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    throw unreadable(file, error);
  }
};

const unreadable = (file: string, error: unknown): InvalidTableError =>
  new InvalidTableError(file, [
    { expected: 'a Parquet file', found: error instanceof Error ? error.message : String(error) },
  ]);
