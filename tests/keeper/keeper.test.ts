import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Orders, seeded } from '@wicker/core';
import { quotesOf } from '@wicker/sdk';
import { type Address, HttpRequestError, parseGwei, RpcRequestError } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isolate, MINUTE, pass } from '../contracts/support/chain.ts';
import { setWeights } from '../contracts/support/funds.ts';
import { addressOf, refreshFeeds } from '../contracts/support/world.ts';
import { wired } from './support/faults.ts';
import { listen } from './support/heard.ts';
import { keeperOf, letPass, mirrorWeights, movePrices, openScene, type Scene, work } from './support/market.ts';
import { expectTruth, recordsSay } from './support/truth.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.stop());
isolate(() => scene.world.client);

/** {1} transactions that an account has sent, those that are not mined included */
const sentBy = (address: Address): Promise<number> =>
  scene.world.client.getTransactionCount({ address, blockTag: 'pending' });

describe('a keeper', () => {
  it('opens an epoch for all drifted indices together, crosses at 24 minutes, trades the rest, and records the cost', async () => {
    const dir = scene.folder();
    const keeper = keeperOf(scene, { dir });
    expect(await work(keeper)).toEqual([]);
    await mirrorWeights(scene);
    expect(await work(keeper)).toEqual(['open']);
    const [opening] = keeper.openings();
    expect(opening?.indices.map(({ why }) => why)).toEqual(['reweigh', 'reweigh']);
    expect(opening?.indices.map(({ driftBps }) => Math.round(driftBps ?? 0))).toEqual([600, 600]);
    expect(opening?.until).toBe((opening?.at ?? 0) + 72 * 3_600);
    await pass(scene.world.client, 24n * MINUTE);
    expect(await work(keeper)).toContain('trade');
    const crossed = keeper.rounds().flatMap(({ fills }) => fills.filter(({ kind }) => kind === 'cross'));
    expect(crossed.length).toBeGreaterThan(0);
    for (const { poolFee, impact } of crossed) expect([poolFee, impact]).toEqual(['0', '0']);
    await letPass(scene.world, 30n * MINUTE);
    await work(keeper);
    const [round] = keeper.rounds({ limit: 1 });
    const fills = round?.fills.filter(({ kind }) => kind === 'pool') ?? [];
    expect(fills.length).toBeGreaterThan(0);
    const assets = [...new Set(fills.flatMap(({ o, u }) => [o, u]))];
    const quotes = await quotesOf(scene.world.client, { platform: scene.world.platform, assets });
    const worth = (asset: Address, amount: string): bigint =>
      Orders.valueOf(BigInt(amount), quotes.find((quote) => quote.asset === asset)?.price ?? 0n);
    for (const { o, u, given, received, route, ...cost } of fills) {
      expect(BigInt(cost.value)).toBe(worth(o, given));
      const parts = BigInt(cost.poolFee) + BigInt(cost.impact) + BigInt(cost.beyond);
      expect(parts).toBe(BigInt(cost.value) - worth(u, received));
      // 30 bp of what enters each pool
      expect(Number(cost.poolFee) / Number(cost.value)).toBeCloseTo(0.003 * route.length, 4);
    }
    for (const { driftBefore, driftAfter, deltas } of round?.indices ?? []) {
      expect(driftAfter).toBeLessThan(driftBefore ?? 0);
      expect(deltas.every(({ weightAfter, target }) => weightAfter !== null && target !== null)).toBe(true);
    }
    await expectTruth(scene.world, dir);
  });

  it('reads the same again from the chain alone', async () => {
    const dir = scene.folder();
    const keeper = keeperOf(scene, { dir });
    await mirrorWeights(scene);
    await work(keeper);
    await letPass(scene.world, 50n * MINUTE);
    await work(keeper);
    const again = keeperOf(scene, { dir: scene.folder(), account: scene.world.who.alice });
    await again.tick();
    expect(again.rounds()).toEqual(keeper.rounds());
    expect(again.openings()).toEqual(keeper.openings());
    expect(keeper.rounds().length).toBeGreaterThan(0);
  });

  it('records what the node still tells of long ago: at the anchors, without drifts', async () => {
    await mirrorWeights(scene);
    const keeper = keeperOf(scene, { dir: scene.folder() });
    await work(keeper);
    await letPass(scene.world, 50n * MINUTE);
    await work(keeper);
    await scene.world.client.mine({ blocks: 1_050 });
    const dir = scene.folder();
    const late = keeperOf(scene, { dir });
    await late.tick();
    expect(late.rounds().length).toBeGreaterThan(0);
    for (const { fills, indices } of late.rounds()) {
      expect(fills.every(({ pricedAt, value }) => pricedAt === 'anchor' && BigInt(value) > 0n)).toBe(true);
      for (const { deltas, ...drifts } of indices) {
        expect(drifts).toMatchObject({ driftBefore: null, driftAfter: null });
        expect(deltas.length).toBeGreaterThan(0);
      }
    }
    expect(late.openings().map(({ until, at }) => until - at)).toEqual([72 * 3_600]);
    expect(late.openings()[0]?.indices[0]).toMatchObject({ why: 'reweigh', driftBps: null, assets: [] });
    await expectTruth(scene.world, dir);
  });

  it('samples an index once a minute of the chain at most', async () => {
    const keeper = keeperOf(scene, { dir: scene.folder() });
    const [{ index }] = scene.funds;
    for (const seconds of [1n, 30n, 40n, 10n, 60n]) {
      await keeper.tick();
      await pass(scene.world.client, seconds);
    }
    const times = keeper.history(index).map(({ at }) => at);
    expect(times.map((at) => at - (times[0] ?? 0))).toEqual([0, 71]);
  });

  it('two of them on one chain do no harm: each records all, and whose it was', async () => {
    const { alice, keeper: bob } = scene.world.who;
    const dirs = [scene.folder(), scene.folder()];
    const heard = listen();
    const keepers = [alice, bob].map((account, i) =>
      keeperOf(scene, { account, dir: dirs[i] ?? '', log: heard.log, interval: 200 }),
    );
    for (let step = 0; step < 8; step += 1) {
      if (step === 1) await mirrorWeights(scene);
      if (step === 5) await movePrices(scene.world, { link: '10.5' });
      const looks = await Promise.all(keepers.map((keeper) => keeper.tick()));
      expect(looks.flatMap(({ trouble }) => trouble ?? [])).toEqual([]);
      await letPass(scene.world, 12n * MINUTE);
    }
    await Promise.all(keepers.map((keeper) => keeper.tick()));
    for (const dir of dirs) expect((await expectTruth(scene.world, dir)).fills).toBeGreaterThan(0);
    const [a, b] = keepers.map((keeper) => keeper.rounds());
    expect(a).toEqual(b);
    expect(heard.codes()).not.toContain('INTERNAL');
  });

  it('goes on when the node fails now and then', async () => {
    const random = seeded(7);
    const heard = listen();
    const client = wired(scene.world.client, (method, passOn) => {
      if (random() > 0.01) return passOn();
      const body = { method };
      if (random() < 0.5) throw new HttpRequestError({ url: 'http://secret.example/key', body });
      throw new RpcRequestError({ url: 'http://secret.example/key', body, error: { code: -32_000, message: 'busy' } });
    });
    const dir = scene.folder();
    const keeper = keeperOf(scene, { dir, client, log: heard.log });
    let [troubles, done] = [0, 0];
    for (let step = 0; step < 50; step += 1) {
      if (step === 3) await mirrorWeights(scene);
      const { trouble, action } = await keeper.tick();
      if (trouble !== undefined) troubles += 1;
      if (action === 'trade') done += 1;
      if (trouble === undefined && action === 'watch' && step > 3) await pass(scene.world.client, 5n * MINUTE);
    }
    expect(troubles).toBeGreaterThan(3);
    expect(done).toBeGreaterThan(0);
    while ((await keeper.tick()).trouble !== undefined);
    expect((await expectTruth(scene.world, dir)).fills).toBeGreaterThan(0);
    expect(heard.codes()).toEqual(expect.arrayContaining(['NO_CHAIN', 'NODE_REFUSED', 'RECOVERED']));
    expect(keeper.report()).toMatchObject({ trouble: null, counts: { errors: expect.any(Number) } });
    expect(JSON.stringify([keeper.report(), heard.codes()])).not.toContain('secret');
  });

  it('takes back what the chain dropped, and reads what came instead', async () => {
    const { client } = scene.world;
    const dir = scene.folder();
    const heard = listen();
    const keeper = keeperOf(scene, { dir, log: heard.log });
    await mirrorWeights(scene);
    await keeper.tick();
    expect(keeper.openings()).toHaveLength(1);
    await pass(client, 30n * MINUTE);
    await work(keeper);
    const before = keeper.rounds();
    expect(before.length).toBeGreaterThan(0);
    await client.request<{ Method: string; Parameters: unknown[]; ReturnType: unknown }>({
      ...{ method: 'anvil_reorg', params: [before.length, []] },
    });
    expect(await work(keeper)).toContain('trade');
    expect(heard.codes()).toContain('REORG');
    expect(keeper.rounds().map(({ blockHash }) => blockHash)).not.toEqual(before.map(({ blockHash }) => blockHash));
    await expectTruth(scene.world, dir);
    // A keeper that was away meanwhile finds out, too.
    const snapshot = await client.snapshot();
    await letPass(scene.world, 15n * MINUTE);
    await work(keeper);
    await client.revert({ id: snapshot });
    const late = keeperOf(scene, { dir });
    expect((await late.tick()).trouble?.code).toBe('NODE_BEHIND');
    await client.mine({ blocks: 100 });
    expect((await late.tick()).trouble).toBeUndefined();
    await expectTruth(scene.world, dir);
  });

  it('sends nothing while gas costs more than allowed, and goes on watching', async () => {
    const { client, who } = scene.world;
    const keeper = keeperOf(scene, { dir: scene.folder(), maxGasPrice: parseGwei('50') });
    await mirrorWeights(scene);
    await client.setNextBlockBaseFeePerGas({ baseFeePerGas: parseGwei('100') });
    await client.mine({ blocks: 1 });
    const before = await sentBy(who.keeper);
    const { action, says, records } = await keeper.tick();
    expect(action).toBe('hold');
    expect(says).toMatch(/^Sends nothing: gas costs 10\d(\.\d+)? gwei, more than the 50 allowed\.$/);
    expect(records.length).toBeGreaterThan(0);
    expect(await sentBy(who.keeper)).toBe(before);
    await client.setNextBlockBaseFeePerGas({ baseFeePerGas: parseGwei('10') });
    await client.mine({ blocks: 1 });
    expect((await keeper.tick()).action).toBe('open');
    const tx = await client.getTransaction({ hash: keeper.openings()[0]?.tx ?? '0x' });
    expect(tx.maxFeePerGas).toBeLessThanOrEqual(parseGwei('50'));
  });

  it('trades the others while a feed is dead, and says so once', async () => {
    const heard = listen();
    const keeper = keeperOf(scene, { dir: scene.folder(), log: heard.log });
    await setWeights(scene.world, scene.funds[0], { link: '47', weth: '24', snx: '29' });
    await work(keeper);
    await pass(scene.world.client, 27n * 60n * MINUTE);
    await refreshFeeds(scene.world, ['link']);
    expect(await work(keeper)).toEqual(['open']);
    expect(heard.codes().filter((code) => code === 'FEED_DEAD')).toHaveLength(1);
    expect(await keeper.metrics.metrics()).toMatch(/^wicker_keeper_dead_feeds 1$/m);
    await pass(scene.world.client, 55n * MINUTE);
    expect(await work(keeper)).toContain('trade');
    const link = addressOf(scene.world, 'link');
    const fills = keeper.rounds().flatMap((round) => round.fills);
    expect(fills.every(({ o, u }) => o !== link && u !== link)).toBe(true);
    await refreshFeeds(scene.world);
    await keeper.tick();
    expect(heard.codes()).toContain('FEED_LIVE');
    expect(await keeper.metrics.metrics()).toMatch(/^wicker_keeper_dead_feeds 0$/m);
  });

  it('sends nothing in a dry run', async () => {
    const { client, who } = scene.world;
    const heard = listen();
    const keeper = keeperOf(scene, { dir: scene.folder(), dryRun: true, log: heard.log });
    await mirrorWeights(scene);
    const [before, block] = [await sentBy(who.keeper), await client.getBlockNumber()];
    expect((await keeper.tick()).action).toBe('open');
    expect(heard.codes()).toContain('DRY_RUN');
    expect(await sentBy(who.keeper)).toBe(before);
    expect(await client.getBlockNumber()).toBe(block);
    expect(keeper.report().dryRun).toBe(true);
  });

  it('waits for its own transaction, also after a restart, and outbids it when it is late', async () => {
    const { client, who } = scene.world;
    const dir = scene.folder();
    await mirrorWeights(scene);
    await client.setAutomine(false);
    try {
      const before = await sentBy(who.keeper);
      await keeperOf(scene, { dir, interval: 30 }).tick();
      expect(await sentBy(who.keeper)).toBe(before + 1);
      const [first] = Object.values((await client.getTxpoolContent()).pending).flatMap((all) => Object.values(all));
      const patient = keeperOf(scene, { dir, interval: 30 });
      expect(await patient.tick()).toMatchObject({ action: 'wait', says: expect.stringContaining(`nonce ${before}`) });
      expect(await patient.metrics.metrics()).toMatch(/^wicker_keeper_pending_tx_age_seconds [0-9.]+$/m);
      const hasty = keeperOf(scene, { dir, interval: 30, replaceAfter: 1 });
      expect((await hasty.tick()).action).toBe('open');
      expect(await sentBy(who.keeper)).toBe(before + 1);
      const [second] = Object.values((await client.getTxpoolContent()).pending).flatMap((all) => Object.values(all));
      const offer = (fee: unknown): bigint => BigInt(String(fee));
      expect(offer(second?.maxFeePerGas) * 1_000n).toBeGreaterThanOrEqual(offer(first?.maxFeePerGas) * 1_125n);
      expect(offer(second?.maxPriorityFeePerGas) * 1_000n).toBeGreaterThanOrEqual(
        offer(first?.maxPriorityFeePerGas) * 1_125n,
      );
      await client.mine({ blocks: 1 });
      await hasty.tick();
      expect(hasty.openings()).toHaveLength(1);
    } finally {
      await client.setAutomine(true);
    }
    await expectTruth(scene.world, dir);
  });

  it('sets records of another chain aside, and cuts off what a crash tore', async () => {
    const dir = scene.folder();
    mkdirSync(dir, { recursive: true });
    const header = { kind: 'header', version: 1, chainId: 1, genesis: `0x${'ab'.repeat(32)}`, rebalancer: '0x1' };
    writeFileSync(join(dir, 'records.jsonl'), `${JSON.stringify(header)}\n`);
    const heard = listen();
    await mirrorWeights(scene);
    await work(keeperOf(scene, { dir, log: heard.log }));
    expect(heard.codes()).toContain('OTHER_CHAIN');
    expect(readdirSync(dir).some((name) => name.startsWith('records-abababab-'))).toBe(true);
    writeFileSync(join(dir, 'records.jsonl'), '{"kind":"rou', { flag: 'a' });
    await keeperOf(scene, { dir, log: heard.log }).tick();
    expect(heard.codes()).toContain('TORN_RECORDS');
    await expectTruth(scene.world, dir);
    expect(recordsSay(dir).openings).toHaveLength(1);
  });
});
