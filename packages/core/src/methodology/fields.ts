import * as z from 'zod';
import { compareDecimal, type Decimal, parseDecimal } from '../decimal/decimal.ts';
import { InvalidNumberError } from '../decimal/errors.ts';
import { formatPath } from '../decimal/json.ts';
import type { LocatedJson } from '../decimal/jsonc.ts';
import { InvalidFileError } from './errors.ts';

/** An exact non-negative number: a JSON number, or a string of digits with an optional point. */
export const decimalField = z.unknown().transform((value, context): Decimal => {
  try {
    return parseDecimal(value, 'the value');
  } catch (error) {
    if (!(error instanceof InvalidNumberError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
    return z.NEVER;
  }
});

/** A CoinGecko id, the name of an asset everywhere in Wicker. */
export const idField = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    'an id has only letters, digits, dots, dashes and underscores, and begins with a letter or digit',
  );

/** A share of the whole, {1}, 0 to 1. */
export const shareField = decimalField.refine(
  (value) => compareDecimal(value, { digits: 1n, scale: 0 }) <= 0,
  'a share is 0 to 1',
);

export const daysField = z.number().int().nonnegative();

/** `YYYY-MM`. */
export const monthField = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month is YYYY-MM');

/** A UTC day, `YYYY-MM-DD`, or a month where the day is not known, `YYYY-MM`. */
export const dateField = z.union(
  [z.iso.date(), z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)],
  'a date is YYYY-MM-DD or YYYY-MM',
);

type LineOf = LocatedJson['lineOf'];

const isMissing = (path: readonly PropertyKey[], json: unknown): boolean =>
  path.reduce(
    (part, step) => (typeof part === 'object' && part !== null ? Reflect.get(part, step) : undefined),
    json,
  ) === undefined;

/** What is wrong with a file, fault by fault: the line where it is known, the field, and what was expected. */
export function faultsOf({ issues }: z.ZodError, json: unknown, lineOf?: LineOf): string[] {
  return issues.map(({ path, message }) => {
    const line = lineOf === undefined ? '' : `line ${lineOf(path)}: `;
    const field = path.length === 0 ? '' : `${formatPath(path)}: `;
    return `${line}${field}${isMissing(path, json) ? 'is missing' : message}`;
  });
}

/**
 * Checks parsed JSON against the shape of a file.
 *
 * @throws InvalidFileError that names every field at fault by its path, and by its line where `lineOf` is given.
 */
export function parseFile<Shape extends z.ZodType>(
  kind: string,
  shape: Shape,
  json: unknown,
  lineOf?: LineOf,
): z.output<Shape> {
  const result = shape.safeParse(json);
  if (result.success) return result.data;
  throw new InvalidFileError(kind, faultsOf(result.error, json, lineOf));
}
