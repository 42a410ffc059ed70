import {
  type Chain,
  type DepthSpec,
  type DevClient,
  deployPlatform,
  devAggregatorAbi,
  devTokenAbi,
  listAssets,
  type Market,
  mintTokens,
  openMarket,
  startChain,
  type Token,
} from '@wicker/devnet';
import type { PlatformAddresses } from '@wicker/sdk';
import { type Address, maxUint256, parseUnits } from 'viem';
import { at, DAY, HOUR, send } from './chain.ts';

/** {s} a midnight (UTC) far ahead of any clock that the tests run by */
const START = 4_000_060_800n;
/** {tok} what actors hold of every token */
const STOCK = 10n ** 30n;

/** {1e18} one whole, also of a token with 18 decimals */
export const ONE = 10n ** 18n;
/** {ray} */
export const RAY = 10n ** 27n;
/** {base} one whole USDC */
export const USD = 10n ** 6n;

/** Who acts. All but the market's own account. */
export interface Actors {
  readonly deployer: Address;
  /** ADMIN and FEES. */
  readonly admin: Address;
  readonly lister: Address;
  readonly watchman: Address;
  readonly treasury: Address;
  /** Creates and manages the indices. */
  readonly manager: Address;
  readonly alice: Address;
  readonly bob: Address;
  /** Fills from its own stock; has plenty and has approved the rebalancer. */
  readonly keeper: Address;
}

/** A chain with the whole platform: LINK at 10 USD, WETH at 2 000, SNX at 2.50, WBTC at 60 000, USDC at 1, all listed. */
export interface World {
  readonly chain: Chain;
  readonly client: DevClient;
  readonly market: Market;
  readonly platform: PlatformAddresses;
  readonly who: Actors;
}

/** An asset of a world: decimals, price {USD} and the deviation threshold q of its feed {bps}. */
export type AssetOf = readonly [id: string, decimals: number, usd: string, qBps: bigint];

/** q of LINK against WETH or USDC, which have 0, is 1 %, as in the vectors of docs/rules.md 6. */
const ASSETS: readonly AssetOf[] = [
  ['link', 18, '10', 100n],
  ['weth', 18, '2000', 0n],
  ['snx', 18, '2.5', 50n],
  ['wbtc', 8, '60000', 50n],
];

const specOf = ([id, decimals, usd, deviationBps]: AssetOf) => ({
  ...{ id, name: id, symbol: id.toUpperCase(), decimals, deviationBps },
  ...{ price: parseUnits(usd, 8), heartbeat: DAY },
});

const actorsOf = async (client: DevClient): Promise<Actors> => {
  const [deployer, admin, lister, watchman, treasury, manager, alice, bob, keeper] = await client.getAddresses();
  if (!deployer || !admin || !lister || !watchman || !treasury || !manager || !alice || !bob || !keeper) {
    throw new Error('the chain has too few accounts');
  }
  return { deployer, admin, lister, watchman, treasury, manager, alice, bob, keeper };
};

/** Starts a world. It is two days and one hour old, every block comes one second after the last, and every feed is fresh. */
export const openWorld = async ({
  assets = ASSETS,
  pools = [],
}: {
  readonly assets?: readonly AssetOf[];
  readonly pools?: readonly DepthSpec[];
} = {}): Promise<World> => {
  const chain = await startChain();
  const { client } = chain;
  await client.setBlockTimestampInterval({ interval: 1 });
  await at(client, START);
  const who = await actorsOf(client);
  const market = await openMarket(client, {
    base: specOf(['usdc', 6, '1', 0n]),
    assets: assets.map(specOf),
    venues: ['uniswap-v2', 'sushiswap'],
    pools,
  });
  const platform = await deployPlatform(client, market, { ...who, fees: who.admin, platformBps: 3333 });
  const tokens = [market.base, ...market.tokens];
  await listAssets(
    client,
    market,
    platform,
    who.lister,
    tokens.map(({ address }) => address),
  );
  const world = { chain, client, market, platform, who };
  await mintTokens(
    client,
    tokens.flatMap(({ address: token }) =>
      [who.manager, who.alice, who.bob, who.keeper].map((to) => ({ token, to, amount: STOCK })),
    ),
  );
  for (const { id } of tokens) {
    await allow(world, who.manager, platform.factory, id);
    await allow(world, who.keeper, platform.rebalancer, id);
  }
  await at(client, START + 2n * DAY + HOUR);
  await refreshFeeds(world);
  return world;
};

/** A token of the world by its id. @throws when there is none */
export const tokenOf = ({ market }: World, id: string): Token => {
  const found = [market.base, ...market.tokens].find((token) => token.id === id);
  if (found === undefined) throw new Error(`no token ${id}`);
  return found;
};

/** The address of a token by its id. */
export const addressOf = (world: World, id: string): Address => tokenOf(world, id).address;

/** {tok} a decimal amount of a token in its smallest unit. */
export const amountOf = (world: World, id: string, decimal: string): bigint =>
  parseUnits(decimal, tokenOf(world, id).decimals);

/** Gives `spender` an infinite allowance over `owner`'s tokens. */
export const allow = async (world: World, owner: Address, spender: Address, id: string): Promise<void> => {
  const args = [spender, maxUint256];
  await send(world.client, { from: owner, to: addressOf(world, id), abi: devTokenAbi, functionName: 'approve', args });
};

/** Makes a feed say a price {USD}, whatever its deviation threshold. */
export const say = async (world: World, id: string, usd: string): Promise<void> => {
  const feed = world.market.feeds.find((found) => found.id === id);
  if (feed === undefined) throw new Error(`no feed ${id}`);
  const args = [parseUnits(usd, 8)];
  const from = world.who.deployer;
  await send(world.client, { from, to: feed.aggregator, abi: devAggregatorAbi, functionName: 'push', args });
};

/** Makes every feed repeat its answer now, but for those named, which fall silent. */
export const refreshFeeds = async ({ client, market, who }: World, silent: readonly string[] = []): Promise<void> => {
  for (const { id, aggregator } of market.feeds) {
    if (silent.includes(id)) continue;
    const [, answer] = await client.readContract({
      ...{ address: aggregator, abi: devAggregatorAbi, functionName: 'latestRoundData' },
    });
    await send(client, {
      ...{ from: who.deployer, to: aggregator, abi: devAggregatorAbi, functionName: 'push', args: [answer] },
    });
  }
};

/** {tok} */
export const balanceOf = (world: World, id: string, owner: Address): Promise<bigint> =>
  world.client.readContract({
    ...{ address: addressOf(world, id), abi: devTokenAbi, functionName: 'balanceOf', args: [owner] },
  });
