import { readFileSync } from 'node:fs';
import { InputError, InvalidJsonError } from '@wicker/core';

/** A file that cannot be read. */
export class UnreadableFileError extends InputError {
  constructor(file: string, reason: string) {
    super('UNREADABLE_FILE', `cannot read '${file}': ${reason}`, 'Check the path; - reads standard input.');
  }
}

/** {code: words} of the failures that people meet. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
};

/**
 * The text of a file; `-` is standard input.
 *
 * @throws UnreadableFileError, InvalidJsonError when the bytes are not UTF-8.
 */
export function readText(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UnreadableFileError(file, REASONS[code] ?? code);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidJsonError(`'${file}' is not UTF-8 text`, 'Save the file as UTF-8.');
  }
}

/** How messages call a file. */
export function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}

/** Runs `parse`; an error about its input says first where that input came from. */
export function inContext<T>(where: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof InputError) throw new InputError(error.code, `${where}: ${error.message}`, error.hint);
    throw error;
  }
}
