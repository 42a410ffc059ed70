import {
  type AnchoredAsset,
  BASIS_POINT,
  type IndexOrders,
  nav,
  ONE,
  Orders,
  ordersOf,
  type Plan,
  planRebalance,
} from '@wicker/core';
import type { Address } from 'viem';
import { getBlock } from 'viem/actions';
import type { PlatformAddresses } from '../addresses.ts';
import type { WickerClient } from '../client.ts';
import { positionsOf } from '../positions.ts';
import { delistedSince } from './delisted-since.ts';
import { type EpochOfReturnType, epochOf } from './epoch-of.ts';
import { holdingsOf } from './holdings-of.ts';
import { type OpeningAnchor, openingOf } from './opening-of.ts';
import { poolsOf } from './pools-of.ts';
import { quotesOf } from './quotes-of.ts';

export interface PlanRoundParameters {
  readonly platform: PlatformAddresses;
  readonly opening: bigint;
  /** Of that opening. */
  readonly indices: readonly Address[];
  /** Pools to trade over; those that are not listed are left out. */
  readonly pools: readonly Address[];
  /** {s} when the plan will be executed; the time of the last block when not given */
  readonly now?: bigint;
}

export type PlanRoundReturnType = Plan;

/** {s} an epoch that lasts longer is that of a reweigh */
const EPOCH_LASTS = 86_400n;
/** {bps of NAV a UTC day} (docs/rules.md 6) */
const LOSS_BPS = 15n;
const REWEIGH_LOSS_BPS = 30n;
const DAY = 86_400n;

/** {base} what an index may still lose today */
const budgetOf = ({ openedAt, until, day, lost }: EpochOfReturnType, value: bigint, now: bigint): bigint => {
  const most = (until - openedAt > EPOCH_LASTS ? REWEIGH_LOSS_BPS : LOSS_BPS) * BASIS_POINT;
  const spent = day === now / DAY ? lost : 0n;
  return spent < most ? (value * (most - spent)) / ONE : 0n;
};

/** Reads what the chain will see and plans a round by the pure planner of @wicker/core (docs/rules.md 6). */
export const planRound = async (
  client: WickerClient,
  { platform, opening, indices, pools, now }: PlanRoundParameters,
): Promise<PlanRoundReturnType> => {
  const [block, { openedAt, anchors: opened }, listed] = await Promise.all([
    getBlock(client),
    openingOf(client, { platform, opening }),
    poolsOf(client, { platform, pools }),
  ]);
  const since = await delistedSince(client, { platform, assets: opened.map(({ asset }) => asset) });
  // What was taken off the list since the opening counts as delisted in every round after.
  const anchors = opened.map((anchor) => ({
    ...anchor,
    delistedSince: anchor.delistedSince || (since.get(anchor.asset) ?? 0n),
  }));
  const at = now ?? block.timestamp;
  const anchorOf = new Map(anchors.map((anchor) => [anchor.asset, anchor]));
  const priceOf = (asset: Address) => {
    const anchor: OpeningAnchor | undefined = anchorOf.get(asset);
    if (anchor === undefined || anchor.price === 0n) return undefined;
    return { price: anchor.price, delisted: anchor.delistedSince !== 0n };
  };
  const [quotes, orders] = await Promise.all([
    quotesOf(client, { platform, assets: anchors.map(({ asset }) => asset) }),
    Promise.all(
      indices.map(async (index): Promise<IndexOrders> => {
        const [{ legs, recipe }, epoch] = await Promise.all([
          holdingsOf(client, { platform, index }),
          epochOf(client, { platform, index }),
        ]);
        const positions = positionsOf(legs, priceOf);
        const value = nav(positions);
        const inEpoch = epoch.opening === opening && epoch.recipe === recipe && at < epoch.until;
        // It left the epoch: the chain passes over it, and the others go on.
        if (!inEpoch || value < Orders.MIN_NAV) return { index, budget: 0n, orders: [] };
        const held = new Map(positions.map(({ asset, holding }) => [asset, holding]));
        return {
          index,
          budget: budgetOf(epoch, value, at),
          orders: ordersOf(positions).map((order) => ({ ...order, holding: held.get(order.asset) ?? 0n })),
        };
      }),
    ),
  ]);
  const assets = anchors.map(({ asset, price, qBps, live, delistedSince }, i): AnchoredAsset => {
    const quote = quotes[i];
    const now = quote?.status === 'live' ? quote.price : 0n;
    return { asset, anchor: live ? price : 0n, price: now, qBps, delistedSince };
  });
  return planRebalance(orders, listed, { openedAt, base: platform.base, assets }, at);
};
