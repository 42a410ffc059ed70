import { AumFee, ONE, Orders } from '@wicker/core';
import {
  type Chain,
  type DevClient,
  deployPlatform,
  listAssets,
  type Market,
  mintTokens,
  openMarket,
  startChain,
  toAnswer,
} from '@wicker/devnet';
import { approve, createIndex, type PlatformAddresses, quotesOf } from '@wicker/sdk';
import type { Address } from 'viem';

/** {USD/tok} the assets of the fixture; umee has 6 decimals. */
const ASSETS = [
  { id: 'uniswap', decimals: 18, price: 5.55 },
  { id: 'aave', decimals: 18, price: 71.85 },
  { id: 'wrapped-bitcoin', decimals: 8, price: 27_000 },
] as const;
const FEED = { heartbeat: 86_400n, deviationBps: 50n };

/** A chain with three assets, two pools each, and an index of them worth 1 000 000 USDC. */
export interface Fixture {
  readonly chain: Chain;
  readonly client: DevClient;
  readonly market: Market;
  readonly platform: PlatformAddresses;
  readonly manager: Address;
  readonly investor: Address;
  readonly index: Address;
  /** Ascending. */
  readonly assets: readonly Address[];
  /** Of the first venue, in the order of `assets`. */
  readonly pools: readonly Address[];
}

/** {base} */
const VALUE = 1_000_000n * 10n ** 6n;

export const openFixture = async (): Promise<Fixture> => {
  const chain = await startChain();
  const { client } = chain;
  const [deployer, admin, lister, fees, watchman, manager, investor] = await client.getAddresses();
  if (!deployer || !admin || !lister || !fees || !watchman || !manager || !investor) throw new Error('few accounts');
  const venues = ['uniswap-v2', 'sushiswap'];
  const market = await openMarket(client, {
    base: { ...FEED, id: 'usd-coin', name: 'USD Coin', symbol: 'USDC', decimals: 6, price: toAnswer(1) },
    assets: ASSETS.map(({ id, decimals, price }) => ({
      ...{ ...FEED, id, name: id, symbol: id, decimals, price: toAnswer(price) },
    })),
    venues,
    pools: ASSETS.flatMap(({ id }) => venues.map((venue) => ({ id, venue, depth: 20_000_000n * 10n ** 6n }))),
  });
  const roles = { deployer, admin, lister, fees, watchman, treasury: admin };
  const platform = await deployPlatform(client, market, { ...roles, platformBps: 2_000 });
  const assets = market.tokens.map(({ address }) => address).sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
  await listAssets(client, market, platform, lister, assets);

  const quotes = await quotesOf(client, { platform, assets });
  const weights = [ONE / 2n, ONE / 4n, ONE / 4n];
  const legs = assets.map((asset, i) => {
    const weight = weights[i] ?? 0n;
    return { asset, weight, amount: Orders.targetAmount(VALUE, weight, quotes[i]?.price ?? 0n) };
  });
  await mintTokens(
    client,
    legs.map(({ asset, amount }) => ({ token: asset, to: manager, amount })),
  );
  for (const { asset } of legs) await approve(client, { account: manager, token: asset, spender: platform.factory });
  const { index } = await createIndex(client, {
    ...{ account: manager, platform, name: 'Test Index', symbol: 'TEST', manager, mintBps: 20, redeemBps: 50 },
    ...{ aumRate: AumFee.ratePerSecond(10n ** 16n), parts: [{ recipient: manager, bps: 8_000 }] },
    legs: [...legs].reverse(), // the order does not matter
  });
  const pools = assets.flatMap((asset) =>
    market.pools.filter(({ venue, token }) => venue === 'uniswap-v2' && token === asset).map(({ pair }) => pair),
  );
  return { chain, client, market, platform, manager, investor, index, assets, pools };
};
