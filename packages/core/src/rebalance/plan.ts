import * as Clock from './clock.ts';
import { type PlannedCross, planCrosses } from './plan-crosses.ts';
import { type PlannedTrade, planTrades } from './plan-trades.ts';
import type { Pool } from './pools.ts';
import { type IndexOrders, type Opening, Round } from './round.ts';
import { sorted } from './sorted.ts';

export type { PlannedCross, PlannedTrade };

/** What to try in one round, in this order: crosses first. */
export interface Plan {
  readonly crosses: readonly PlannedCross[];
  readonly trades: readonly PlannedTrade[];
}

/**
 * Plans one round for the indices of an opening: crosses what mirrors, then trades the rest over listed pools, each pair over the
 * way that brings most, large orders on scarce ways first. A greedy plan: good, not the best; what it leaves waits for the next
 * round. It counts as the chain counts, so that on an unchanged chain every step goes through.
 *
 * @param indices their orders at the anchors
 * @param pools listed pools with their reserves
 * @param opening what the indices share
 * @param now {s} timestamp at which the plan will be executed
 * @param clock the chain's unless another is tried
 * @throws {MathError} OVERFLOW for numbers beyond their bounds; UNKNOWN_ASSET for an order without an anchor
 */
export const planRebalance = (
  indices: readonly IndexOrders[],
  pools: readonly Pool[],
  opening: Opening,
  now: bigint,
  clock = Clock.CHAIN,
): Plan => {
  const round = new Round(
    sorted(indices, ({ index }) => index),
    { ...opening, assets: sorted(opening.assets, ({ asset }) => asset) },
    now,
    clock,
  );
  const crosses = planCrosses(round);
  const listed = sorted(pools, ({ pool }) => pool);
  return { crosses, trades: planTrades(round, listed, opening.base) };
};
