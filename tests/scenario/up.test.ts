import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Devnet, readDevnet } from '@wicker/devnet';
import { keeperSchema } from '@wicker/keeper/api';
import { approve, mint, previewMint } from '@wicker/sdk';
import { configSchema } from '@wicker/web/config';
import { createClient, erc20Abi, http } from 'viem';
import { getBalance, getBlock, readContract } from 'viem/actions';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TICK_SECONDS } from '../../packages/cli/src/up/live.ts';
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

const start = ({ port = '0', webPort = '0' } = {}): Run => {
  const run = wicker(['up', '--port', port, '--web-port', webPort], folder);
  runs.push(run);
  return run;
};

const file = (): string => join(folder, '.wicker', 'devnet.json');

/** Starts a devnet and waits until its table shows. */
const startAndWatch = async (
  ports: Parameters<typeof start>[0] = {},
): Promise<{ run: Run; devnet: Devnet; page: string }> => {
  const run = start(ports);
  await until('a table', () => /WDI {2}NAV [\d ]+ USDC/.test(run.stdout()), START_BUDGET);
  const [, page = ''] = /^Open (http:\/\/127\.0\.0\.1:\d+) in a browser/m.exec(run.stdout()) ?? [];
  return { run, devnet: readDevnet(folder), page };
};

/** A port that another program has. */
const withTakenPort = async (work: (port: number) => Promise<void>): Promise<void> => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  try {
    await work(port);
  } finally {
    server.close();
  }
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
    expect(list.stdout()).toMatch(/\nWDI +(4 [5-9]|5 [0-4])\d{2} \d{3} .+\nWBC +(9\d{2}|1 0\d{2}) \d{3} .+\n$/);
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

  it('serves the page with all that it needs, until Ctrl-C', async () => {
    const { run, devnet, page } = await startAndWatch();
    const html = await fetch(page);
    expect(html.headers.get('content-type')).toContain('text/html');
    expect(await html.text()).toContain('<div id="root">');
    const config = configSchema.parse(await (await fetch(`${page}/config.json`)).json());
    expect(config.indices).toEqual([
      { symbol: 'WDI', name: 'Wicker DeFi Index', address: devnet.indices.WDI },
      { symbol: 'WBC', name: 'Wicker Blue Chips', address: devnet.indices.WBC },
    ]);
    expect(config.tokens).toHaveLength(16);
    expect(config.pools).toHaveLength(32);
    const keeper = keeperSchema.parse(await (await fetch(`${page}/api/keeper`)).json());
    expect(keeper.account).toBe(devnet.accounts.keeper);
    expect(keeper.trouble).toBeNull();

    run.process.kill('SIGINT');
    expect(await run.ended).toBe(0);
    await expect(fetch(page)).rejects.toThrow();
    expect(readdirSync(join(folder, '.wicker'))).toEqual([]);
  });

  it('gives investors what they need to mint at once, and mines what they send while the market moves', async () => {
    const { devnet, page } = await startAndWatch();
    const { alice, bob } = devnet.accounts;
    const { WDI } = devnet.indices;
    if (!alice || !bob || !WDI) throw new Error('the devnet names no investors or no index');
    // As the page does: by the server's own way to the chain.
    const client = createClient({ transport: http(`${page}/rpc`, { batch: true }), pollingInterval: 50 });
    const shares = 10_000n * 10n ** 18n;
    const { assets, amounts } = await previewMint(client, { index: WDI, shares });
    for (const owner of [alice, bob]) {
      expect(await getBalance(client, { address: owner })).toBeGreaterThan(10n ** 20n);
      for (const [i, token] of [...assets, devnet.addresses.base].entries()) {
        const has = await readContract(client, {
          abi: erc20Abi,
          address: token,
          functionName: 'balanceOf',
          args: [owner],
        });
        expect(has).toBeGreaterThan(amounts[i] ?? 100_000_000_000n);
      }
    }
    const { timestamp: start } = await getBlock(client);
    for (let turn = 0; (await getBlock(client)).timestamp < start + 4n * TICK_SECONDS; turn += 1) {
      const token = assets[turn % assets.length];
      if (token !== undefined) await approve(client, { account: alice, token, spender: WDI });
    }
    for (const token of assets) await approve(client, { account: bob, token, spender: WDI });
    const { minted } = await mint(client, {
      account: bob,
      index: WDI,
      shares,
      maxAmounts: amounts.map((a) => a * 2n),
      to: bob,
    });
    expect(minted).toBe((shares * 9_980n) / 10_000n);
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

  it('says that the port is taken, and what to do', () =>
    withTakenPort(async (port) => {
      const run = start({ port: String(port) });
      expect(await run.ended).toBe(1);
      expect(run.stderr()).toContain(`port ${port} is taken by another program`);
      expect(run.stderr()).toContain(`--port ${port + 1}`);
      expect(existsSync(file())).toBe(false);
    }));

  it('serves the page at the next free port when its port is taken, and says so', () =>
    withTakenPort(async (port) => {
      const { run, page } = await startAndWatch({ webPort: String(port) });
      expect(run.stdout()).toContain(`Port ${port} is taken by another program.`);
      expect(Number(new URL(page).port)).toBeGreaterThan(port);
      expect((await fetch(page)).status).toBe(200);
    }));

  it.each([...['abc', '-1', '65536', '1.5', ''].map((port) => `--port=${port}`), '--web-port=http'])(
    'refuses %s',
    async (option) => {
      const run = wicker(['up', option], folder);
      runs.push(run);
      expect(await run.ended).toBe(2);
      expect(run.stderr()).toMatch(/port/);
      expect(run.stdout()).toBe('');
    },
  );
});
