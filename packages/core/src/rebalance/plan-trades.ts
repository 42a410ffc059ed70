import { ONE } from '../math/scales.ts';
import * as Impact from './impact.ts';
import { type Counted, largestFirst } from './largest-first.ts';
import { broughtBy, type Curve, Market, mostAbove, type Way } from './market.ts';
import { type Pool, routeBound, routeSpot, tradeOver } from './pools.ts';
import type { Round } from './round.ts';
import { split } from './split.ts';
import { estimateShared, estimateSurface, type Pair } from './surface-estimate.ts';

/** A fill of o for u over the pools of a route, with the amounts expected. */
export interface PlannedTrade {
  readonly o: string;
  readonly u: string;
  readonly route: readonly string[];
  /** {o} the most to take; 0n for as much as may be */
  readonly most: bigint;
  /** {o} */
  readonly given: bigint;
  /** {u} */
  readonly received: bigint;
}

/** {base} what is worth less than a smallest unit of the base is not planned: roundings of a fill. */
const LEAST_VALUE = 1;
/** {base} what one more fill must earn: its gas, about 1 USDC. */
const FILL_COST = 1_000_000;
/** {1} how far below a limit that was estimated a fill stays. */
const MARGIN = 1 - 1e-9;
/** {1} */
const HOP_FEE = Number(Impact.HOP_FEE) / Number(ONE);

/** A way of a pair, and what it would do now. */
interface Choice {
  readonly way: Way;
  readonly curve: Curve;
  /** {o} what the way bears at the limit */
  readonly most: number;
  /** {o} the whole order, as large as this way's price allows */
  readonly wanted: number;
  /** {u} */
  readonly brings: number;
}

/** A pair, and its ways that were not tried yet. */
interface Order extends Pair {
  readonly ways: Way[];
}

/** Trades in the making. */
class Trades {
  readonly planned: PlannedTrade[] = [];
  readonly #round: Round;
  readonly #market: Market;

  constructor(round: Round, market: Market) {
    this.#round = round;
    this.#market = market;
  }

  /** Those that are worth something, with their ranks. */
  orders(): Counted<Order>[] {
    const { gaps, assets } = this.#round;
    return Array.from(estimateSurface(gaps).entries()).flatMap(([at, value]) => {
      if (value < LEAST_VALUE) return [];
      const [o, u] = [Math.floor(at / assets.length), at % assets.length];
      const item = { o, u, ways: this.#market.waysBetween(this.#nameOf(o), this.#nameOf(u)) };
      return [{ item, value: this.#rank(item, value) }];
    });
  }

  /**
   * What an order can exchange over one way now, times the part of the way that it fills: an order that is small for its ways can
   * wait, it finds room later. What costs less goes first, so that a loss budget moves more. The weights were chosen by comparison
   * with random orders.
   */
  rank(order: Order): number {
    return this.#rank(order, estimateShared(this.#round.gaps, order));
  }

  /** Trades over the way that brings most, or over several when together they take more than the order. */
  trade(order: Order): void {
    const value = estimateShared(this.#round.gaps, order);
    const choices = order.ways
      .map((way) => this.#choice(order, way, value))
      .filter(({ most }) => most > 0)
      .sort((a, b) => b.brings - a.brings);
    const [first] = choices;
    if (first === undefined) return;
    const apart = withoutCommonPools(choices);
    if (apart.reduce((sum, { most }) => sum + most, 0) <= first.wanted) this.#fill(order, first.way, cap(first));
    else this.#split(order, apart, first.wanted);
  }

  /** Parts an order that its ways could take more than whole; the last takes what roundings leave. */
  #split(order: Order, choices: readonly Choice[], wanted: number): void {
    const parts = split(choices, wanted, FILL_COST / this.#round.unit(order.u));
    const part = (i: number): number => parts[i] ?? 0;
    const used = Array.from(choices.keys())
      .filter((i) => part(i) > 0)
      .sort((a, b) => part(b) - part(a));
    for (const i of used) {
      const choice = choices[i];
      if (choice === undefined) continue;
      this.#fill(order, choice.way, i === used.at(-1) ? cap(choice) : BigInt(Math.ceil(part(i))));
    }
  }

  /** Tries a fill over a way, once. @param most {o} 0n for as much as may be */
  #fill({ o, u, ways }: Order, way: Way, most: bigint): void {
    ways.splice(ways.indexOf(way), 1);
    const route = this.#market.routeOf(way);
    const bound = routeBound(route);
    const fill = this.#round.size(o, u, most !== 0n && most < bound ? most : bound, routeSpot(route));
    if (fill === undefined) return;
    const { received } = tradeOver(route, fill.total);
    if (!this.#round.book(o, u, fill, received)) return;
    this.#market.trade(way, fill.total);
    this.planned.push({
      ...{ o: this.#nameOf(o), u: this.#nameOf(u), route: route.map(({ pool }) => pool.pool) },
      ...{ most, given: fill.total, received },
    });
  }

  /** What a way would do for an order of `value` {base} now. */
  #choice({ o, u }: Order, way: Way, value: number): Choice {
    const { limit, rate } = this.#round.prices(o, u);
    const curve = this.#market.curveOf(way);
    // A way better than the anchor takes less: it must not carry u past a target.
    const wanted = value / this.#round.unit(o) / Math.max(1, curve.spot / rate);
    const most = mostAbove(curve, limit);
    return { way, curve, wanted, most, brings: broughtBy(curve, Math.min(most, wanted)) };
  }

  #rank(order: Order, value: number): number {
    let highest = 0;
    if (value < LEAST_VALUE) return highest;
    const { rate } = this.#round.prices(order.o, order.u);
    for (const way of order.ways) {
      const { most, wanted, brings } = this.#choice(order, way, value);
      if (most === 0) continue;
      const taken = Math.min(most, wanted);
      const cost = Math.max(0, 1 - brings / (taken * rate));
      highest = Math.max(highest, (taken * Math.min(1, wanted / most)) / (HOP_FEE + cost));
    }
    return highest * this.#round.unit(order.o);
  }

  #nameOf(place: number): string {
    return this.#round.assets[place]?.asset ?? '';
  }
}

/** {o} the cap to give a fill: none where the pools bound it themselves. */
const cap = ({ curve, most }: Choice): bigint =>
  most < curve.bound * MARGIN ? BigInt(Math.floor(most * MARGIN)) || 1n : 0n;

/** The first of the choices, and every later one that has no pool in common with those before. */
const withoutCommonPools = (choices: readonly Choice[]): Choice[] => {
  const taken = new Set<number>();
  return choices.filter(({ way }) => {
    if (way.some(({ pool }) => taken.has(pool))) return false;
    for (const { pool } of way) taken.add(pool);
    return true;
  });
};

/** Trades by rank, over each way of a pair at most once; what no way takes is left for the next round. */
export const planTrades = (round: Round, pools: readonly Pool[], base: string): PlannedTrade[] => {
  const trades = new Trades(round, new Market(pools, base));
  largestFirst(
    trades.orders(),
    Number.MIN_VALUE,
    (order) => trades.rank(order),
    (order) => {
      trades.trade(order);
      return true;
    },
  );
  return trades.planned;
};
