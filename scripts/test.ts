import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { foundryPath } from '../packages/devnet/src/foundry.ts';
import { binary } from './binaries.ts';
import { compile } from './compile.ts';
import { exec, type Result } from './exec.ts';
import { countForge, weakHandlers } from './forge-report.ts';
import { formatSolidity, lintTypeScript } from './lint.ts';
import { CACHE, OUT } from './paths.ts';
import { withProgress } from './progress.mjs';

const VITEST_REPORT = join(CACHE, 'vitest.json');

/** How many tests passed, failed and were skipped. */
interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Step {
  readonly name: string;
  readonly run: (deep: boolean) => Promise<Counts>;
}

const PASSED: Counts = { passed: 1, failed: 0, skipped: 0 };
const FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };

/** A tool that either finds nothing or says what is wrong counts as one test. */
const check = async (work: Promise<Result>): Promise<Counts> => {
  const { code, output } = await work;
  if (code === 0) return PASSED;
  process.stdout.write(output);
  return FAILED;
};

const compileContracts = async (): Promise<Counts> => {
  try {
    await compile();
    return PASSED;
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return FAILED;
  }
};

const node = (name: 'knip' | 'tsc', ...args: string[]): Promise<Result> =>
  exec(process.execPath, [binary(name), ...args]);

/** The programs, then the page, which knows the browser's names. */
const checkTypes = async (): Promise<Result> => {
  const programs = await node('tsc', '-p', '.');
  return programs.code === 0 ? node('tsc', '-p', 'apps/web') : programs;
};

const testSolidity = async (deep: boolean): Promise<Counts> => {
  const env = { NO_COLOR: '1', ...(deep ? { FOUNDRY_PROFILE: 'deep' } : {}) };
  const { code, output } = await withProgress('Solidity tests', () =>
    exec(foundryPath('forge'), ['test'], { show: true, env }),
  );
  const counts = countForge(output);
  const weak = weakHandlers(output);
  for (const { handler, calls, successes } of weak) {
    process.stdout.write(`[FAIL] ${handler}: ${successes} successes in ${calls} calls are under 30 %\n`);
  }
  if (counts === undefined || (code !== 0 && counts.failed === 0)) return FAILED;
  return { ...counts, failed: counts.failed + weak.length };
};

const reportSchema = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
});

const testTypeScript = async (deep: boolean): Promise<Counts> => {
  rmSync(VITEST_REPORT, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${VITEST_REPORT}`];
  const env = deep ? { WICKER_DEEP: '1' } : {};
  const { code } = await exec(process.execPath, [binary('vitest'), 'run', ...reporters], { show: true, env });
  if (!existsSync(VITEST_REPORT)) return FAILED;
  const report = reportSchema.parse(JSON.parse(readFileSync(VITEST_REPORT, 'utf8')));
  // a file that cannot be loaded, or an error outside of a test, fails the run but no test
  const outside = code !== 0 && report.numFailedTests === 0 ? 1 : 0;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + outside,
    skipped: report.numPendingTests + report.numTodoTests,
  };
};

const STEPS: readonly Step[] = [
  { name: 'contracts compile', run: compileContracts },
  { name: 'types', run: () => check(withProgress('types', checkTypes)) },
  { name: 'lint and format', run: () => check(lintTypeScript(false)) },
  { name: 'format of Solidity', run: () => check(formatSolidity(false)) },
  { name: 'unused files, exports and packages', run: () => check(withProgress('knip', () => node('knip'))) },
  { name: 'Solidity: fuzz and invariants', run: testSolidity },
  { name: 'TypeScript: unit, differential and scenario', run: testTypeScript },
];

const seconds = (since: number): string => `${((performance.now() - since) / 1_000).toFixed(1)} s`;

/** The command: runs everything, with far larger budgets when --deep is given. Gives the exit code. */
export const main = async (args: readonly string[]): Promise<number> => {
  const deep = args.includes('--deep');
  const started = performance.now();
  mkdirSync(CACHE, { recursive: true });
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [i, { name, run }] of STEPS.entries()) {
    process.stdout.write(`\n== ${i + 1}/${STEPS.length} ${name}\n`);
    const began = performance.now();
    const { passed, failed, skipped } = await run(deep);
    process.stdout.write(`== ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped in ${seconds(began)}\n`);
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
    if (run === compileContracts && failed > 0 && !existsSync(OUT)) break; // nothing to test
  }
  if (process.env.WICKER_CONFORMANCE === undefined) {
    process.stdout.write('skipped: cases from published index calculations; set WICKER_CONFORMANCE to their folder\n');
  }
  const skipped = total.skipped === 0 ? '' : `; ${total.skipped} skipped`;
  process.stdout.write(`\nall in ${seconds(started)}${deep ? ', deep' : ''}${skipped}\n`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 ? 0 : 1;
};
