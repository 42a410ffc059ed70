import { InputError, parseDecimal } from '@wicker/core';
import { type Address, isAddress, parseAbi } from 'viem';
import type { JsonSource } from '../http/json-source.ts';
import { type ChainReader, told } from '../pools/chain-reader.ts';
import { type Depth, type Quote, readDepth } from '../pools/depth.ts';
import type { Venues } from '../pools/venues.ts';
import { collectCharts, type Progress } from '../prices/collect.ts';
import { type CoinMarket, readCoins, readMarkets } from '../readers/coingecko.ts';
import { readListed } from '../readers/defillama.ts';

/** What the readers found about an asset. */
export interface AssetFacts {
  readonly market: CoinMarket;
  /** {days} of daily prices, at most those that were asked for. */
  readonly priceDays: number;
  readonly isListed: boolean;
  /** Undefined where no node was asked, or the token is not on its chain. */
  readonly onChain: (Depth & { readonly decimals: number }) | undefined;
}

/** What to ask, and whom. */
export interface FactSources {
  readonly coinGecko: JsonSource;
  readonly defiLlama: JsonSource;
  /** {days} of prices to ask for. */
  readonly historyDays: number;
  /** The chain on which liquidity is read; without it figures of liquidity and price impact are left out. */
  readonly chain: { readonly reader: ChainReader; readonly venues: Venues } | undefined;
  /** {USD} */
  readonly tradeUsd: number;
}

/**
 * Asks for the figures of assets: market, history, listing, and where there is a chain decimals, liquidity and price impact.
 *
 * @throws InputError UNKNOWN_ID; DataError as `JsonSource.json` and `readDepth`
 */
export const readFacts = async (
  sources: FactSources,
  ids: readonly string[],
  onProgress: (progress: Progress) => void,
): Promise<AssetFacts[]> => {
  const markets = await marketsOf(sources, ids);
  const [charts, listed, depthOf] = await Promise.all([
    collectCharts(sources.coinGecko, ids, () => sources.historyDays, onProgress),
    readListed(sources.defiLlama),
    openDepths(sources, markets),
  ]);
  const facts: AssetFacts[] = [];
  for (const id of ids) {
    const market = known(markets, id);
    const priceDays = (charts.get(id) ?? []).filter(({ price }) => price > 0).length;
    facts.push({ market, priceDays, isListed: listed.has(id), onChain: await depthOf(market) });
  }
  return facts;
};

const marketsOf = async (
  { coinGecko, chain }: FactSources,
  ids: readonly string[],
): Promise<Map<string, CoinMarket>> => {
  const wanted = [...new Set([...ids, ...(chain?.venues.quotes.map(({ id }) => id) ?? [])])];
  const markets = new Map((await readMarkets(coinGecko, wanted)).map((market) => [market.id, market]));
  const unknown = wanted.filter((id) => !markets.has(id));
  if (unknown.length === 0) return markets;
  throw new InputError('UNKNOWN_ID', `CoinGecko has no coins ${unknown.join(', ')}`, 'Use the ids of its coins list.');
};

const known = (markets: ReadonlyMap<string, CoinMarket>, id: string): CoinMarket => {
  const market = markets.get(id);
  if (market === undefined)
    throw new InputError('UNKNOWN_ID', `CoinGecko has no coin ${id}`, 'Use the ids of its coins list.');
  return market;
};

const priceOf = ({ price }: CoinMarket) => parseDecimal(price ?? 0, 'the price');

const erc20Abi = parseAbi(['function decimals() view returns (uint8)']);

/** How to read the depth of one asset after the other: a node that is asked everything at once refuses. */
const openDepths = async (
  { coinGecko, chain, tradeUsd }: FactSources,
  markets: ReadonlyMap<string, CoinMarket>,
): Promise<(market: CoinMarket) => Promise<AssetFacts['onChain']>> => {
  if (chain === undefined) return async () => undefined;
  const { reader, venues } = chain;
  const quotes = venues.quotes.map((quote): Quote => ({ ...quote, price: priceOf(known(markets, quote.id)) }));
  const addresses = new Map(
    (await readCoins(coinGecko)).flatMap(({ id, platforms }): [string, Address][] => {
      const address = platforms[venues.platform];
      return address !== undefined && address !== null && isAddress(address, { strict: false }) ? [[id, address]] : [];
    }),
  );
  return async (market) => {
    const address = addresses.get(market.id);
    if (address === undefined) return undefined;
    const asked = { address, abi: erc20Abi, functionName: 'decimals', blockNumber: reader.blockNumber } as const;
    const decimals = await told(reader.client.readContract(asked));
    const token = { address, decimals, price: priceOf(market) };
    return { ...(await readDepth(reader, venues, quotes, token, BigInt(tradeUsd) * 100n)), decimals };
  };
};
