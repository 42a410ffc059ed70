import { InvalidJsonError, InvalidNumberError } from '../decimal/errors.ts';

/** What JSON can say. A field that is undefined is not there. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Order of keys in RFC 8785, 3.2.3: by UTF-16 code unit, whatever the locale. */
const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

/**
 * The one text of a JSON value by the JSON Canonicalization Scheme (RFC 8785): no white space, keys in order, numbers and strings as
 * ECMAScript writes them. Values that are equal have equal texts on every machine.
 *
 * @throws InvalidNumberError for a number that is infinite or not one; InvalidJsonError for half of a surrogate pair, which no UTF-8 has
 */
export const canonicalJson = (value: Json): string => {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new InvalidNumberError('a value', value);
  if (typeof value === 'string' && /\p{Surrogate}/u.test(value)) {
    throw new InvalidJsonError(`${JSON.stringify(value)} has half of a surrogate pair`, 'Write the whole character.');
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value).flatMap(([key, member]) =>
    member === undefined ? [] : [[key, canonicalJson(member)] as const],
  );
  return `{${members
    .sort(byKey)
    .map(([key, text]) => `${canonicalJson(key)}:${text}`)
    .join(',')}}`;
};

/** `Array.isArray` does not narrow read-only lists. */
export const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
