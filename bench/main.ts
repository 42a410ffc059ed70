import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { type GasFigures, measureGas } from './gas.ts';
import { keeperTable, measureKeeper } from './keeper.ts';
import { labTableText, measureLab } from './lab.ts';
import { measureSimulations, measureSweep, simulationTable, sweepTable } from './simulate.ts';

const SNAPSHOT = fileURLToPath(new URL('gas.snapshot.json', import.meta.url));

const byNumber = z.record(z.string(), z.int().positive());
const snapshotSchema = z.strictObject({
  mint: byNumber,
  redeem: byNumber,
  mintFromClaims: byNumber,
  redeemToClaims: byNumber,
  transfer: z.int().positive(),
  limitMint: byNumber,
  limitRedeem: byNumber,
  rebalance: byNumber,
  rebalancePerIndex: byNumber,
  open: byNumber,
});

/** The committed figures. */
export const readSnapshot = (): GasFigures => snapshotSchema.parse(JSON.parse(readFileSync(SNAPSHOT, 'utf8')));

/** Figures as rows of a table: what, how many, gas. */
export const rowsOf = (figures: GasFigures): (readonly [string, string, number])[] =>
  Object.entries(figures).flatMap(([what, value]: [string, number | Record<string, number>]) =>
    typeof value === 'number'
      ? [[what, '', value] as const]
      : Object.entries(value).map(([n, gas]) => [what, n, gas] as const),
  );

const printTable = (figures: GasFigures): void => {
  for (const [what, n, gas] of rowsOf(figures)) {
    process.stdout.write(`${what.padEnd(18)}${n.padStart(5)}${gas.toLocaleString('en-US').padStart(14)}\n`);
  }
};

const FLAGS: Readonly<Record<string, readonly string[]>> = {
  gas: ['--json', '--write'],
  keeper: ['--json'],
  lab: ['--json'],
  simulate: ['--sweep'],
};
const USAGE =
  'usage: npm run bench:gas -- [--json] [--write], npm run bench:keeper -- [--json], npm run bench:lab -- [--json], or npm run bench:simulate -- [--sweep]\n';

const progress = (step: string): void => {
  process.stderr.write(`measuring ${step}\n`);
};

const benchGas = async (flags: readonly string[]): Promise<void> => {
  const figures = await measureGas(progress);
  if (flags.includes('--write')) writeFileSync(SNAPSHOT, `${JSON.stringify(figures, null, 2)}\n`);
  if (flags.includes('--json')) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else printTable(figures);
};

const benchKeeper = (flags: readonly string[]): void => {
  const figures = measureKeeper(progress);
  process.stdout.write(flags.includes('--json') ? `${JSON.stringify(figures)}\n` : keeperTable(figures));
};

const benchSimulate = (flags: readonly string[]): void => {
  process.stdout.write(
    flags.includes('--sweep') ? sweepTable(measureSweep(progress)) : simulationTable(measureSimulations(progress)),
  );
};

const benchLab = async (flags: readonly string[]): Promise<void> => {
  const figures = await measureLab(progress);
  process.stdout.write(flags.includes('--json') ? `${JSON.stringify(figures)}\n` : labTableText(figures));
};

/**
 * `bench gas [--json] [--write]`: measures gas on a fresh local chain; `--write` renews the committed snapshot.
 * `bench keeper [--json]`: measures how long the planner takes for a thousand indices, and what it plans.
 * `bench lab [--json]`: measures screening, weighing and back-tests.
 * `bench simulate [--sweep]`: runs the scenarios that ship and measures how fast; with `--sweep` tries other numbers for the rules.
 */
export const main = async ([suite = '', ...flags]: readonly string[]): Promise<number> => {
  const unknown = flags.find((flag) => !FLAGS[suite]?.includes(flag));
  if (FLAGS[suite] === undefined || unknown !== undefined) {
    const reason = FLAGS[suite] === undefined ? `no benchmark ${suite}` : `unknown option ${unknown}`;
    process.stderr.write(`${reason}\n${USAGE}`);
    return 2;
  }
  if (suite === 'gas') await benchGas(flags);
  else if (suite === 'keeper') benchKeeper(flags);
  else if (suite === 'lab') await benchLab(flags);
  else benchSimulate(flags);
  return 0;
};
