import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../errors.ts';

/**
 * Answers kept on disk, each in a file that is named by the SHA-256 of what it answers. A file is there whole or not at all; several
 * processes may share a folder. When all together are larger than the bound, the oldest go.
 */
export class DiskCache {
  readonly #folder: string;
  readonly #maxBytes: number;
  /** {bytes} in the folder; undefined before it was looked at. */
  #bytes: number | undefined;

  constructor(folder: string, maxBytes: number) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
  }

  /**
   * What was put under the key, if it is still there.
   *
   * @throws DataError CACHE_UNREADABLE
   */
  async get(key: string): Promise<string | undefined> {
    try {
      return await readFile(this.#path(key), 'utf8');
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw new DataError(
        'CACHE_UNREADABLE',
        `kept answers cannot be read: ${reasonOf(error)}`,
        'Allow it to be read, or name another folder.',
      );
    }
  }

  /** @throws DataError CACHE_UNWRITABLE */
  async put(key: string, text: string): Promise<void> {
    const size = Buffer.byteLength(text);
    if (size > this.#maxBytes) return;
    try {
      await mkdir(this.#folder, { recursive: true });
      const partial = join(this.#folder, `${randomUUID()}.partial`);
      await writeFile(partial, text);
      await rename(partial, this.#path(key));
      this.#bytes = this.#bytes === undefined ? undefined : this.#bytes + size;
      if (this.#bytes === undefined || this.#bytes > this.#maxBytes) this.#bytes = await this.#shrink();
    } catch (error) {
      throw new DataError(
        'CACHE_UNWRITABLE',
        `answers cannot be kept: ${reasonOf(error)}`,
        'Make room, or name another folder.',
      );
    }
  }

  #path(key: string): string {
    return join(this.#folder, `${createHash('sha256').update(key).digest('hex')}.json`);
  }

  /** Removes the oldest files until the rest is within the bound; what it then is {bytes}. */
  async #shrink(): Promise<number> {
    const names = await readdir(this.#folder);
    const found = await Promise.all(names.map((name) => this.#fileOf(join(this.#folder, name))));
    const files = found.flatMap((file) => file ?? []).sort((a, b) => a.time - b.time);
    let bytes = files.reduce((sum, { size }) => sum + size, 0);
    for (const { path, size } of files) {
      if (bytes <= this.#maxBytes) break;
      await rm(path, { force: true });
      bytes -= size;
    }
    return bytes;
  }

  /** Undefined when another process has removed it meanwhile. */
  async #fileOf(path: string): Promise<{ path: string; size: number; time: number } | undefined> {
    try {
      const { size, mtimeMs } = await stat(path);
      return { path, size, time: mtimeMs };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
