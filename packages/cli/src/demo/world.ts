import { seeded } from '@wicker/core';
import {
  type Chain,
  type DevClient,
  DevnetError,
  deployPlatform,
  depthForImpact,
  listAssets,
  type Market,
  type OpenMarketParameters,
  openMarket,
  toAnswer,
} from '@wicker/devnet';
import type { PlatformAddresses } from '@wicker/sdk';
import type { Address } from 'viem';
import type { Steps } from './steps.ts';
import { type Fund, readFund, type WeighedAsset } from './universe.ts';

/** Who acts on a devnet: its unlocked accounts, in their order. */
export interface Accounts {
  readonly deployer: Address;
  /** Admin, who can act after 7 days' notice only; gets the platform's part of the fees, too. */
  readonly admin: Address;
  readonly lister: Address;
  readonly fees: Address;
  readonly watchman: Address;
  /** Creates and manages the indices. */
  readonly manager: Address;
  readonly keeper: Address;
  readonly alice: Address;
  readonly bob: Address;
}

/** A chain with a market and the platform on it. */
export interface World {
  readonly client: DevClient;
  readonly fund: Fund;
  readonly market: Market;
  readonly platform: PlatformAddresses;
  readonly accounts: Accounts;
  /** {1} 0 to below 1: by what the market wanders, the same in every run */
  readonly random: () => number;
}

export const UNISWAP = 'uniswap-v2';
export const SUSHISWAP = 'sushiswap';

/** A pool of SushiSwap has this part {1} of the depth of Uniswap's. */
const SUSHISWAP_DEPTH = 0.25;
/** {s} and {bps}: what Chainlink's USD feeds of such assets have */
const HEARTBEAT = 86_400n;
const DEVIATION_BPS = 50n;
const BASE_DECIMALS = 6;
/** {bps} of every index's fees */
const PLATFORM_BPS = 2_000;

const SEED = 2023;

/** {base} */
const usdc = (usd: number): bigint => BigInt(Math.round(usd * 10 ** BASE_DECIMALS));

const marketOf = (assets: readonly WeighedAsset[]): OpenMarketParameters => {
  const feed = { heartbeat: HEARTBEAT, deviationBps: DEVIATION_BPS };
  return {
    base: { ...feed, id: 'usd-coin', name: 'USD Coin', symbol: 'USDC', decimals: BASE_DECIMALS, price: toAnswer(1) },
    assets: assets.map(({ id, symbol, decimals, priceUsd }) => ({
      ...{ ...feed, id, symbol, decimals },
      name: id,
      price: toAnswer(priceUsd),
    })),
    venues: [UNISWAP, SUSHISWAP],
    pools: assets.flatMap(({ id, priceImpact }) => {
      const depth = depthForImpact(priceImpact);
      return [
        { id, venue: UNISWAP, depth: usdc(depth) },
        { id, venue: SUSHISWAP, depth: usdc(depth * SUSHISWAP_DEPTH) },
      ];
    }),
  };
};

const accountsOf = async (client: DevClient): Promise<Accounts> => {
  const [deployer, admin, lister, fees, watchman, manager, keeper, alice, bob] = await client.getAddresses();
  if (!deployer || !admin || !lister || !fees || !watchman || !manager || !keeper || !alice || !bob) {
    throw new DevnetError('FEW_ACCOUNTS', 'the chain has fewer than 9 accounts', 'start the chain anew');
  }
  return { deployer, admin, lister, fees, watchman, manager, keeper, alice, bob };
};

/** Builds a world on a fresh chain: a market, the platform, listed assets. */
export const buildWorld = async (steps: Steps, chain: Chain): Promise<World> => {
  const { client } = chain;
  const fund = readFund();
  const accounts = await accountsOf(client);
  const market = await steps.run(
    `open a market: ${fund.assets.length} tokens, feeds, pools on Uniswap v2 and SushiSwap`,
    () => openMarket(client, marketOf(fund.assets)),
  );
  const { deployer, admin, lister, fees, watchman } = accounts;
  const roles = { deployer, admin, lister, fees, watchman, treasury: admin };
  const platform = await steps.run('deploy the platform', () =>
    deployPlatform(client, market, { ...roles, platformBps: PLATFORM_BPS }),
  );
  await steps.run('list the assets: two calls, a day apart', () =>
    listAssets(
      client,
      market,
      platform,
      lister,
      market.tokens.map(({ address }) => address),
    ),
  );
  return { client, fund, market, platform, accounts, random: seeded(SEED) };
};
