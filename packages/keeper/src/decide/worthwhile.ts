import { Orders, type Plan } from '@wicker/core';
import { TRANSACTION_GAS_LIMIT } from '@wicker/sdk';

/** {gas} of a round, rounded up from the gas benchmark: its start, a further index of 20 assets, a fill over two pools */
const ROUND_GAS = 600_000n;
const INDEX_GAS = 160_000n;
const FILL_GAS = 150_000n;

/** How many indices a round can serve and still have room for fills {1}. */
export const MAX_INDICES = 60;

/** What a keeper knows about the assets of a plan. */
export interface AssetFacts {
  /** {base/tok} UQ112 of now */
  readonly priceOf: (asset: string) => bigint;
  /** Whether no index aims at it: what is left of it is sold whole, however little. */
  readonly isUnwanted: (asset: string) => boolean;
}

/** {base} what a plan moves */
export const valueOfPlan = ({ crosses, trades }: Plan, { priceOf }: AssetFacts): bigint =>
  [
    ...crosses.map(({ o, x }) => Orders.valueOf(x, priceOf(o))),
    ...trades.map(({ o, given }) => Orders.valueOf(given, priceOf(o))),
  ].reduce((sum, value) => sum + value, 0n);

/** {1} of the NAV of a round's indices: a fill that moves less than a thousandth of them changes nothing */
const LEAST_PART = 1_000n;

/**
 * The part of a plan that is worth its gas and fits into one transaction; the rest waits for the next round. Fills below 100 USDC (of
 * small indices: below a thousandth of their NAV) are left, unless they sell what no index aims at any more: as long as a rest of
 * it is there, every mint and redeem carries it.
 *
 * @param indices that the round serves
 */
export const worthwhile = (plan: Plan, indices: readonly { readonly nav: bigint }[], facts: AssetFacts): Plan => {
  const part = indices.reduce((sum, { nav }) => sum + nav, 0n) / LEAST_PART;
  const least = part < Orders.MIN_FILL_VALUE ? part : Orders.MIN_FILL_VALUE;
  const pays = (asset: string, amount: bigint): boolean =>
    facts.isUnwanted(asset) || Orders.valueOf(amount, facts.priceOf(asset)) >= least;
  const room = (TRANSACTION_GAS_LIMIT - ROUND_GAS - BigInt(indices.length) * INDEX_GAS) / FILL_GAS;
  const most = Math.max(1, Number(room));
  const crosses = plan.crosses.filter(({ o, x }) => pays(o, x)).slice(0, most);
  const trades = plan.trades.filter(({ o, given }) => pays(o, given)).slice(0, most - crosses.length);
  return { crosses, trades };
};
