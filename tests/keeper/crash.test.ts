import { seeded } from '@wicker/core';
import { expect, it } from 'vitest';
import { pass } from '../contracts/support/chain.ts';
import { mortal } from './support/faults.ts';
import { keeperOf, letPass, mirrorWeights, movePrices, openScene, type Scene, work } from './support/market.ts';
import { expectTruth } from './support/truth.ts';

/** {1} keepers that are killed; some others live on until they are stopped */
const KILLS = 100;
/** {1} effects of the longest life: some looks; and those that change something */
const LONGEST_LIFE = 300;
const MOST_CHANGES = 6;
/** {ms} a look waits for its transaction */
const INTERVAL = 40;

const SEED = 20_261_121;

/** {USD} a price around what it was */
const around = (random: () => number, usd: number): string => (usd * (0.96 + 0.08 * random())).toFixed(2);

/** Something happens on the chain. */
const happen = async (scene: Scene, random: () => number): Promise<void> => {
  const { world } = scene;
  const what = random();
  if (what < 0.7) await pass(world.client, BigInt(300 + Math.floor(random() * 900)));
  else if (what < 0.8) await letPass(world, 43_200n);
  else if (what < 0.92) await movePrices(world, { link: around(random, 10), weth: around(random, 2_000) });
  else await mirrorWeights(scene, random() < 0.5);
};

/** {1} transactions of the keeper's account: mined, and waiting */
const transactions = async ({ world: { client, who } }: Scene): Promise<{ mined: number; waiting: number }> => {
  const address = who.keeper;
  const mined = await client.getTransactionCount({ address, blockTag: 'latest' });
  return { mined, waiting: (await client.getTransactionCount({ address, blockTag: 'pending' })) - mined };
};

it('a keeper that is killed at 100 random points does nothing twice and records exactly what happened', async () => {
  const scene = await openScene();
  try {
    const { client } = scene.world;
    const random = seeded(SEED);
    const dir = scene.folder();
    const { mined: before } = await transactions(scene);
    let crashes = 0;
    while (crashes < KILLS) {
      // Now and then blocks do not come at once: a keeper dies with a transaction on its way.
      const slow = random() < 0.3;
      if (slow) await client.setAutomine(false);
      // Half of them die at some request or write, the others where it hurts most: at what changes something.
      const body =
        random() < 0.5
          ? mortal(client, 1 + Math.floor(random() * LONGEST_LIFE), 'all', random)
          : mortal(client, 1 + Math.floor(random() * MOST_CHANGES), 'changes', random);
      try {
        const keeper = keeperOf(scene, { dir, client: body.client, disk: body.disk, interval: INTERVAL });
        for (let looks = 0; !body.isDead() && looks < 8; looks += 1) {
          const { trouble } = await keeper.tick();
          if (trouble !== undefined && !body.isDead()) throw trouble;
          expect((await transactions(scene)).waiting).toBeLessThanOrEqual(1);
          if (!body.isDead() && !slow) await happen(scene, random);
        }
      } catch (error) {
        if (!body.isDead()) throw error; // it may die while it is made
      }
      if (body.isDead()) crashes += 1;
      if (slow) {
        await client.mine({ blocks: 1 });
        await client.setAutomine(true);
      }
    }
    const last = keeperOf(scene, { dir });
    await work(last);
    await last.stop();
    const { openings, fills } = await expectTruth(scene.world, dir);
    // Each transaction that it ever sent did something: none came twice.
    const { mined, waiting } = await transactions(scene);
    expect({ sent: mined - before, waiting }).toEqual({ sent: openings + last.rounds().length, waiting: 0 });
    expect(openings).toBeGreaterThan(3);
    expect(fills).toBeGreaterThan(10);
    expect(last.rounds().some((round) => round.fills.some(({ kind }) => kind === 'cross'))).toBe(true);
  } finally {
    await scene.stop();
  }
}, 240_000);
