import { amountOut } from '../rebalance/impact.ts';
import { amountIn } from './amount-in.ts';
import type { BasePool } from './base-pool.ts';
import { poolTooSmall, RouterError } from './errors.ts';
import type { ChosenPools } from './legs.ts';

/** An amount {tok} of an asset to buy or to sell. */
export interface Wanted {
  readonly asset: string;
  readonly amount: bigint;
}

/** Which of two pools is better for an amount {tok}. */
type Better = (a: BasePool, b: BasePool, amount: bigint) => boolean;

/** The best pool with the base of each asset of which there is an amount. @throws {RouterError} NO_POOL that names all without one */
const choose = (wanted: readonly Wanted[], pools: readonly BasePool[], base: string, better: Better): ChosenPools => {
  const chosen = new Map<string, BasePool>();
  for (const { asset, amount } of wanted) {
    if (asset === base || amount === 0n) continue;
    for (const pool of pools) {
      if (pool.asset !== asset) continue;
      const best = chosen.get(asset);
      if (best === undefined || better(pool, best, amount)) chosen.set(asset, pool);
    }
  }
  const missing = wanted.filter(({ asset, amount }) => asset !== base && amount !== 0n && !chosen.has(asset));
  if (missing.length === 0) return chosen;
  const assets = missing.map(({ asset }) => asset);
  throw new RouterError('NO_POOL', `no pool trades ${assets.join(', ')} for the base`, assets);
};

/** The pools that have the most of each asset. @throws {RouterError} NO_POOL */
export const deepestPools = (wanted: readonly Wanted[], pools: readonly BasePool[], base: string): ChosenPools =>
  choose(wanted, pools, base, (a, b) => a.reserveAsset > b.reserveAsset);

/**
 * The pools that take the least {base} for each amount.
 *
 * @throws {RouterError} NO_POOL; POOL_TOO_SMALL when none of an asset has enough
 */
export const poolsToBuy = (wanted: readonly Wanted[], pools: readonly BasePool[], base: string): ChosenPools => {
  // The router looks one unit further than it buys.
  const isEnough = ({ reserveAsset }: BasePool, amount: bigint): boolean => amount + 1n < reserveAsset;
  const chosen = choose(wanted, pools, base, (a, b, amount) => {
    if (!isEnough(a, amount)) return false;
    return !isEnough(b, amount) || amountIn(a, amount) < amountIn(b, amount);
  });
  for (const { asset, amount } of wanted) {
    const pool = chosen.get(asset);
    if (pool !== undefined && !isEnough(pool, amount)) throw poolTooSmall(asset, amount, pool.reserveAsset);
  }
  return chosen;
};

/** The pools that give the most {base} for each amount. @throws {RouterError} NO_POOL */
export const poolsToSell = (wanted: readonly Wanted[], pools: readonly BasePool[], base: string): ChosenPools => {
  const out = ({ reserveAsset, reserveBase }: BasePool, amount: bigint): bigint =>
    amountOut(amount, reserveAsset, reserveBase);
  return choose(wanted, pools, base, (a, b, amount) => out(a, amount) > out(b, amount));
};
