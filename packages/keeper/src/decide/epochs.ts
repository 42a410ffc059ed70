import { BASIS_POINT, Orders, opensFrom, TOLERANCE_BPS } from '@wicker/core';
import type { IndexState } from './snapshot.ts';

/** {1e18} */
const TOLERANCE = BigInt(TOLERANCE_BPS) * BASIS_POINT;
/** {1e18} the same after a reweigh, which the chain would open for any drift: below it no order is worth its gas */
const REWEIGH_TOLERANCE = BASIS_POINT;
/** {1} assets with a live price that an epoch needs */
const LEAST_LIVE = 2;

/** Whether the weights of an index were set anew since its last epoch. */
const isReweighed = ({ epoch, recipe }: IndexState): boolean => epoch.opening !== 0n && epoch.recipe !== recipe;

/** Whether an index is farther from its targets than it should be. */
export const isDrifted = (state: IndexState): boolean =>
  state.drift > (isReweighed(state) ? REWEIGH_TOLERANCE : TOLERANCE);

/** Whether an epoch can be opened for an index, and is worth it. */
export const mayOpen = (state: IndexState, now: bigint): boolean =>
  isDrifted(state) && state.nav >= Orders.MIN_NAV && state.live >= LEAST_LIVE && now >= opensFrom(state);

/** Whether an index is in an epoch that can be traded. */
export const isOpen = ({ epoch, recipe, nav }: IndexState, now: bigint): boolean =>
  epoch.opening !== 0n && epoch.recipe === recipe && now < epoch.until && nav >= Orders.MIN_NAV;

/** Why an index should open, in words. */
export const reasonOf = (state: IndexState): string =>
  isReweighed(state)
    ? `${state.name} has new weights and is ${state.driftBps} bps off them`
    : `${state.name} has drifted ${state.driftBps} bps`;
