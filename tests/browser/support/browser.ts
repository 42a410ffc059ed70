import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import * as z from 'zod';
import { withLock } from '../../../scripts/lock.mjs';
import { CACHE, ROOT } from '../../../scripts/paths.ts';

/** A browser in a container runs as root, which has no sandbox, and without a graphics card. */
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'];

const version = (): string => {
  const manifest = readFileSync(join(ROOT, 'node_modules/@sparticuz/chromium/package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(manifest)).version;
};

/** Does `work` with some variables of the environment set. */
const withEnv = async <T>(set: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> => {
  const before = { ...process.env };
  Object.assign(process.env, set);
  try {
    return await work();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
};

/**
 * Unpacks the Chromium of the npm package, with the libraries that it needs, once. The package itself would unpack into the
 * machine's temporary folder, and take the half of a Chromium that a killed process left there for a whole one.
 *
 * @returns the folder
 */
const unpack = async (): Promise<string> => {
  const folder = join(CACHE, `chromium-${version()}`);
  const done = (): boolean => existsSync(join(folder, 'chromium'));
  if (done()) return folder;
  await withLock(join(CACHE, 'chromium.lock'), 'unpacking Chromium', async () => {
    if (done()) return;
    const unfinished = `${folder}.new`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    // It unpacks its libraries only where it takes the machine for Amazon's.
    await withEnv({ TMPDIR: unfinished, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' }, async () => {
      const { default: packed } = await import('@sparticuz/chromium');
      await packed.executablePath();
    });
    renameSync(unfinished, folder);
  });
  return folder;
};

/** Chromium from npm, on the machine's own libraries or on those that come with it. */
const launchPacked = async (): Promise<Browser> => {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('the Chromium from npm is for Linux on x64');
  const folder = await unpack();
  const options = { executablePath: join(folder, 'chromium'), args: ARGS };
  try {
    return await chromium.launch(options);
  } catch {
    const libraries = { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_PATH: join(folder, 'fonts') };
    return withEnv(libraries, () => chromium.launch(options));
  }
};

/** A browser, or why there is none here. */
export const launchBrowser = async (): Promise<Browser | string> => {
  const reasons: string[] = [];
  for (const launch of [launchPacked, () => chromium.launch({ channel: 'chrome', args: ARGS })]) {
    try {
      return await launch();
    } catch (error) {
      reasons.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
    }
  }
  return reasons.join('; ');
};
