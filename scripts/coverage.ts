import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { foundryPath } from '../packages/devnet/src/foundry.ts';
import { exec } from './exec.ts';
import { type FileCoverage, parseLcov, partOf, renderLcov, type Tally, withAssembly } from './lcov.ts';
import { CACHE, ROOT } from './paths.ts';
import { withProgress } from './progress.mjs';

const FOLDER = join(ROOT, 'coverage');
/** The core contracts; what only lives on a devnet is none of them. */
const CORE = /^contracts\/src\/(?!devnet\/)/;
/** {%} least part of the core's lines and branches that the Solidity tests have to reach, over all of it. */
const MIN_LINES = 95;
const MIN_BRANCHES = 90;
/** What a fuzz test finds in its first runs is what it covers; statements that only the campaign reaches do not count. */
const ENV = {
  ...{ WICKER_COVERAGE: '1', NO_COLOR: '1', FOUNDRY_FUZZ_RUNS: '32' },
  ...{ FOUNDRY_OUT: join(CACHE, 'coverage/out'), FOUNDRY_CACHE_PATH: join(CACHE, 'coverage/cache') },
};

const percent = ({ hit, all }: Tally): number => (all === 0 ? 100 : (hit / all) * 100);
const cell = (tally: Tally): string =>
  `${percent(tally).toFixed(1).padStart(6)} %  ${`${tally.hit}/${tally.all}`.padStart(9)}`;
const row = (name: string, lines: Tally, branches: Tally): string =>
  `${name.padEnd(34)}${cell(lines)}${cell(branches)}\n`;

const sum = (tallies: readonly Tally[]): Tally => ({
  hit: tallies.reduce((total, { hit }) => total + hit, 0),
  all: tallies.reduce((total, { all }) => total + all, 0),
});

/** The files, what of each is not reached, and the total. Returns whether the total is enough. */
const report = (files: readonly FileCoverage[]): boolean => {
  process.stdout.write(`${''.padEnd(34)}${'lines'.padStart(19)}${'branches'.padStart(19)}\n`);
  for (const file of files) {
    const { lines, branches, missed } = partOf(file);
    process.stdout.write(row(file.path.replace('contracts/src/', ''), lines, branches));
    if (missed !== '') process.stdout.write(`  not reached: ${missed}\n`);
  }
  const [lines, branches] = [sum(files.map((f) => partOf(f).lines)), sum(files.map((f) => partOf(f).branches))];
  process.stdout.write(row('all', lines, branches));
  return percent(lines) >= MIN_LINES && percent(branches) >= MIN_BRANCHES;
};

/**
 * `npm run coverage`: which lines and branches of the core contracts the Solidity tests reach, without the campaign of the
 * invariants. Writes `coverage/lcov.info`. Exits with 1 when a test fails or too little is reached.
 */
export const main = async (): Promise<number> => {
  mkdirSync(FOLDER, { recursive: true });
  const raw = join(CACHE, 'coverage/lcov.info');
  mkdirSync(join(CACHE, 'coverage'), { recursive: true });
  const reports = ['--ir-minimum', '--report', 'lcov', '--report-file', raw];
  const { code, output } = await withProgress('coverage of the Solidity tests', () =>
    exec(foundryPath('forge'), ['coverage', ...reports, '--no-match-path', 'contracts/test/invariant/**'], {
      env: ENV,
    }),
  );
  if (code !== 0) {
    process.stdout.write(output);
    return 1;
  }
  const files = parseLcov(readFileSync(raw, 'utf8'))
    .filter(({ path }) => CORE.test(path))
    .map((file) => withAssembly(file, readFileSync(join(ROOT, file.path), 'utf8').split('\n')));
  writeFileSync(join(FOLDER, 'lcov.info'), renderLcov(files));
  if (report(files)) return 0;
  process.stdout.write(`less than ${MIN_LINES} % of the lines or ${MIN_BRANCHES} % of the branches are reached\n`);
  return 1;
};
