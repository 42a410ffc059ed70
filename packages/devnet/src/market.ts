import { encodeFunctionData, maxUint256 } from 'viem';
import { MARKET_ACCOUNT } from './accounts.ts';
import { arbitrage, type Price, type Swap } from './arbitrage.ts';
import type { DevClient } from './chain.ts';
import { DevnetError } from './errors.ts';
import { deployFeeds, FEED_DECIMALS, type Feed, updateFeeds } from './feeds.ts';
import { type Call, sendAll } from './send.ts';
import { deployTokens, mintCall, type Token, type TokenSpec } from './tokens.ts';
import { deployVenues, openPools, type Pool, type PoolSpec, readReserves, type Venue, v2RouterAbi } from './venues.ts';

/** An asset of the market: its token, its feed and the depth of its pools. */
export interface AssetSpec extends TokenSpec {
  /** {USD/tok} with FEED_DECIMALS decimals */
  readonly price: bigint;
  /** {s} of the feed */
  readonly heartbeat: bigint;
  /** {bps} of the feed */
  readonly deviationBps: bigint;
}

/** A pool of the base against an asset. */
export interface DepthSpec {
  /** The asset. */
  readonly id: string;
  /** Name of the venue. */
  readonly venue: string;
  /** {base} the pool's base side, in the base's smallest unit */
  readonly depth: bigint;
}

export interface OpenMarketParameters {
  /** What everything trades against: USDC. */
  readonly base: AssetSpec;
  readonly assets: readonly AssetSpec[];
  /** Names of the exchanges, for example `uniswap-v2` and `sushiswap`. */
  readonly venues: readonly string[];
  readonly pools: readonly DepthSpec[];
}

/** A market on a local chain: tokens, feeds in USD, and pools against the base. */
export interface Market {
  readonly base: Token;
  readonly tokens: readonly Token[];
  /** The base's feed first, then the assets'. */
  readonly feeds: readonly Feed[];
  readonly venues: readonly Venue[];
  readonly pools: readonly Pool[];
}

/** A swap that pulled a pool back to the feeds. */
export interface Arbitrage extends Swap {
  readonly pool: Pool;
}

const find = <T>(items: readonly T[], matches: (item: T) => boolean, what: string): T => {
  const found = items.find(matches);
  if (found === undefined) throw new DevnetError('UNKNOWN_NAME', `the market has no ${what}`, 'check its spelling');
  return found;
};

/** The price of a token in the base from both prices {USD/tok}, which have the same number of decimals. */
export const priceInBase = (token: TokenSpec, tokenUsd: bigint, base: TokenSpec, baseUsd: bigint): Price => ({
  base: tokenUsd * 10n ** BigInt(base.decimals),
  token: baseUsd * 10n ** BigInt(token.decimals),
});

/**
 * Deploys a market: tokens, a feed for each, exchanges, and pools whose prices are those of the feeds.
 *
 * @throws {DevnetError} UNKNOWN_NAME when a pool names an asset or a venue that is not there
 */
export const openMarket = async (
  client: DevClient,
  { base: baseSpec, assets, venues: names, pools: depths }: OpenMarketParameters,
): Promise<Market> => {
  const specs = [baseSpec, ...assets];
  const deployed = await deployTokens(client, specs);
  const feeds = await deployFeeds(
    client,
    specs.map(({ id, symbol, price, heartbeat, deviationBps }) => ({
      ...{ id, heartbeat, deviationBps },
      description: `${symbol} / USD`,
      answer: price,
    })),
  );
  const venues = await deployVenues(client, names);
  const base = find(deployed, ({ id }) => id === baseSpec.id, `asset ${baseSpec.id}`);
  const tokens = deployed.filter((token) => token !== base);
  const poolSpecs = depths.map(({ id, venue, depth }): PoolSpec => {
    const token = find(tokens, (t) => t.id === id, `asset ${id}`);
    const price = priceInBase(token, find(assets, (a) => a.id === id, `asset ${id}`).price, base, baseSpec.price);
    return {
      ...{ token, base },
      venue: find(venues, (v) => v.name === venue, `venue ${venue}`),
      amountToken: (depth * price.token) / price.base,
      amountBase: depth,
    };
  });
  return { base, tokens, feeds, venues, pools: await openPools(client, poolSpecs) };
};

/**
 * Pulls every pool to the given prices {USD/tok}, with FEED_DECIMALS decimals, by real swaps of freshly minted tokens,
 * each as large as gains most. The price of a pool is then within its fee of the given one. The swaps accept any
 * outcome: whoever trades between the reading of a pool and the swap leaves it a little off until the next call.
 */
export const arbitragePools = async (
  client: DevClient,
  market: Market,
  prices: ReadonlyMap<string, bigint>,
): Promise<Arbitrage[]> => {
  const priceOf = (id: string): bigint => find([...prices], ([known]) => known === id, `price of ${id}`)[1];
  const reserves = await readReserves(client, market.pools);
  const trades = market.pools.flatMap((pool, i): Arbitrage[] => {
    const held = reserves[i];
    const token = find(market.tokens, ({ id }) => id === pool.id, `asset ${pool.id}`);
    const price = priceInBase(token, priceOf(token.id), market.base, priceOf(market.base.id));
    const swap = held === undefined ? undefined : arbitrage(held, price);
    return swap === undefined ? [] : [{ pool, ...swap }];
  });
  const calls = trades.flatMap(({ pool, sell, amountIn }): Call[] => {
    const path = sell === 'token' ? [pool.token, pool.base] : [pool.base, pool.token];
    const args = [amountIn, 0n, path, MARKET_ACCOUNT, maxUint256] as const;
    return [
      mintCall(pool[sell], MARKET_ACCOUNT, amountIn),
      {
        to: pool.router,
        data: encodeFunctionData({ abi: v2RouterAbi, functionName: 'swapExactTokensForTokens', args }),
      },
    ];
  });
  await sendAll(client, MARKET_ACCOUNT, calls);
  return trades;
};

/**
 * Moves the market to true prices {USD/tok} with FEED_DECIMALS decimals; assets that are not named keep their price.
 * Feeds answer when they would (deviation, heartbeat), then arbitrage pulls the pools to the feeds. Call it without
 * prices after a jump in time, so that the feeds are fresh.
 *
 * @returns what the feeds say afterwards, by asset, and the swaps that were made
 */
export const moveMarket = async (
  client: DevClient,
  market: Market,
  prices: ReadonlyMap<string, bigint> = new Map(),
): Promise<{ answers: Map<string, bigint>; trades: Arbitrage[] }> => {
  for (const id of prices.keys()) find(market.feeds, (feed) => feed.id === id, `feed of ${id}`);
  const answers = await updateFeeds(client, market.feeds, prices);
  return { answers, trades: await arbitragePools(client, market, answers) };
};

/** A decimal price such as 5.55 {USD/tok} as a feed's answer, rounded to FEED_DECIMALS decimals. */
export const toAnswer = (price: number): bigint => BigInt(Math.round(price * 10 ** FEED_DECIMALS));
