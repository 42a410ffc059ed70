import { InputError, WickerError } from '@wicker/core';

/** Something outside did not answer, or not as documented. */
export class DataError extends WickerError {}

/** Where a file of daily figures is wrong, and what was expected there. */
export interface TableFault {
  /** Line of a text, or row of a Parquet file, from 1; absent for a fault of the whole file. */
  readonly line?: number;
  readonly column?: string;
  readonly expected: string;
  /** What stands there. */
  readonly found: string;
}

/** A file of daily figures that cannot be used. */
export class InvalidTableError extends InputError {
  readonly file: string;
  readonly faults: readonly TableFault[];

  /** @param more number of faults beyond those listed; undefined when the rest was not read */
  constructor(file: string, faults: readonly TableFault[], isComplete = true) {
    const places = faults.map(({ line, column, expected, found }) => {
      const place = [line === undefined ? [] : `line ${line}`, column === undefined ? [] : `column ${column}`].flat();
      return `${place.length === 0 ? '' : `${place.join(', ')}: `}expected ${expected}, found ${found}`;
    });
    super(
      'INVALID_TABLE',
      `${file}: ${places.join('; ')}${isComplete ? '' : '; the rest was not read'}`,
      'A table has the columns date, id, price_usd and market_cap_usd, and one row for each asset and UTC day.',
    );
    this.file = file;
    this.faults = faults;
  }
}
