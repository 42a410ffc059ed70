import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seeded } from '@wicker/core';
import { CHAIN_ID, writeDevnet } from '@wicker/devnet';
import { historySchema, keeperSchema, openingsSchema, roundsSchema } from '@wicker/keeper/api';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '../../packages/cli/src/main.ts';
import { pass } from '../contracts/support/chain.ts';
import { type Run, until, wicker } from '../scenario/wicker.ts';
import { mirrorWeights, movePrices, openScene, type Scene } from './support/market.ts';
import { expectTruth, recordsSay } from './support/truth.ts';

/** As docs/keeper.md shows it; the port would be taken when tests run side by side. */
const SHOWN = ['keeper', '--as', 'alice', '--dir', '.wicker/alice', '--port', '9465'];
const KEEP = ['keeper', '--as', 'keeper', '--interval', '0.2', '--port', '0'];
/** {1} times that it is killed */
const KILLS = 5;

let scene: Scene;
/** Where `.wicker/devnet.json` is. */
let folder: string;
const running = new Set<Run>();

beforeAll(async () => {
  scene = await openScene();
  folder = mkdtempSync(join(tmpdir(), 'wicker-keep-'));
  const { world, funds } = scene;
  const { chain, platform, who } = world;
  writeDevnet(folder, {
    ...{ rpc: chain.url, chainId: CHAIN_ID, addresses: { ...platform } },
    indices: { AAA: funds[0].index, BBB: funds[1].index },
    accounts: { alice: who.alice, keeper: who.keeper },
  });
});
afterAll(async () => {
  for (const { process: child } of running) child.kill('SIGKILL');
  await Promise.all([...running].map(({ ended }) => ended));
  await scene.stop();
  rmSync(folder, { recursive: true, force: true });
});

const keep = (args: readonly string[]): Run => {
  const run = wicker(args, folder);
  running.add(run);
  void run.ended.then(() => running.delete(run));
  return run;
};

/** Runs a command that fails, in this process. Returns its exit code and what it said about it. */
const refusal = async (args: readonly string[]): Promise<[number, string]> => {
  let said = '';
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += text;
    return true;
  });
  const cwd = vi.spyOn(process, 'cwd').mockReturnValue(folder);
  try {
    return [await main([...args, '--dir', join(folder, '.wicker', 'refused')]), said];
  } finally {
    stderr.mockRestore();
    cwd.mockRestore();
  }
};

/** Where it serves its API. */
const urlOf = async (run: Run): Promise<string> => {
  const found = (): string | undefined => /"url":"([^"]+)"/.exec(run.stdout())?.[1];
  await until('the keeper works', () => found() !== undefined || run.process.exitCode !== null, 60_000);
  return found() ?? expect.fail(`it ended: ${run.stderr()}`);
};

const json = async (url: string): Promise<unknown> => (await fetch(url)).json();

describe('wicker keeper', () => {
  it('works until it is asked to end, and tells by HTTP what it does', async () => {
    const run = keep(KEEP);
    const url = await urlOf(run);
    await mirrorWeights(scene);
    await until('an epoch', async () => openingsSchema.parse(await json(`${url}/api/openings`)).openings.length > 0);
    await pass(scene.world.client, 3_000n);
    await until('a round', async () => roundsSchema.parse(await json(`${url}/api/rounds?limit=1`)).rounds.length > 0);
    const [{ index }] = scene.funds;
    expect(historySchema.parse(await json(`${url}/api/history?index=${index}`)).points.length).toBeGreaterThan(1);
    const other = `0x${'1'.repeat(40)}`;
    expect(roundsSchema.parse(await json(`${url}/api/rounds?index=${other}`)).rounds).toEqual([]);
    const report = keeperSchema.parse(await json(`${url}/api/keeper`));
    expect(report).toMatchObject({ account: scene.world.who.keeper, dryRun: false, trouble: null });
    expect(report.counts).toMatchObject({ opened: 1, errors: 0 });
    const answer = await fetch(`${url}/api/keeper`, { headers: { origin: 'http://localhost:8080' } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(await json(`${url}/health`)).toEqual({ ok: true });
    for (const query of ['history', 'history?index=nothing', 'rounds?limit=0', 'rounds?limit=x']) {
      const bad = await fetch(`${url}/api/${query}`);
      expect([bad.status, await bad.json()]).toEqual([
        400,
        { error: { code: expect.stringMatching(/^BAD_/), message: expect.any(String), hint: expect.any(String) } },
      ]);
    }
    const metrics = await (await fetch(`${url}/metrics`)).text();
    for (const line of [
      'wicker_keeper_epochs_opened_total{by="self"} 1',
      `wicker_keeper_nav_usdc{index="${index}"}`,
      'wicker_keeper_block_lag 0',
      'wicker_keeper_fills_total{kind="cross",by="self"} 1',
      'wicker_keeper_cost_usdc{part="pool_fee",by="self"}',
    ]) {
      expect(metrics).toContain(line);
    }
    // Another keeper must not write into its folder.
    const second = keep(KEEP);
    expect(await second.ended).toBe(1);
    expect(second.stderr()).toContain('another keeper (process');
    run.process.kill('SIGINT');
    expect(await run.ended).toBe(0);
    await expectTruth(scene.world, join(folder, '.wicker', 'keeper'));
  }, 120_000);

  it(`killed ${KILLS} times at any moment, does nothing twice`, async () => {
    const random = seeded(5);
    const { client, who } = scene.world;
    const before = await client.getTransactionCount({ address: who.keeper });
    const dir = join(folder, '.wicker', 'keeper');
    const known = recordsSay(dir);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const run = keep(KEEP);
      await urlOf(run);
      if (kill === 0) await mirrorWeights(scene, false);
      else await movePrices(scene.world, { link: (9 + 2 * random()).toFixed(2) });
      await new Promise((resolve) => setTimeout(resolve, 800 * random()));
      run.process.kill('SIGKILL');
      await run.ended;
      await pass(client, 1_500n);
    }
    const last = keep([...KEEP, '--once']);
    expect(await last.ended).toBe(0);
    await expectTruth(scene.world, dir);
    const { openings, rounds } = recordsSay(dir);
    const news = openings.length + rounds.length - known.openings.length - known.rounds.length;
    expect(news).toBeGreaterThan(0);
    expect((await client.getTransactionCount({ address: who.keeper })) - before).toBe(news);
  }, 120_000);

  it('works beside another one, as the documentation shows it', async () => {
    const run = keep([...SHOWN.slice(0, -1), '0', '--once', '--dry-run']);
    expect(await run.ended).toBe(0);
    expect(run.stdout()).toContain('"action":');
  }, 60_000);

  it.each([
    [['--port', '99999'], 2, "'99999' is no port"],
    [['--interval', '0'], 2, "--interval: '0' is no time"],
    [['--max-gas-price', 'cheap'], 2, "--max-gas-price: 'cheap' is no price"],
    [['--as', 'nobody'], 2, "there is no account 'nobody'"],
  ])('refuses %s', async (args, code, message) => {
    expect(await refusal([...KEEP, ...args])).toEqual([code, expect.stringContaining(message)]);
  });

  it('says so when its port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const said = expect.stringContaining(`port ${port} is taken by another program`);
    expect(await refusal([...KEEP, '--port', port])).toEqual([1, said]);
    server.close();
  });
});
