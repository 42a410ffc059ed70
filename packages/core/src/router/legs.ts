import { effectiveUp } from '../index-fund/shares.ts';
import { amountUp, type Unit } from '../index-fund/units.ts';
import { amountIn } from './amount-in.ts';
import type { BasePool } from './base-pool.ts';
import { poolTooSmall } from './errors.ts';

/** An index as a mint counts it (docs/rules.md 1). */
export interface IndexUnits {
  /** S {share} > 0, with the accrued fee */
  readonly supply: bigint;
  /** E {share} */
  readonly effectiveSupply: bigint;
  /** {tok/share} of each asset, in the order of the legs. */
  readonly legs: readonly { readonly asset: string; readonly unit: Unit }[];
}

/** The pool of each leg that is bought or sold on one; none for the base itself. By asset. */
export type ChosenPools = ReadonlyMap<string, BasePool>;

/**
 * What a mint of `shares` {share} takes, leg by leg {tok}: ceil(e * unit), e = ceil(shares * E / S) (docs/rules.md 1; contracts:
 * Vault.legAmounts).
 *
 * @throws {MathError} OVERFLOW, DIVISION_BY_ZERO, EFFECTIVE_SUPPLY_OUT_OF_RANGE
 */
export const legAmounts = ({ legs, effectiveSupply, supply }: IndexUnits, shares: bigint): bigint[] => {
  const effective = effectiveUp(shares, effectiveSupply, supply);
  return legs.map(({ unit }) => amountUp(effective, unit));
};

/** What the legs of a mint cost. */
export interface LegsCost {
  /** {base} */
  readonly cost: bigint;
  /** {base} more than the roundings in it */
  readonly steps: bigint;
}

/**
 * What the legs of `shares` {share} cost on their pools (docs/rules.md 1; contracts: Router._costOf). Each leg's amount is ceiled by
 * less than one unit of its token, which costs a step on its pool, of which both ends are floored, and the pool ceils once more:
 * `steps` is above all of that.
 *
 * @throws {RouterError} POOL_TOO_SMALL; {MathError} as `legAmounts`
 */
export const costOf = (index: IndexUnits, pools: ChosenPools, shares: bigint): LegsCost => {
  let [cost, steps] = [0n, 0n];
  for (const [i, amount] of legAmounts(index, shares).entries()) {
    if (amount === 0n) continue;
    const pool = pools.get(index.legs[i]?.asset ?? '');
    if (pool === undefined) {
      cost += amount;
      steps += 1n;
      continue;
    }
    if (amount + 1n >= pool.reserveAsset) throw poolTooSmall(pool.asset, amount, pool.reserveAsset);
    const paid = amountIn(pool, amount);
    cost += paid;
    steps += amountIn(pool, amount + 1n) - paid + 2n;
  }
  return { cost, steps };
};
