import type { Pool } from '../rebalance/pools.ts';

/** A pool of an asset with the base, as it stands before a swap. */
export interface BasePool {
  /** Its address, or any other name. */
  readonly pool: string;
  readonly asset: string;
  /** {base} < 2^112 */
  readonly reserveBase: bigint;
  /** {tok} < 2^112 */
  readonly reserveAsset: bigint;
}

/** Those of the pools that trade the base. */
export const basePoolsOf = (pools: readonly Omit<Pool, 'used'>[], base: string): BasePool[] =>
  pools.flatMap(({ pool, token0, token1, reserve0, reserve1 }) => {
    if (token0 === base) return [{ pool, asset: token1, reserveBase: reserve0, reserveAsset: reserve1 }];
    return token1 === base ? [{ pool, asset: token0, reserveBase: reserve1, reserveAsset: reserve0 }] : [];
  });
