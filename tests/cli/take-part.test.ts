import { writeDevnet } from '@wicker/devnet';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { run } from './support/run.ts';
import { type CliWorld, endow, openCliWorld } from './support/world.ts';

// What README says under "Take part", with the file that `npm start` writes and a person who says yes.
vi.mock('node:readline/promises', () => ({
  createInterface: () => ({ question: async () => 'y', once: () => {}, close: () => {} }),
}));

let world: CliWorld;
const { isTTY } = process.stdin;

beforeAll(async () => {
  world = await openCliWorld();
  const { chain, deployment, accounts, folder } = world;
  const { fromBlock: _, ...rest } = deployment;
  writeDevnet(folder, { ...rest, rpc: chain.url, accounts: { ...accounts } });
  await endow(world, accounts.alice, [[deployment.addresses.base, 10_000n * 10n ** 6n]]);
  process.stdin.isTTY = true;
});
afterAll(() => {
  process.stdin.isTTY = isTTY;
  return world?.stop();
});

it.each([
  [
    ['index', 'mint', 'WDI', '--pay', '1000', '--as', 'alice'],
    /\nMinted 99\d\.\d+ WDI for (999\.99|1 000\.00) USDC\.\n$/,
  ],
  [
    ['index', 'redeem', 'WDI', '--shares', 'all', '--to-usdc', '--as', 'alice'],
    /\nRedeemed 99\d\.\d+ WDI for 98\d\.\d\d USDC\.\n$/,
  ],
  [['rebalance', 'plan'], /WDI +0\.\d +[\d ]+ +in tolerance/],
  [['rebalance', 'run', '--as', 'bob'], /Nothing can be opened or traded now/],
  [['index', 'claims', '--as', 'alice'], /has no claims/],
])('wicker %j does what README says', async (args, said) => {
  const cwd = vi.spyOn(process, 'cwd').mockReturnValue(world.folder);
  try {
    const { code, stdout } = await run(...args);
    expect(stdout).toMatch(said);
    expect(code).toBe(0);
  } finally {
    cwd.mockRestore();
  }
});
