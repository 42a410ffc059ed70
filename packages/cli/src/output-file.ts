import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { WickerError } from '@wicker/core';

/** {words} of the failures that people meet */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EEXIST: 'a part of the path is a file',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is a file',
  EROFS: 'the disk is read-only',
};

/** Writes a file, whole or not at all, and the folders that it needs. @throws {WickerError} UNWRITABLE_FILE */
export function writeText(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    // A file that was cut in the middle may read like a whole one.
    const beside = `${path}.${process.pid}.part`;
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new WickerError('UNWRITABLE_FILE', `cannot write '${path}': ${REASONS[code] ?? code}`, 'Name another file.');
  }
}
