import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';

/** {extension: type} of everything that a bundler writes; what is not here is refused at the start, not guessed. */
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** Names in this folder hold a hash of their content, so that they never change. */
const HASHED = '/assets/';

/** A file as it is answered. */
export interface PageFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
  readonly cacheControl: string;
}

const fileOf = (path: string, body: Uint8Array<ArrayBuffer>): PageFile => ({
  body,
  type: TYPES[extname(path)] ?? 'application/octet-stream',
  etag: `"${createHash('sha256').update(body).digest('base64url')}"`,
  cacheControl: path.startsWith(HASHED) ? 'public, max-age=31536000, immutable' : 'no-cache',
});

/**
 * The files of a built page by their path, for example `/index.html`: all in memory, so that no request names a file of this
 * machine, and a later build does not change a page that is being served.
 */
export const readPage = (folder: string): ReadonlyMap<string, PageFile> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => {
        const full = join(entry.parentPath, entry.name);
        const path = `/${relative(folder, full).split('\\').join('/')}`;
        return [path, fileOf(path, new Uint8Array(readFileSync(full)))];
      }),
  );
