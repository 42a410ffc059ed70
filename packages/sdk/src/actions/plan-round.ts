import {
  type AnchoredAsset,
  BASIS_POINT,
  EPOCH_LASTS,
  type IndexOrders,
  LOSS_BPS,
  lossBudget,
  nav,
  Orders,
  ordersOf,
  type Plan,
  planRebalance,
  REWEIGH_LOSS_BPS,
} from '@wicker/core';
import type { Address } from 'viem';
import { getBlock, readContract } from 'viem/actions';
import { assetListAbi } from '../abi.generated.ts';
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
  /** Whose state to read, as a whole; the latest block when not given. */
  readonly block?: PlanBlock;
  /** {s} when the plan will be executed; the time of `block` when not given */
  readonly now?: bigint;
}

/** A block: any that viem reads. */
export interface PlanBlock {
  readonly number: bigint;
  /** {s} */
  readonly timestamp: bigint;
}

export type PlanRoundReturnType = Plan;

/** {s} */
const DAY = 86_400n;

/** {base} what an index may still lose today */
const budgetOf = ({ openedAt, until, day, lost }: EpochOfReturnType, value: bigint, now: bigint): bigint => {
  // An epoch that lasts longer is that of a reweigh.
  const most = (until - openedAt > EPOCH_LASTS ? REWEIGH_LOSS_BPS : LOSS_BPS) * BASIS_POINT;
  return lossBudget({ nav: value, lost: day === now / DAY ? lost : 0n, most });
};

/**
 * Reads what the chain will see, all of it at one block, and plans a round by the pure planner of @wicker/core (docs/rules.md 6).
 * All reads go out in two batches, one after the other, after that of the block: with a transport that batches (viem's `batch`)
 * that is as many requests.
 *
 * @throws {ContractRevertError} UnknownOpening, UnknownIndex, Locked
 */
export const planRound = async (
  client: WickerClient,
  { platform, opening, indices, pools, block, now }: PlanRoundParameters,
): Promise<PlanRoundReturnType> => {
  const { number: blockNumber, timestamp } = block ?? (await getBlock(client));
  const at = now ?? timestamp;
  const [{ openedAt, delistings: before, anchors: opened }, delistings, listed, held] = await Promise.all([
    openingOf(client, { platform, opening, blockNumber }),
    readContract(client, {
      ...{ abi: assetListAbi, address: platform.assetList, functionName: 'delistings', blockNumber },
    }),
    poolsOf(client, { platform, pools, blockNumber }),
    Promise.all(
      indices.map(async (index) => {
        const of = { platform, index, blockNumber };
        const [holdings, epoch] = await Promise.all([holdingsOf(client, of), epochOf(client, of)]);
        return { index, holdings, epoch };
      }),
    ),
  ]);
  const assets = opened.map(({ asset }) => asset);
  // What was taken off the list since the opening counts as delisted in every round after.
  const [quotes, since] = await Promise.all([
    quotesOf(client, { platform, assets, blockNumber }),
    delistings === before ? undefined : delistedSince(client, { platform, assets, blockNumber }),
  ]);
  const anchors = opened.map((anchor) => ({
    ...anchor,
    delistedSince: anchor.delistedSince || (since?.get(anchor.asset) ?? 0n),
  }));
  const anchorOf = new Map(anchors.map((anchor) => [anchor.asset, anchor]));
  const priceOf = (asset: Address) => {
    const anchor: OpeningAnchor | undefined = anchorOf.get(asset);
    if (anchor === undefined || anchor.price === 0n) return undefined;
    return { price: anchor.price, delisted: anchor.delistedSince !== 0n };
  };
  const orders = held.map(({ index, holdings: { legs, recipe }, epoch }): IndexOrders => {
    const positions = positionsOf(legs, priceOf);
    const value = nav(positions);
    const inEpoch = epoch.opening === opening && epoch.recipe === recipe && at < epoch.until;
    // It left the epoch: the chain passes over it, and the others go on.
    if (!inEpoch || value < Orders.MIN_NAV) return { index, budget: 0n, orders: [] };
    return {
      index,
      budget: budgetOf(epoch, value, at),
      orders: ordersOf(positions).map((order, i) => ({ ...order, holding: positions[i]?.holding ?? 0n })),
    };
  });
  const traded = anchors.map(({ asset, price, qBps, live, delistedSince }, i): AnchoredAsset => {
    const quote = quotes[i];
    const now = quote?.status === 'live' ? quote.price : 0n;
    return { asset, anchor: live ? price : 0n, price: now, qBps, delistedSince };
  });
  return planRebalance(orders, listed, { openedAt, base: platform.base, assets: traded }, at);
};
