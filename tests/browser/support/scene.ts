import { type Chain, startChain } from '@wicker/devnet';
import { Hono } from 'hono';
import { createFund } from '../../../packages/cli/src/demo/funds.ts';
import { INDEX_B, indexA } from '../../../packages/cli/src/demo/indices.ts';
import { buildWorld, type World } from '../../../packages/cli/src/demo/world.ts';
import { readPage } from '../../../packages/cli/src/site/files.ts';
import { listen } from '../../../packages/cli/src/site/listen.ts';
import { buildPage } from '../../../packages/cli/src/site/page.ts';
import { createSite } from '../../../packages/cli/src/site/site.ts';
import { fundInvestors } from '../../../packages/cli/src/up/investors.ts';
import { type NamedIndex, webConfig } from '../../../packages/cli/src/up/web-config.ts';
import { type Gate, openGate } from './gate.ts';
import { openKeeper } from './keeper.ts';

/** A chain with two indices, its keeper and the page, all at the test's command: nothing moves by itself. */
export interface Scene {
  readonly world: World;
  readonly wdi: NamedIndex;
  /** Where the page is. */
  readonly url: string;
  /** Of the chain itself, for wallets. */
  readonly rpcUrl: string;
  /** Between the page's server and the chain. */
  readonly gate: Gate;
  readonly keeper: {
    /** Lets it look at the chain once and do what it finds to do. */
    readonly tick: () => Promise<void>;
    /** Whether it answers. */
    readonly setAway: (away: boolean) => void;
  };
  readonly close: () => Promise<void>;
}

const QUIET = { run: <T>(_: string, work: () => Promise<T>): Promise<T> => work() };

const indicesOf = async (world: World): Promise<[NamedIndex, NamedIndex]> => {
  const [a, b] = [indexA(world.fund), INDEX_B];
  const wdi = { symbol: a.symbol, name: a.name, address: (await createFund(world, a)).index };
  const wbc = { symbol: b.symbol, name: b.name, address: (await createFund(world, b)).index };
  await fundInvestors(world, [wdi.address, wbc.address]);
  return [wdi, wbc];
};

const serve = async (chain: Chain, files: ReturnType<typeof readPage>): Promise<Scene> => {
  const world = await buildWorld(QUIET, chain);
  const indices = await indicesOf(world);
  const gate = await openGate(chain.url);
  const keeper = openKeeper(world);
  let away = false;
  const answering = new Hono().all('/api/*', (c, next) => (away ? next() : keeper.api.fetch(c.req.raw)));
  const config = webConfig(world, indices);
  const listening = await listen(createSite({ files, config, rpcUrl: gate.url, keeper: answering }), 0);
  return {
    ...{ world, wdi: indices[0], url: listening.url, rpcUrl: chain.url, gate },
    keeper: {
      tick: keeper.tick,
      setAway: (value) => {
        away = value;
      },
    },
    close: async () => {
      await listening.stop();
      await keeper.close();
      await gate.close();
      await chain.stop();
    },
  };
};

/** Builds the page when it is stale, and a scene around it. */
export const openScene = async (): Promise<Scene> => {
  const files = readPage(await buildPage());
  const chain = await startChain();
  try {
    return await serve(chain, files);
  } catch (error) {
    await chain.stop();
    throw error;
  }
};
