import { InvalidTableError, type TableFault } from '../errors.ts';

/** More are not listed: a file that is another one altogether has a fault in every line. */
const MOST_FAULTS = 10;

/** Collects what is wrong with a file. */
export class Faults {
  readonly file: string;
  readonly #found: TableFault[] = [];

  constructor(file: string) {
    this.file = file;
  }

  /** @throws InvalidTableError when there are enough */
  add(fault: TableFault): void {
    this.#found.push(fault);
    if (this.#found.length >= MOST_FAULTS) throw new InvalidTableError(this.file, this.#found, false);
  }

  /** @throws InvalidTableError when there is any */
  settle(): void {
    if (this.#found.length > 0) throw new InvalidTableError(this.file, this.#found);
  }
}

/** The names of the columns of a file, each a known one, none twice, none of the required missing. */
export const requireColumns = (
  names: readonly string[],
  known: readonly string[],
  required: readonly string[],
  faults: Faults,
  line?: number,
): void => {
  const place = line === undefined ? {} : { line };
  for (const [i, name] of names.entries()) {
    if (!known.includes(name))
      faults.add({ ...place, column: `'${name}'`, expected: `one of ${known.join(', ')}`, found: 'an unknown column' });
    if (names.indexOf(name) < i) faults.add({ ...place, column: name, expected: 'the column once', found: 'it twice' });
  }
  for (const name of required) {
    if (!names.includes(name)) faults.add({ ...place, column: name, expected: 'the column', found: 'none' });
  }
  faults.settle();
};
