import { type IndexOrder, ONE, Orders, ordersOf } from '@wicker/core';
import type { Fund } from './fund.ts';

/** What an index of an opening wants, at the anchors. */
export interface FundOrders {
  /** {base} at the anchors */
  readonly nav: bigint;
  readonly orders: readonly IndexOrder[];
  /** Of the index when it wanted this. */
  readonly version: number;
}

/** Two assets of the market, o to be sold for u, and what indices can exchange of them within themselves. */
export interface Demand {
  readonly opening: Opening;
  readonly o: number;
  readonly u: number;
  /** {1} thresholds of both feeds. */
  readonly q: number;
  /** {u/o} at the anchors, rounded. */
  readonly anchor: number;
  /** {base} at the anchors, rounded. */
  value: number;
  readonly funds: Set<Fund>;
  /** {s} before which nobody tries it again: a fill was refused. */
  retryAt: number;
  /** {1} of the anchor: where the clock and the floor stand now, rounded. */
  clock: number;
  floor: number;
  /** {1} of the value given at the true price: what is left of it now after paying the limit, rounded. */
  gain: number;
}

/** {base} what is worth less pays nobody's gas: 50 USDC. */
const LEAST_DEMAND = 50_000_000;

/** What an opening is made of. */
export interface OpeningParts {
  readonly number: bigint;
  /** {s} */
  readonly openedAt: number;
  /** {base/tok} UQ112 by place of the asset. */
  readonly anchors: readonly bigint[];
  /** {base/tok} the same as numbers. */
  readonly rates: Float64Array;
  /** Places of the assets by their ids. */
  readonly places: ReadonlyMap<string, number>;
  /** {1} thresholds of the feeds, by place. */
  readonly qs: Float64Array;
}

/** Indices that share anchors, and what they want. */
export class Opening {
  readonly number: bigint;
  readonly openedAt: number;
  readonly anchors: readonly bigint[];
  readonly rates: Float64Array;
  readonly #qs: Float64Array;
  /** {s} before which keepers do not plan it again: their last plan did nothing. */
  planAt = 0;
  readonly #places: ReadonlyMap<string, number>;
  readonly #orders = new Map<Fund, FundOrders>();
  #members: readonly Fund[];
  #demands: readonly Demand[] = [];
  /** {base} what mirror orders could exchange, rounded. */
  #mirrored = 0;
  /** Sum of the members' versions when their demands were last counted. */
  #version = -1;

  constructor({ number, openedAt, anchors, rates, places, qs }: OpeningParts, members: readonly Fund[]) {
    this.number = number;
    this.openedAt = openedAt;
    this.anchors = anchors;
    this.rates = rates;
    this.#places = places;
    this.#qs = qs;
    this.#members = members;
  }

  /** Those that can still be traded: in this epoch, which is not over, with the same weights (docs/rules.md 6). */
  members(now: number): readonly Fund[] {
    if (!this.#members.every((fund) => fund.isIn(this.number, now))) {
      this.#members = this.#members.filter((fund) => fund.isIn(this.number, now));
      this.#version = -1;
    }
    return this.#members;
  }

  /** {base/tok} UQ112 */
  anchorOf(place: number): bigint {
    return this.anchors[place] ?? 0n;
  }

  /** The orders of an index at the anchors; none of one that is too small. */
  ordersOf(fund: Fund): FundOrders {
    const known = this.#orders.get(fund);
    if (known?.version === fund.version) return known;
    const positions = fund.positions((place) => this.anchorOf(place));
    const nav = fund.nav((place) => this.anchorOf(place));
    const orders = ordersOf(positions).map((order, i): IndexOrder => {
      const { asset, excess, deficit } = order;
      const part = fund.permission?.parts.get(asset) ?? ONE;
      return {
        asset,
        excess: (excess * part) / ONE,
        deficit: (deficit * part) / ONE,
        holding: positions[i]?.holding ?? 0n,
      };
    });
    const found = { nav, orders: nav < Orders.MIN_NAV ? [] : orders, version: fund.version };
    this.#orders.set(fund, found);
    return found;
  }

  /** What can be exchanged now, by place of o, then u. */
  demands(now: number): readonly Demand[] {
    this.#count(now);
    return this.#demands;
  }

  /** {base} what mirror orders could exchange now, rounded. */
  mirrored(now: number): number {
    this.#count(now);
    return this.#mirrored;
  }

  /** Counts demands anew when the members, or what they hold, have changed. */
  #count(now: number): void {
    const members = this.members(now);
    const version = members.reduce((sum, fund) => sum + fund.version, 0);
    if (version === this.#version) return;
    this.#version = version;
    const count = this.anchors.length;
    const retries = new Map(this.#demands.map(({ o, u, retryAt }) => [o * count + u, retryAt]));
    const found = new Map<number, Demand>();
    for (const fund of members) {
      for (const { o, u, value } of this.#pairsOf(fund)) {
        const at = o * count + u;
        const demand = found.get(at) ?? this.#demandOf(o, u, retries.get(at) ?? 0);
        demand.value += value;
        demand.funds.add(fund);
        found.set(at, demand);
      }
    }
    this.#mirrored = 0;
    for (const { o, u, value } of found.values()) {
      if (o < u) this.#mirrored += Math.min(value, found.get(u * count + o)?.value ?? 0);
    }
    this.#demands = [...found.values()]
      .filter(({ value }) => value >= LEAST_DEMAND)
      .sort((a, b) => a.o - b.o || a.u - b.u);
  }

  #demandOf(o: number, u: number, retryAt: number): Demand {
    const q = (this.#qs[o] ?? 0) + (this.#qs[u] ?? 0);
    const anchor = (this.rates[o] ?? 0) / (this.rates[u] ?? 1);
    // Every look at an index makes these anew: no spreads here.
    return { opening: this, o, u, q, anchor, value: 0, funds: new Set(), retryAt, clock: 0, floor: 0, gain: 0 };
  }

  /** What an index can exchange within itself {base}, rounded. */
  #pairsOf(fund: Fund): { readonly o: number; readonly u: number; readonly value: number }[] {
    const gaps = this.ordersOf(fund).orders.map(({ asset, excess, deficit }) => {
      const place = this.#places.get(asset) ?? 0;
      const acts = fund.permission?.acting.has(asset) ?? true;
      return { place, acts, value: Number(excess - deficit) * (this.rates[place] ?? 0) };
    });
    const bought = gaps.filter(({ value }) => value < 0);
    return gaps
      .filter(({ value }) => value > 0)
      .flatMap(({ place: o, acts, value: excess }) =>
        bought
          .filter((other) => acts || other.acts)
          .map(({ place: u, value }) => ({ o, u, value: Math.min(excess, -value) })),
      );
  }
}
