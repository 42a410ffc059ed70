import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { writeDevnet } from '@wicker/devnet';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ROOT } from '../../scripts/paths.ts';
import { blocksOf, readPages } from '../docs/pages.ts';
import { run } from './support/run.ts';
import { type CliWorld, openCliWorld } from './support/world.ts';

// What docs/methodology.md says under "On a chain", with the file that `npm start` writes and a person who says yes.
vi.mock('node:readline/promises', () => ({
  createInterface: () => ({ question: async () => 'y', once: () => {}, close: () => {} }),
}));

const METHODOLOGY = '.wicker/lab/defi-eight.jsonc';
const PROPOSAL = '.wicker/lab/proposal.json';
const UNIVERSE = 'data/universes/pdi-2023-05.json';

let world: CliWorld;
const { isTTY } = process.stdin;
const before = process.cwd();

beforeAll(async () => {
  world = await openCliWorld();
  const { chain, deployment, accounts, folder } = world;
  const { fromBlock: _, ...rest } = deployment;
  writeDevnet(folder, { ...rest, rpc: chain.url, accounts: { ...accounts } });
  mkdirSync(join(folder, '.wicker/lab'), { recursive: true });
  symlinkSync(join(ROOT, 'data'), join(folder, 'data'));
  const page = readPages().filter(({ path }) => path === 'docs/methodology.md');
  const idea = page.flatMap(blocksOf).find(({ code }) => code.includes(`cat > ${METHODOLOGY}`));
  execFileSync('bash', ['-euo', 'pipefail', '-c', idea?.code ?? 'false'], { cwd: folder });
  process.chdir(folder);
  process.stdin.isTTY = true;
  await run('weigh', UNIVERSE, '--methodology', METHODOLOGY, '--propose', PROPOSAL);
});
afterAll(() => {
  process.chdir(before);
  process.stdin.isTTY = isTTY;
  return world?.stop();
});

it.each([
  [
    ['index', 'reweigh', 'WDI', '--proposal', '.wicker/lab/proposal.json', '--as', 'manager'],
    /^Reweigh WDI, as 0x[\s\S]*\nWDI aims at the new weights; an epoch may be opened for it\.\n$/,
  ],
  [
    // biome-ignore format: as the page has it, in one line
    ['verify', 'data/universes/pdi-2023-05.json', '--methodology', '.wicker/lab/defi-eight.jsonc', '--index', 'WDI'],
    /\n\nWDI: the same weights; the same hash\n$/,
  ],
])('wicker %j does what docs/methodology.md says', async (args, said) => {
  const { code, stdout, stderr } = await run(...args);
  expect(stderr).not.toContain('error');
  expect(stdout).toMatch(said);
  expect(code).toBe(0);
});
