import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Devnet, readDevnet } from '@wicker/devnet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answers, type Run, until, wicker } from './wicker.ts';

/** {ms} from the start to the table */
const START_BUDGET = 30_000;

let folder: string;
let runs: Run[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wicker-up-'));
  runs = [];
});
afterEach(async () => {
  for (const run of runs) run.process.kill('SIGKILL');
  await Promise.all(runs.map(({ ended }) => ended));
  rmSync(folder, { recursive: true, force: true });
});

const start = (port = '0'): Run => {
  const run = wicker(['up', '--port', port], folder);
  runs.push(run);
  return run;
};

const file = (): string => join(folder, '.wicker', 'devnet.json');

/** Starts a devnet and waits until its table shows. */
const startAndWatch = async (): Promise<{ run: Run; devnet: Devnet }> => {
  const run = start();
  await until('a table', () => /WDI {2}NAV [\d ]+ USDC/.test(run.stdout()), START_BUDGET);
  return { run, devnet: readDevnet(folder) };
};

const gone = (rpc: string) => until('the chain to be gone', async () => !(await answers(rpc)), 5_000);

describe('wicker up', () => {
  it('serves a chain, writes .wicker/devnet.json, shows the indices, and ends with Ctrl-C', async () => {
    const { run, devnet } = await startAndWatch();
    expect(await answers(devnet.rpc)).toBe(true);
    expect(devnet.chainId).toBe(31337);
    expect(Object.keys(devnet.indices)).toEqual(['WDI', 'WBC']);
    const contracts = ['authority', 'priceFeed', 'assetList', 'vault', 'rebalancer', 'managed', 'factory', 'router'];
    expect(Object.keys(devnet.addresses)).toEqual(expect.arrayContaining([...contracts, 'base', 'uniswap']));
    expect(Object.keys(devnet.accounts)).toEqual(expect.arrayContaining(['manager', 'keeper', 'alice', 'bob']));
    expect(run.stdout()).toContain('npm run wicker -- demo');
    expect(run.stdout()).toMatch(/drift [\d.]+ bps/);
    expect(run.stdout()).toMatch(/asset +price USDC +weight +target +open order, USDC/);
    expect(run.stdout()).toContain('no fills yet');

    const list = wicker(['index', 'list'], folder);
    expect(await list.ended).toBe(0);
    expect(list.stdout()).toMatch(/^WDI {2}NAV .+\nWBC {2}NAV .+\n$/);
    const show = wicker(['index', 'show', 'WDI', '--json'], folder);
    expect(await show.ended).toBe(0);
    const shown = JSON.parse(show.stdout());
    expect(shown).toMatchObject({ symbol: 'WDI', address: devnet.indices.WDI });
    expect(shown.assets).toHaveLength(16);
    expect(shown.assets).toContainEqual(expect.objectContaining({ id: 'uniswap', target: '0.300000000000000000' }));
    const unknown = wicker(['index', 'show', 'NOPE', '--json'], folder);
    expect(await unknown.ended).toBe(2);
    expect(JSON.parse(unknown.stderr()).error.code).toBe('UNKNOWN_INDEX');
    const stranger = wicker(['index', 'show', `0x${'1'.repeat(40)}`, '--json'], folder);
    expect(await stranger.ended).toBe(1);
    expect(JSON.parse(stranger.stderr()).error.code).toBe('UnknownIndex');

    run.process.kill('SIGINT');
    run.process.kill('SIGINT'); // as the terminal and npm do
    expect(await run.ended).toBe(0);
    await gone(devnet.rpc);
    expect(existsSync(file())).toBe(false);
  });

  it('ends with SIGTERM while it is still starting', async () => {
    const run = start();
    await until('the first step', () => run.stderr().includes('open a market'));
    run.process.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(existsSync(file())).toBe(false);
  });

  it('leaves no chain behind after kill -9, and starts again over the old file', async () => {
    const first = await startAndWatch();
    first.run.process.kill('SIGKILL');
    await gone(first.devnet.rpc);
    expect(existsSync(file())).toBe(true);

    const second = await startAndWatch();
    expect(second.devnet.rpc).not.toBe(first.devnet.rpc);
    expect(await answers(second.devnet.rpc)).toBe(true);
  });

  it('starts over a file that is no devnet at all', async () => {
    mkdirSync(join(folder, '.wicker'));
    writeFileSync(file(), 'half a fi');
    const { devnet } = await startAndWatch();
    expect(await answers(devnet.rpc)).toBe(true);
  });

  it('says that the port is taken, and what to do', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    try {
      const run = start(String(port));
      expect(await run.ended).toBe(1);
      expect(run.stderr()).toContain(`port ${port} is taken by another program`);
      expect(run.stderr()).toContain(`--port ${port + 1}`);
      expect(existsSync(file())).toBe(false);
    } finally {
      server.close();
    }
  });

  it.each(['abc', '-1', '65536', '1.5', ''])('refuses --port %j', async (port) => {
    const run = wicker(['up', `--port=${port}`], folder);
    runs.push(run);
    expect(await run.ended).toBe(2);
    expect(run.stderr()).toMatch(/port/);
    expect(run.stdout()).toBe('');
  });
});
