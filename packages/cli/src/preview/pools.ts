import { WickerError } from '@wicker/core';
import { listedPools, poolsOf } from '@wicker/sdk';
import { type Address, getAddress, zeroAddress } from 'viem';
import type { Connection } from '../connect/connect.ts';
import { type Token, tokenIn } from '../connect/tokens.ts';
import type { BasePool, PoolSwap } from './pool-cost.ts';
import type { PoolLeg } from './preview.ts';

/** A pool of the base and an asset. */
interface AssetPool extends BasePool {
  readonly pool: Address;
}

/** By asset; none for the base itself. */
type AssetPools = ReadonlyMap<Address, AssetPool>;

/**
 * The deepest listed pool with the base of each asset.
 *
 * @throws {WickerError} NO_POOL for an asset that none of them trades
 */
export const deepestPools = async (
  { client, deployment: { addresses, fromBlock } }: Pick<Connection, 'client' | 'deployment'>,
  assets: readonly Address[],
  tokens: ReadonlyMap<Address, Token>,
): Promise<AssetPools> => {
  const { base } = addresses;
  const listed = await listedPools(client, { platform: addresses, fromBlock: BigInt(fromBlock) });
  const deepest = new Map<Address, AssetPool>();
  for (const { pool, token0, token1, reserve0, reserve1 } of await poolsOf(client, {
    ...{ platform: addresses, pools: listed },
  })) {
    const isFirst = getAddress(token0) === base;
    if (!isFirst && getAddress(token1) !== base) continue;
    const found = isFirst
      ? { asset: getAddress(token1), base: reserve0, token: reserve1 }
      : { asset: getAddress(token0), base: reserve1, token: reserve0 };
    if (found.base > (deepest.get(found.asset)?.base ?? 0n))
      deepest.set(found.asset, { ...found, pool: getAddress(pool) });
  }
  const missing = assets.filter((asset) => asset !== base && !deepest.has(asset));
  if (missing.length === 0) return deepest;
  const names = missing.map((asset) => tokenIn(tokens, asset).name).join(', ');
  throw new WickerError('NO_POOL', `no listed pool trades ${names} for USDC`, 'mint or redeem in kind');
};

/** One pool per leg, as the router wants them; for the base itself it looks at none. */
export const routerPools = (pools: AssetPools, assets: readonly Address[]): Address[] =>
  assets.map((asset) => pools.get(asset)?.pool ?? zeroAddress);

/** What swapping each leg costs on its pool. */
export const poolLegs = (
  pools: AssetPools,
  legs: readonly { readonly token: Token; readonly amount: bigint; readonly price: bigint }[],
  swap: (pool: BasePool, amount: bigint, price: bigint) => PoolSwap,
): PoolLeg[] =>
  legs.flatMap(({ token, amount, price }) => {
    const pool = pools.get(token.address);
    if (pool === undefined || amount === 0n) return [];
    return [{ token, amount, pool: pool.pool, ...swap(pool, amount, price) }];
  });
