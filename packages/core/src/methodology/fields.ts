import { z } from 'zod';
import { type Decimal, parseDecimal } from '../decimal/decimal.ts';
import { InvalidNumberError } from '../decimal/errors.ts';
import { formatPath } from '../decimal/json.ts';
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

/** A UTC day, `YYYY-MM-DD`, or a month where the day is not known, `YYYY-MM`. */
export const dateField = z.union(
  [z.iso.date(), z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)],
  'a date is YYYY-MM-DD or YYYY-MM',
);

/**
 * Checks parsed JSON against the shape of a file.
 *
 * @throws InvalidFileError that names every field at fault by its path.
 */
export function parseFile<Shape extends z.ZodType>(kind: string, shape: Shape, json: unknown): z.output<Shape> {
  const result = shape.safeParse(json);
  if (result.success) return result.data;
  throw new InvalidFileError(
    kind,
    result.error.issues.map(({ path, message }) => (path.length === 0 ? message : `${formatPath(path)}: ${message}`)),
  );
}
