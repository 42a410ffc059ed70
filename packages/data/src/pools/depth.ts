import { max } from '@wicker/core';
import { isAddressEqual } from 'viem';
import { type ChainReader, told } from './chain-reader.ts';
import { amountOf, centsOf, type Pool, type PricedToken } from './pool.ts';
import { readV2Pool } from './v2.ts';
import { readV3Pool } from './v3.ts';
import type { Venues } from './venues.ts';

/** How much of a token can be traded on chain. */
export interface Depth {
  /** {USD/100} both sides of all pools, floored for each side */
  readonly liquidityCents: bigint;
  /** What the trade loses against the price before it {1e18}, in the worse direction; undefined without a pool. */
  readonly impact: bigint | undefined;
}

export type Quote = PricedToken & Venues['quotes'][number];

/**
 * The liquidity of a token over all pools of the venues against the quotes (docs/rules.md 4.1), and the price impact of one trade: in each
 * direction that of the pool that loses least, without splitting it, then the worse of the two.
 *
 * @param tradeCents {USD/100} the size of the trade, such as 100 000 USD
 * @throws DataError RPC_FAILED
 */
export const readDepth = async (
  chain: ChainReader,
  venues: Venues,
  quotes: readonly Quote[],
  token: PricedToken,
  tradeCents: bigint,
): Promise<Depth> => {
  const others = quotes.filter(({ address }) => !isAddressEqual(address, token.address));
  const pools = (await told(Promise.all(others.map((quote) => poolsAgainst(chain, venues, quote, token))))).flat();
  const [sales, purchases] = await told(
    Promise.all([
      Promise.all(pools.map(({ pool }) => impactOf(pool, true, amountOf(tradeCents, token)))),
      Promise.all(pools.map(({ pool, quote }) => impactOf(pool, false, amountOf(tradeCents, quote)))),
    ]),
  );
  return {
    liquidityCents: pools.reduce(
      (sum, { pool: { held }, quote }) => sum + centsOf(held.token, token) + centsOf(held.quote, quote),
      0n,
    ),
    impact: worse(least(sales), least(purchases)),
  };
};

const poolsAgainst = async (
  chain: ChainReader,
  { v2, v3 }: Venues,
  quote: Quote,
  token: PricedToken,
): Promise<{ pool: Pool; quote: Quote }[]> => {
  const found = await Promise.all([
    ...v2.map((venue) => readV2Pool(chain, venue, token.address, quote.address)),
    ...v3.flatMap(({ fees, ...venue }) =>
      fees.map((fee) => readV3Pool(chain, { ...venue, fee }, token.address, quote.address)),
    ),
  ]);
  return found.flatMap((pool) => (pool === undefined ? [] : [{ pool, quote }]));
};

/** Undefined for a trade of nothing: a token whose smallest unit is worth more than the trade, or without a price. */
const impactOf = async (pool: Pool, sell: boolean, amountIn: bigint): Promise<bigint | undefined> =>
  amountIn === 0n ? undefined : pool.impact(sell, amountIn);

const least = (impacts: readonly (bigint | undefined)[]): bigint | undefined =>
  impacts.reduce(
    (best, impact) => (best === undefined || (impact !== undefined && impact < best) ? impact : best),
    undefined,
  );

const worse = (a: bigint | undefined, b: bigint | undefined): bigint | undefined =>
  a === undefined || b === undefined ? undefined : max(a, b);
