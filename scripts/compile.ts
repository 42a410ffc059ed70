import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WickerError } from '@wicker/core';
import { foundryPath } from '../packages/devnet/src/foundry.ts';
import { writeAbis } from './abi.ts';
import { exec } from './exec.ts';
import { withLock } from './lock.mjs';
import { CACHE, OUT, ROOT } from './paths.ts';
import { withProgress } from './progress.mjs';

/** What decides the output besides the sources: settings, the compiler, and the libraries that the sources import. */
const SETTINGS = [
  ...['foundry.toml', 'scripts/solc', 'scripts/abi.ts'],
  ...['@foundry-rs/forge', 'solc', '@openzeppelin/contracts', 'solady'].map(
    (name) => `node_modules/${name}/package.json`,
  ),
];
const SOURCES = 'contracts/src';

class CompileError extends WickerError {}

/** A hash of everything that the output depends on. */
const inputs = (): string => {
  const sources = readdirSync(join(ROOT, SOURCES), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.sol'))
    .sort()
    .map((file) => join(SOURCES, file));
  const hash = createHash('sha256');
  for (const file of [...SETTINGS, ...sources]) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
};

/**
 * Compiles the contracts (not their tests) and writes their typed ABIs, unless nothing changed since the last time. One
 * process compiles at a time. Progress goes to standard error.
 *
 * @throws {CompileError} with the compiler's messages
 */
export const compile = async (): Promise<void> => {
  await withLock(join(CACHE, 'compile.lock'), 'compiling the contracts', async () => {
    const stamp = join(CACHE, 'compiled');
    const hash = inputs();
    if (existsSync(OUT) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) {
      writeAbis();
      return;
    }
    rmSync(stamp, { force: true });
    const { code, output } = await withProgress('compiling the contracts', () =>
      exec(foundryPath('forge'), ['build', SOURCES], { env: { NO_COLOR: '1' } }),
    );
    if (code !== 0) throw new CompileError('COMPILE_FAILED', `the contracts do not compile\n${output}`, 'see above');
    for (const file of writeAbis()) process.stderr.write(`wrote ${file}\n`);
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(stamp, hash);
  });
};

/** The command: compiles, and exits with 0. */
export const main = async (): Promise<number> => {
  await compile();
  return 0;
};
