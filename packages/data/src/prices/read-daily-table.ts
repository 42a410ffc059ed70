import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { InputError } from '@wicker/core';
import type { DailyTable } from '../daily-table.ts';
import { InvalidTableError } from '../errors.ts';
import { readDailyCsv } from './read-csv.ts';

const GZIP = [0x1f, 0x8b];
const PARQUET = [...Buffer.from('PAR1')];
/** {bytes} A small file may unpack to anything; no table is larger than this. */
const MOST_BYTES = 2 ** 30;

const beginsWith = (bytes: Uint8Array, mark: readonly number[]): boolean => mark.every((byte, i) => bytes[i] === byte);

/**
 * Reads a file of daily figures: CSV, CSV packed by gzip, or Parquet; its first bytes say which.
 *
 * @throws InputError UNREADABLE_FILE; InvalidTableError with the file, line and column of what is wrong
 */
export const readDailyTable = async (file: string): Promise<DailyTable> => {
  const bytes = await readFile(file).catch((error: unknown) => {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new InputError('UNREADABLE_FILE', `cannot read '${file}': ${reason}`, 'Check the path.');
  });
  if (beginsWith(bytes, PARQUET)) {
    const { readDailyParquet } = await import('./read-parquet.ts'); // its decompressors take a while to load
    return readDailyParquet(bytes, file);
  }
  return readDailyCsv(beginsWith(bytes, GZIP) ? unpacked(bytes, file) : bytes, file);
};

const unpacked = (bytes: Uint8Array, file: string): Uint8Array => {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new InvalidTableError(file, [{ expected: 'a whole gzip file of at most 1 GiB unpacked', found }]);
  }
};
