// What an open epoch still wants to trade, at its anchors (docs/rules.md 6).
import { type AnchoredAsset, Orders, ordersOf } from '@wicker/core';
import { type OpeningAnchor, positionsOf } from '@wicker/sdk';
import type { Address } from 'viem';

/** An open order of a fund. */
export interface OpenOrder {
  readonly asset: Address;
  readonly what: 'sell' | 'buy';
  /** {tok} */
  readonly amount: bigint;
  /** {base} at the anchor */
  readonly value: bigint;
  /** Whether it can be traded: a dead or frozen price stops it. */
  readonly tradable: boolean;
}

/** A sale and a purchase that can meet. */
export interface OrderPair {
  readonly sell: OpenOrder;
  readonly buy: OpenOrder;
  /** {base} the smaller of the two */
  readonly value: bigint;
}

export interface EpochOrders {
  /** The largest first. */
  readonly orders: readonly OpenOrder[];
  /** The largest first. */
  readonly pairs: readonly OrderPair[];
  readonly anchored: ReadonlyMap<Address, AnchoredAsset>;
}

export interface EpochOrdersParameters {
  readonly legs: Parameters<typeof positionsOf>[0];
  readonly anchors: readonly OpeningAnchor[];
  /** {base/tok} UQ112 by asset; 0 when it is not live */
  readonly prices: ReadonlyMap<Address, bigint>;
}

const anchoredOf = ({ anchors, prices }: EpochOrdersParameters): ReadonlyMap<Address, AnchoredAsset> =>
  new Map(
    anchors.map(({ asset, price, qBps, live, delistedSince }) => [
      asset,
      { asset, anchor: live ? price : 0n, price: prices.get(asset) ?? 0n, qBps, delistedSince },
    ]),
  );

const byValue = (a: { readonly value: bigint }, b: { readonly value: bigint }): number =>
  a.value === b.value ? 0 : a.value > b.value ? -1 : 1;

const smaller = (a: bigint, b: bigint): bigint => {
  if (a < b) return a;
  return b;
};

const pairsOf = (orders: readonly OpenOrder[]): OrderPair[] => {
  const tradable = orders.filter((order) => order.tradable);
  const buys = tradable.filter(({ what }) => what === 'buy');
  return tradable
    .filter(({ what }) => what === 'sell')
    .flatMap((sell) => buys.map((buy) => ({ sell, buy, value: smaller(sell.value, buy.value) })))
    .sort(byValue);
};

/** The orders of a fund in its epoch, and the pairs that they make. */
export const epochOrders = (parameters: EpochOrdersParameters): EpochOrders => {
  const { legs, anchors } = parameters;
  const anchored = anchoredOf(parameters);
  const anchorOf = new Map(anchors.map((anchor) => [anchor.asset, anchor]));
  const positions = positionsOf(legs, (asset) => {
    const anchor = anchorOf.get(asset);
    if (anchor === undefined || anchor.price === 0n) return undefined;
    return { price: anchor.price, delisted: anchor.delistedSince !== 0n };
  });
  const byAsset = new Map<string, (typeof positions)[number]>(positions.map((position) => [position.asset, position]));
  const found = ordersOf(positions);
  const orders = legs.flatMap(({ asset }): OpenOrder[] => {
    const order = found.find((one) => one.asset === asset);
    const price = byAsset.get(asset)?.price ?? 0n;
    const amount = order === undefined ? 0n : order.excess + order.deficit;
    if (order === undefined || amount === 0n) return [];
    const { anchor = 0n, price: now = 0n } = anchored.get(asset) ?? {};
    const what = order.excess > 0n ? 'sell' : 'buy';
    return [{ asset, what, amount, value: Orders.valueOf(amount, price), tradable: anchor > 0n && now > 0n }];
  });
  return { orders: orders.sort(byValue), pairs: pairsOf(orders), anchored };
};
