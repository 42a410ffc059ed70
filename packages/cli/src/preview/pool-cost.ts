import { FixedPoint, Impact, Orders } from '@wicker/core';

/** A pool with the base, as it stands before a swap. */
export interface BasePool {
  /** {base} */
  readonly base: bigint;
  /** {tok} */
  readonly token: bigint;
}

/** What swaps cost {base}, above 0 against the one who swaps. The three parts sum to the difference to the value at the feeds. */
export interface PoolCost {
  /** What the pools keep. */
  readonly fee: bigint;
  /** What the size of the swaps costs: their price against that of the first small amount. */
  readonly impact: bigint;
  /** The rest: how far the pools stand from the feeds. */
  readonly offFeeds: bigint;
}

/** A swap with its cost. */
export interface PoolSwap {
  /** {base} paid for a purchase, got for a sale */
  readonly base: bigint;
  readonly cost: PoolCost;
}

/**
 * Buying `amount` {tok} with the base, as the router does it: `base` is the least that the pool takes for it.
 *
 * @param amount {tok} below the pool's own
 * @param price {base/tok} UQ112 at the feeds
 */
export const purchase = (pool: BasePool, amount: bigint, price: bigint): PoolSwap => {
  const left = (pool.token - amount) * Impact.FEE_KEEP;
  const base = FixedPoint.mulDivDown(pool.base * Impact.FEE_SCALE, amount, left) + 1n;
  const fee = base - (base * Impact.FEE_KEEP) / Impact.FEE_SCALE;
  const impact = base - fee - FixedPoint.mulDivDown(pool.base, amount, pool.token);
  return { base, cost: { fee, impact, offFeeds: base - Orders.valueOf(amount, price) - fee - impact } };
};

/**
 * Selling `amount` {tok} for the base.
 *
 * @param price {base/tok} UQ112 at the feeds
 */
export const sale = (pool: BasePool, amount: bigint, price: bigint): PoolSwap => {
  const base = Impact.amountOut(amount, pool.token, pool.base);
  const spot = FixedPoint.mulDivDown(pool.base, amount, pool.token);
  const fee = spot - (spot * Impact.FEE_KEEP) / Impact.FEE_SCALE;
  const impact = spot - fee - base;
  return { base, cost: { fee, impact, offFeeds: Orders.valueOf(amount, price) - base - fee - impact } };
};

/** All together. */
export const sumOfCosts = (costs: readonly PoolCost[]): PoolCost =>
  costs.reduce(
    (sum, { fee, impact, offFeeds }) => ({
      fee: sum.fee + fee,
      impact: sum.impact + impact,
      offFeeds: sum.offFeeds + offFeeds,
    }),
    { fee: 0n, impact: 0n, offFeeds: 0n },
  );

/** {bps} a part of a value, with one decimal, cut off; 0 of nothing */
export const bpsOf = (part: bigint, value: bigint): number =>
  value === 0n ? 0 : Number((part * 100_000n) / value) / 10;
