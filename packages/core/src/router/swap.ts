import { mulDivDown } from '../math/fixed-point.ts';
import { amountOut, FEE_KEEP, FEE_SCALE } from '../rebalance/impact.ts';
import * as Orders from '../rebalance/orders.ts';
import { amountIn } from './amount-in.ts';
import type { BasePool } from './base-pool.ts';

/** What swaps cost {base}, above 0 against the one who swaps. The three parts sum to the difference to the value at the feeds. */
export interface PoolCost {
  /** What the pools keep. */
  readonly fee: bigint;
  /** What the size of the swaps costs: their price against that of the first small amount. */
  readonly impact: bigint;
  /** The rest: how far the pools stand from the feeds. Undefined where a feed has no price. */
  readonly offFeeds: bigint | undefined;
}

/** A swap with its cost. */
export interface PoolSwap {
  /** {base} paid for a purchase, got for a sale */
  readonly base: bigint;
  readonly cost: PoolCost;
}

/** {base} the pool's fee of what goes in */
const feeOf = (input: bigint): bigint => input - (input * FEE_KEEP) / FEE_SCALE;

/** {base} what an amount would cost or bring at the price of the first small amount, without fee */
const atSpot = ({ reserveBase, reserveAsset }: BasePool, amount: bigint): bigint =>
  mulDivDown(reserveBase, amount, reserveAsset);

/**
 * Buying `amount` {tok} with the base (docs/rules.md 1; contracts: Router._buy): `base` is the least that the pool takes for it.
 *
 * @param price {base/tok} UQ112 at the feeds; 0 without one
 * @throws {RouterError} POOL_TOO_SMALL; {MathError} OVERFLOW, OUT_OF_RANGE
 */
export const purchase = (pool: BasePool, amount: bigint, price: bigint): PoolSwap => {
  const base = amountIn(pool, amount);
  const fee = feeOf(base);
  const impact = base - fee - atSpot(pool, amount);
  const offFeeds = price === 0n ? undefined : base - Orders.valueOf(amount, price) - fee - impact;
  return { base, cost: { fee, impact, offFeeds } };
};

/**
 * Selling `amount` {tok} for the base (docs/rules.md 1; contracts: Router._sell).
 *
 * @param price {base/tok} UQ112 at the feeds; 0 without one
 * @throws {MathError} OVERFLOW, OUT_OF_RANGE
 */
export const sale = (pool: BasePool, amount: bigint, price: bigint): PoolSwap => {
  const base = amountOut(amount, pool.reserveAsset, pool.reserveBase);
  const spot = atSpot(pool, amount);
  const fee = feeOf(spot);
  const impact = spot - fee - base;
  const offFeeds = price === 0n ? undefined : Orders.valueOf(amount, price) - base - fee - impact;
  return { base, cost: { fee, impact, offFeeds } };
};

const sum = (a: bigint | undefined, b: bigint | undefined): bigint | undefined =>
  a === undefined || b === undefined ? undefined : a + b;

/** All together. */
export const sumOfCosts = (costs: readonly PoolCost[]): PoolCost =>
  costs.reduce(
    (all, { fee, impact, offFeeds }) => ({
      ...{ fee: all.fee + fee, impact: all.impact + impact, offFeeds: sum(all.offFeeds, offFeeds) },
    }),
    { fee: 0n, impact: 0n, offFeeds: 0n },
  );
