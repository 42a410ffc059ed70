import type { Weight } from '../index-fund/nav.ts';
import { ONE } from '../math/scales.ts';
import * as Orders from '../rebalance/orders.ts';
import type { RatedPool } from '../vault/rated-pool.ts';
import { type Buffer, creditOf, EMPTY_BUFFER } from './buffer.ts';
import { ExchangeError } from './errors.ts';
import type { Contributions } from './global-view.ts';
import * as IndexPools from './index-pool.ts';
import type { Pools } from './swap.ts';
import { DEFAULT_SWAP_FEE, type SwapFee } from './swap-fee.ts';

/** An index of a family that shares in exchange fees. */
export interface Fund {
  readonly index: string;
  /** Who sets its weights. */
  readonly family: string;
  /** E {share} */
  readonly effectiveSupply: bigint;
  /** {1e18} of every asset that it aims at; they sum to 1. */
  readonly weights: readonly Weight[];
}

/** The whole exchange (docs/rules.md 9). Every event makes a new one. */
export interface Exchange {
  readonly base: string;
  readonly fee: SwapFee;
  /** Families that the DAO named: only their indices share in exchange fees and direct swaps. */
  readonly families: ReadonlySet<string>;
  readonly pools: Pools;
  /** {lp} by asset, then by provider */
  readonly providers: ReadonlyMap<string, ReadonlyMap<string, bigint>>;
  readonly indexPools: ReadonlyMap<string, IndexPools.IndexPool>;
  readonly funds: ReadonlyMap<string, Fund>;
  readonly contributions: Contributions;
  readonly buffer: Buffer;
  /** {base} */
  readonly dao: bigint;
}

/** An exchange without pools. */
export const exchangeOf = ({
  base,
  families,
  fee = DEFAULT_SWAP_FEE,
}: {
  readonly base: string;
  readonly families: readonly string[];
  readonly fee?: SwapFee;
}): Exchange => ({
  ...{ base, fee, families: new Set(families), pools: new Map(), providers: new Map(), indexPools: new Map() },
  ...{ funds: new Map(), contributions: [], buffer: EMPTY_BUFFER, dao: 0n },
});

/** The map with one value set. */
export const put = <Value>(map: ReadonlyMap<string, Value>, key: string, value: Value): ReadonlyMap<string, Value> =>
  new Map(map).set(key, value);

/**
 * The exchange with an index pool more, which no index has shares of yet.
 *
 * @throws {ExchangeError} INDEX_POOL_EXISTS
 */
export const withIndexPool = (exchange: Exchange, asset: string, books: RatedPool): Exchange => {
  if (exchange.indexPools.has(asset)) {
    throw new ExchangeError('INDEX_POOL_EXISTS', `${asset} has an index pool`, 'open one for each asset, once');
  }
  return { ...exchange, indexPools: put(exchange.indexPools, asset, { books, shares: new Map() }) };
};

/** @throws {ExchangeError} NO_INDEX_POOL */
export const indexPoolOf = ({ indexPools }: Exchange, asset: string): IndexPools.IndexPool => {
  const pool = indexPools.get(asset);
  if (pool !== undefined) return pool;
  throw new ExchangeError('NO_INDEX_POOL', `${asset} has no index pool`, 'open it first');
};

const requireNamed = ({ families }: Exchange, { index, family }: Fund): void => {
  if (families.has(family)) return;
  throw new ExchangeError(
    'FAMILY_NOT_NAMED',
    `${index} is of the family ${family}, which does not share in exchange fees`,
    'name the family by a vote first',
  );
};

const requireWhole = ({ index, weights }: Fund): void => {
  const assets = new Set(weights.map(({ asset }) => asset));
  const sum = weights.reduce((total, { weight }) => total + weight, 0n);
  if (assets.size === weights.length && weights.every(({ weight }) => weight >= 0n) && sum === ONE) return;
  throw new ExchangeError(
    'BAD_WEIGHTS',
    `the weights of ${index} sum to ${sum}`,
    'name each asset once; they sum to 1e18',
  );
};

/**
 * The exchange with an index that brings its holdings into the index pools.
 *
 * @param holdings {tok} by asset
 * @throws {ExchangeError} FAMILY_NOT_NAMED, BAD_WEIGHTS, NO_INDEX_POOL, INDEX_EXISTS; {VaultError} POOL_CLOSED, NO_SHARES
 */
export const withFund = (
  exchange: Exchange,
  fund: Fund,
  { holdings, now }: { readonly holdings: ReadonlyMap<string, bigint>; readonly now: bigint },
): Exchange => {
  requireNamed(exchange, fund);
  requireWhole(fund);
  if (exchange.funds.has(fund.index)) {
    throw new ExchangeError('INDEX_EXISTS', `${fund.index} is here already`, 'bring an index once');
  }
  let { indexPools } = exchange;
  for (const [asset, amount] of holdings) {
    const pool = indexPoolOf(exchange, asset);
    indexPools = put(indexPools, asset, IndexPools.entered(pool, { index: fund.index, amount }, now));
  }
  return { ...exchange, indexPools, funds: put(exchange.funds, fund.index, fund) };
};

/** {tok} by asset what an index holds now, floored */
export const holdingsOf = ({ indexPools }: Exchange, index: string, now: bigint): ReadonlyMap<string, bigint> =>
  new Map(
    [...indexPools]
      .filter(([, { shares }]) => shares.has(index))
      .map(([asset, pool]) => [asset, IndexPools.holdingIn(pool, index, now)]),
  );

/** {base} at the prices given, with the index's credit; assets without a price are left out */
export const navOf = (
  exchange: Exchange,
  index: string,
  { now, prices }: { readonly now: bigint; readonly prices: ReadonlyMap<string, bigint> },
): bigint =>
  [...holdingsOf(exchange, index, now)].reduce(
    (sum, [asset, holding]) => {
      const price = prices.get(asset);
      return price === undefined ? sum : sum + Orders.valueOf(holding, price);
    },
    creditOf(exchange.buffer, index),
  );

/** An index that shares in fees now. @throws {ExchangeError} UNKNOWN_INDEX, FAMILY_NOT_NAMED */
export const fundOf = (exchange: Exchange, index: string): Fund => {
  const fund = exchange.funds.get(index);
  if (fund === undefined) {
    throw new ExchangeError('UNKNOWN_INDEX', `${index} is not here`, 'name an index of the exchange');
  }
  requireNamed(exchange, fund);
  return fund;
};
