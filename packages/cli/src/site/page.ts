import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WickerError } from '@wicker/core';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const APP = join(ROOT, 'apps/web');
const BUILT = join(APP, 'dist');
const CACHE = join(ROOT, '.cache');
/** Inside of what was built: the hash of what it was built from. */
const STAMP = '.sources';

/** What the page is made of: its own files, the packages that it imports, and the versions of all others. */
const SOURCES = [
  ...['index.html', 'package.json', 'vite.config.ts', 'tsconfig.json', 'public', 'src'].map(
    (name) => `apps/web/${name}`,
  ),
  ...['packages/core/src', 'packages/sdk/src', 'packages/keeper/src/api.ts', 'package-lock.json'],
];

class PageError extends WickerError {}

/** Every file at or below a path of the checkout; none when nothing is there. */
const filesAt = (path: string): string[] => {
  const full = join(ROOT, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length))
    .sort();
};

const sourcesHash = (): string => {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(filesAt)) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
};

const builtFrom = (): string | undefined => {
  const stamp = join(BUILT, STAMP);
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined;
};

/**
 * Builds into `folder`. Vite is loaded here only: it takes longer than all else when nothing has changed. It builds for production
 * whatever this process runs as: under a test runner the page would come with the libraries' parts for developers.
 */
const buildInto = async (folder: string): Promise<void> => {
  const { build } = await import('vite');
  const mode = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await build({ root: APP, logLevel: 'silent', build: { outDir: folder, emptyOutDir: true } });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const why = said.replace(/\n\s+at [^\n]*/g, ''); // the bundler puts its stack traces into its messages
    throw new PageError('PAGE_BUILD_FAILED', `the page cannot be built: ${why}`, 'mend apps/web, or restore it');
  } finally {
    if (mode === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = mode;
  }
};

/** Puts what was built in its place, unless another process did so meanwhile. */
const replace = (folder: string): void => {
  rmSync(BUILT, { recursive: true, force: true });
  try {
    renameSync(folder, BUILT);
  } catch (error) {
    if (!existsSync(BUILT)) throw error;
  }
};

/** Whether the page has to be built, again or for the first time. */
export const isPageStale = (): boolean => builtFrom() !== sourcesHash();

/**
 * Builds the page into `apps/web/dist`, in about a second.
 *
 * @returns the folder
 * @throws {PageError} PAGE_BUILD_FAILED with the bundler's message
 */
export const buildPage = async (): Promise<string> => {
  const hash = sourcesHash();
  if (builtFrom() === hash) return BUILT;
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'page-'));
  try {
    await buildInto(folder);
    writeFileSync(join(folder, STAMP), hash);
    replace(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return BUILT;
};
