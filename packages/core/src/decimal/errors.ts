import { InputError } from '../errors.ts';

/** A value that should be an exact non-negative number is not one. */
export class InvalidNumberError extends InputError {
  constructor(what: string, value: unknown) {
    super(
      'INVALID_NUMBER',
      `${what} is ${describe(value)}`,
      'Use a finite JSON number that is not negative, or a string of digits with an optional point, such as "1234.5".',
    );
  }
}

/** The text is not JSON (RFC 8259). */
export class InvalidJsonError extends InputError {
  constructor(message: string, hint = 'Check the text with any JSON formatter.') {
    super('INVALID_JSON', message, hint);
  }
}

/** A key occurs twice in one JSON object; which of the two values was meant cannot be known. */
export class DuplicateIdError extends InputError {
  constructor(id: string, where: string) {
    super('DUPLICATE_ID', `'${id}' occurs twice${where}`, 'Keep one of the two.');
  }
}

/** A value in the words of an error message, short enough for one line. */
function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return 'not a number';
    if (!Number.isFinite(value)) return 'infinite, or too large for a JSON number';
    return value < 0 ? `negative (${value})` : String(value);
  }
  if (typeof value === 'string') return `the string ${JSON.stringify(shorten(value))}, which is not a plain number`;
  if (value === null) return 'null, not a number';
  return Array.isArray(value) ? 'a list, not a number' : `of type ${typeof value}, not a number`;
}

function shorten(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 40)}…`;
}
