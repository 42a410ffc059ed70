// A trade through the router: where it trades, and why it would not.
import { type IndexUnits, MathError, RouterError, type RouterMarket } from '@wicker/core';
import { getAddress } from 'viem';
import type { Fund } from '../lib/fund.ts';
import type { Obstacle } from './plan.ts';

/** What the router counts with. */
export interface RouterState extends Pick<RouterMarket, 'base' | 'pools'> {
  /** Units and supplies of the fund. */
  readonly index: IndexUnits;
}

/** Where the router trades, and the feeds' prices of the fund's assets. */
export const marketOf = ({ base, pools }: RouterState, { state }: Fund): RouterMarket => ({
  ...{ base, pools },
  prices: new Map(state?.assets.map(({ asset, price }) => [asset, price])),
});

/** Why the router would not do it. @throws what is about something else */
export const refusalOf = (error: unknown, { held }: Fund): Obstacle => {
  if (error instanceof RouterError && error.code === 'PAYS_TOO_LITTLE') return { kind: 'tooSmall' };
  const [token] = error instanceof RouterError ? error.assets : [];
  if (token !== undefined) return { kind: 'pool', token: getAddress(token) };
  // An amount beyond all that the chain can count is more than any pool has.
  const [leg] = held.legs;
  if (error instanceof MathError && leg !== undefined) return { kind: 'pool', token: leg.asset };
  throw error;
};
