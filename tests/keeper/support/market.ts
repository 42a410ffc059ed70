import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moveMarket } from '@wicker/devnet';
import { createKeeper, type Keeper, type KeeperOptions } from '@wicker/keeper';
import { parseUnits } from 'viem';
import { pass, sendTogether } from '../../contracts/support/chain.ts';
import { createFund, type Fund, weightsCall } from '../../contracts/support/funds.ts';
import { openWorld, type World } from '../../contracts/support/world.ts';

/** A world with pools on two venues and two funds of the same assets. */
export interface Scene {
  readonly world: World;
  readonly funds: readonly [Fund, Fund];
  /** A folder for records, empty. */
  readonly folder: () => string;
  readonly stop: () => Promise<void>;
}

/** {base} of a pool's base side */
const DEPTH = 40_000_000n * 10n ** 6n;

/** Opens a world whose funds stand at their targets: A has more LINK, B more WETH. */
export const openScene = async (): Promise<Scene> => {
  const assets = ['link', 'weth', 'snx'];
  const world = await openWorld({
    pools: assets.flatMap((id) => ['uniswap-v2', 'sushiswap'].map((venue) => ({ id, venue, depth: DEPTH }))),
  });
  const a = await createFund(world, { link: ['50', '50000'], weth: ['30', '150'], snx: ['20', '80000'] });
  const b = await createFund(world, { link: ['20', '10000'], weth: ['60', '150'], snx: ['20', '40000'] });
  const root = mkdtempSync(join(tmpdir(), 'wicker-keeper-'));
  let folders = 0;
  return {
    ...{ world, funds: [a, b] },
    folder: () => {
      folders += 1;
      return join(root, `${folders}`);
    },
    stop: async () => {
      await world.chain.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
};

/** Moves prices {USD}; feeds and pools follow. */
export const movePrices = async (
  { client, market }: World,
  prices: Readonly<Record<string, string>>,
): Promise<void> => {
  await moveMarket(client, market, new Map(Object.entries(prices).map(([id, usd]) => [id, parseUnits(usd, 8)])));
};

/** Gives the funds new targets (or the old ones) in one block, so that half of what A has to sell B has to buy. */
export const mirrorWeights = async ({ world, funds: [a, b] }: Scene, anew = true): Promise<void> => {
  await sendTogether(world.client, [
    weightsCall(world, a, { link: anew ? '44' : '50', weth: anew ? '36' : '30', snx: '20' }),
    weightsCall(world, b, { link: anew ? '26' : '20', weth: anew ? '54' : '60', snx: '20' }),
  ]);
};

/** Lets time pass {s}; feeds repeat what they said, pools go back to them. */
export const letPass = async (world: World, seconds: bigint): Promise<void> => {
  await pass(world.client, seconds);
  await moveMarket(world.client, world.market);
};

/** {ms} short, so that a test does not wait */
const INTERVAL = 500;

/** A keeper of the scene's own keeper account. */
export const keeperOf = ({ world }: Scene, options: Partial<KeeperOptions> & { readonly dir: string }): Keeper =>
  createKeeper({
    ...{ client: world.client, platform: world.platform, fromBlock: 0n, account: world.who.keeper, interval: INTERVAL },
    ...options,
  });

/** Looks until there is nothing to do. Returns what was done. */
export const work = async (keeper: Keeper, most = 20): Promise<string[]> => {
  const done: string[] = [];
  for (let i = 0; i < most; i += 1) {
    const { action, trouble } = await keeper.tick();
    if (trouble !== undefined) throw trouble;
    if (action !== 'open' && action !== 'trade') return done;
    done.push(action);
  }
  throw new Error(`the keeper does not come to an end: ${done.join(' ')}`);
};
