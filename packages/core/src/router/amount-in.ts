import { mulDivDown } from '../math/fixed-point.ts';
import { add, mul } from '../math/word.ts';
import { FEE_KEEP, FEE_SCALE } from '../rebalance/impact.ts';
import type { BasePool } from './base-pool.ts';
import { poolTooSmall } from './errors.ts';

/**
 * The least input {base} that brings `amount` {tok}, as the pool itself counts (docs/rules.md 1; contracts: Router._amountIn).
 *
 * @param amount {tok}
 * @throws {RouterError} POOL_TOO_SMALL when the pool has no more than `amount`; {MathError} OVERFLOW
 */
export const amountIn = ({ asset, reserveBase, reserveAsset }: BasePool, amount: bigint): bigint => {
  if (amount >= reserveAsset) throw poolTooSmall(asset, amount, reserveAsset);
  return add(mulDivDown(mul(reserveBase, FEE_SCALE), amount, mul(reserveAsset - amount, FEE_KEEP)), 1n);
};
