import {
  type Decimal,
  duplicateIdError,
  InputError,
  type JsonDocument,
  NoAssetsError,
  parseDecimal,
} from '@wicker/core';
import { inContext } from './input.ts';

/** One set of market caps to weigh. */
export type WeighCase = {
  /** Absent when the file is a single set. */
  readonly name?: string;
  readonly cap: Decimal;
  readonly floor: Decimal;
  /** Caps of single assets, {1}. */
  readonly caps: ReadonlyMap<string, Decimal>;
  /** {USD} or any other common unit. */
  readonly marketCaps: ReadonlyMap<string, Decimal>;
};

/** Cap and floor from the command line; a case of a list may bring its own. */
export type Defaults = { readonly cap: Decimal | undefined; readonly floor: Decimal | undefined };

/** What a file for `wicker weigh` holds: one set, or a list of cases. */
export type WeighFile =
  | { readonly kind: 'single'; readonly only: WeighCase }
  | { readonly kind: 'list'; readonly cases: readonly WeighCase[] };

const NO_CAP: Decimal = { digits: 1n, scale: 0 };
const NO_FLOOR: Decimal = { digits: 0n, scale: 0 };

/** A file whose shape is not one of the two that `wicker weigh` takes. */
export class WeighFileError extends InputError {
  constructor(message: string) {
    super('INVALID_FILE', message, 'Give {id: market cap}, or a list of {name, cap, floor, input: {id: market cap}}.');
  }
}

/**
 * Reads the market caps to weigh. One bad case refuses the whole list; the error names it.
 *
 * @throws InputError
 */
export function parseWeighFile({ value, duplicates }: JsonDocument, defaults: Defaults): WeighFile {
  if (Array.isArray(value)) {
    if (value.length === 0) throw new WeighFileError('the list of cases is empty');
    const cases = value.map((entry: unknown, i) =>
      inContext(caseLabel(entry, i), () => {
        const duplicate = duplicates.find(({ path }) => path[0] === i);
        if (duplicate) throw duplicateIdError({ ...duplicate, path: duplicate.path.slice(1) });
        return parseCase(entry, defaults);
      }),
    );
    return { kind: 'list', cases };
  }
  const [duplicate] = duplicates;
  if (duplicate) throw duplicateIdError(duplicate);
  const { cap = NO_CAP, floor = NO_FLOOR } = defaults;
  return { kind: 'single', only: { cap, floor, caps: new Map(), marketCaps: parseMarketCaps(value) } };
}

/** How errors call the case at a position: by number, from 1, and by name. */
export function caseLabel(entry: unknown, index: number): string {
  const name = isObject(entry) && typeof entry.name === 'string' ? ` '${entry.name}'` : '';
  return `case ${index + 1}${name}`;
}

function parseCase(entry: unknown, defaults: Defaults): WeighCase {
  if (!isObject(entry)) throw new WeighFileError('a case is an object');
  const { name, cap, floor, caps = {}, input } = entry;
  if (typeof name !== 'string' || name === '') throw new WeighFileError('the name is missing or not a string');
  if (!isObject(caps)) throw new WeighFileError('caps is not an object');
  return {
    name,
    cap: cap === undefined && defaults.cap ? defaults.cap : parseDecimal(cap, 'cap'),
    floor: floor === undefined && defaults.floor ? defaults.floor : parseDecimal(floor, 'floor'),
    caps: new Map(Object.entries(caps).map(([id, own]) => [id, parseDecimal(own, `cap of '${id}'`)])),
    marketCaps: parseMarketCaps(input, 'input'),
  };
}

function parseMarketCaps(value: unknown, what = 'the file'): Map<string, Decimal> {
  if (!isObject(value)) throw new WeighFileError(`${what} is not an object of market caps`);
  const entries = Object.entries(value);
  if (entries.length === 0) throw new NoAssetsError();
  return new Map(
    entries.map(([id, marketCap]) => {
      if (id === '') throw new WeighFileError('an id is empty');
      return [id, parseDecimal(marketCap, `market cap of '${id}'`)];
    }),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
