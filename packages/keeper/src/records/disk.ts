import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** What the records do to files; each call is one effect. */
export interface Disk {
  /** Undefined when there is no such file. */
  readonly read: (path: string) => Buffer | undefined;
  /** Makes the file, and its folder, when they are not there. */
  readonly append: (path: string, text: string) => void;
  /** Makes the file; false when it is there already. */
  readonly create: (path: string, text: string) => boolean;
  /** @param size {byte} */
  readonly truncate: (path: string, size: number) => void;
  readonly rename: (from: string, to: string) => void;
  readonly remove: (path: string) => void;
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** The files of this machine. */
export const nodeDisk: Disk = {
  read: (path) => (existsSync(path) ? readFileSync(path) : undefined),
  append: (path, text) => {
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, text);
  },
  create: (path, text) => {
    mkdirSync(dirname(path), { recursive: true });
    try {
      writeFileSync(path, text, { flag: 'wx' });
      return true;
    } catch (error) {
      if (isCode(error, 'EEXIST')) return false;
      throw error;
    }
  },
  truncate: (path, size) => truncateSync(path, size),
  rename: (from, to) => renameSync(from, to),
  remove: (path) => rmSync(path, { force: true }),
};
