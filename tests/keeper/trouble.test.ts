import { setTimeout as pause } from 'node:timers/promises';
import { nodeDisk } from '@wicker/keeper';
import { hexToNumber, isHex, numberToHex } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isolate, MINUTE } from '../contracts/support/chain.ts';
import { wired } from './support/faults.ts';
import { listen } from './support/heard.ts';
import { keeperOf, letPass, mirrorWeights, openScene, type Scene, work } from './support/market.ts';
import { expectTruth } from './support/truth.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.stop());
isolate(() => scene.world.client);

/** An epoch with all its rounds, by a keeper of its own. */
const rebalance = async (): Promise<void> => {
  const keeper = keeperOf(scene, { dir: scene.folder() });
  await mirrorWeights(scene);
  await work(keeper);
  await letPass(scene.world, 50n * MINUTE);
  await work(keeper);
  await keeper.stop();
};

describe('several nodes behind one address', () => {
  it('one that is behind takes nothing back that was recorded', async () => {
    const { client } = scene.world;
    let newest: number | undefined;
    const behind = wired(client, async (method, pass, [asked, full]) => {
      if (newest === undefined || method !== 'eth_getBlockByNumber') return pass();
      if (asked === 'latest') return client.transport.request({ method, params: [numberToHex(newest), full === true] });
      return isHex(asked) && hexToNumber(asked) > newest ? null : pass();
    });
    const dir = scene.folder();
    const heard = listen();
    const keeper = keeperOf(scene, { dir, client: behind, log: heard.log, account: scene.world.who.alice });
    await keeper.tick();
    await rebalance();
    await keeper.tick();
    const [known, points] = [keeper.rounds(), keeper.history(scene.funds[0].index)];
    expect(known.length).toBeGreaterThan(0);
    newest = Number(await client.getBlockNumber()) - 20;
    for (let looks = 0; looks < 3; looks += 1) expect((await keeper.tick()).trouble?.code).toBe('NODE_BEHIND');
    expect(keeper.rounds()).toEqual(known);
    expect(keeper.history(scene.funds[0].index)).toEqual(points);
    newest = undefined;
    expect((await keeper.tick()).trouble).toBeUndefined();
    expect(heard.codes()).not.toContain('REORG');
    await expectTruth(scene.world, dir);
  });

  it('one that does not know the newest events yet makes none be missed', async () => {
    const { client } = scene.world;
    let behind = false;
    const lagging = wired(client, async (method, pass) => (behind && method === 'eth_getLogs' ? [] : pass()));
    const dir = scene.folder();
    const keeper = keeperOf(scene, { dir, client: lagging, account: scene.world.who.alice, dryRun: true });
    await keeper.tick();
    behind = true;
    await rebalance();
    await keeper.tick();
    expect(keeper.rounds()).toEqual([]);
    behind = false;
    const { records } = await keeper.tick();
    expect(records.filter(({ kind }) => kind === 'round').length).toBeGreaterThan(0);
    expect((await expectTruth(scene.world, dir)).fills).toBeGreaterThan(0);
    // and nothing twice
    expect((await keeper.tick()).records.filter(({ kind }) => kind !== 'sample')).toEqual([]);
  });

  it('one that tells nothing of a transaction that waits is not asked again and again', async () => {
    const { client, who } = scene.world;
    let sends = 0;
    const silent = wired(client, async (method, pass) => {
      if (method === 'eth_sendTransaction') sends += 1;
      if (method !== 'eth_getTransactionCount') return pass();
      return numberToHex(await client.getTransactionCount({ address: who.keeper, blockTag: 'latest' }));
    });
    await mirrorWeights(scene);
    await client.setAutomine(false);
    const dir = scene.folder();
    try {
      const keeper = keeperOf(scene, { dir, client: silent, interval: 100 });
      keeper.start();
      await pause(1_500);
      await keeper.stop();
      expect(sends).toBe(1);
      // After a restart it knows no hash: the node refuses the same nonce, and it waits an interval before it tries again.
      const again = keeperOf(scene, { dir, client: silent, interval: 500 });
      again.start();
      await pause(1_500);
      await again.stop();
      expect(sends).toBeLessThanOrEqual(1 + 4);
      const waiting = await client.getTransactionCount({ address: who.keeper, blockTag: 'pending' });
      expect(waiting - (await client.getTransactionCount({ address: who.keeper, blockTag: 'latest' }))).toBe(1);
    } finally {
      await client.mine({ blocks: 1 });
      await client.setAutomine(true);
    }
  });
});

describe('transactions that always fail when they are mined', () => {
  it('are sent ever more seldom: a thief cannot burn the gas of every block', async () => {
    const { client } = scene.world;
    let sends = 0;
    const robbed = wired(client, async (method, pass, [transaction]) => {
      if (method !== 'eth_sendTransaction') return pass();
      sends += 1;
      return client.request<{ Method: string; Parameters: unknown[]; ReturnType: unknown }>({
        ...{ method, params: [{ ...Object(transaction), gas: numberToHex(60_000) }] },
      });
    });
    const heard = listen();
    const keeper = keeperOf(scene, { dir: scene.folder(), client: robbed, log: heard.log });
    await mirrorWeights(scene);
    for (let blocks = 0; blocks < 1_000; blocks += 10) {
      expect((await keeper.tick()).trouble).toBeUndefined();
      await client.mine({ blocks: 10 });
    }
    expect(heard.codes()).toContain('LOST_RACE');
    expect(sends).toBeGreaterThan(5);
    expect(sends).toBeLessThanOrEqual(10);
  });
});

describe('a disk', () => {
  it('that is full stops it from sending, not from looking; it goes on when there is room', async () => {
    const { client, who } = scene.world;
    let full = false;
    const disk: typeof nodeDisk = {
      ...nodeDisk,
      append: (path, text) => {
        if (full) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
        nodeDisk.append(path, text);
      },
    };
    const dir = scene.folder();
    const keeper = keeperOf(scene, { dir, disk });
    await keeper.tick();
    full = true;
    await mirrorWeights(scene);
    const before = await client.getTransactionCount({ address: who.keeper, blockTag: 'pending' });
    expect((await keeper.tick()).trouble).toMatchObject({ code: 'NO_DISK', hint: expect.stringContaining('room') });
    expect(await client.getTransactionCount({ address: who.keeper, blockTag: 'pending' })).toBe(before);
    full = false;
    expect(await work(keeper)).toEqual(['open']);
    await expectTruth(scene.world, dir);
  });
});
