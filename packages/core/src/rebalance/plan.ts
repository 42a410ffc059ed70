import { type Pool, type Route, routeBound, routeSpot, routesBetween, tradeOver } from './pools.ts';
import { type Fill, type IndexOrders, type Opening, Round } from './round.ts';

/** Assets to cross: sellers of o for u against sellers of u for o, with the amounts expected. */
export interface PlannedCross {
  readonly o: string;
  readonly u: string;
  /** {o} */
  readonly x: bigint;
  /** {u} */
  readonly y: bigint;
}

/** A fill of o for u over the pools of a route, with the amounts expected. */
export interface PlannedTrade {
  readonly o: string;
  readonly u: string;
  readonly route: readonly string[];
  /** {o} */
  readonly given: bigint;
  /** {u} */
  readonly received: bigint;
}

/** What to try in one round, in this order: crosses first. */
export interface Plan {
  readonly crosses: readonly PlannedCross[];
  readonly trades: readonly PlannedTrade[];
}

/** {base} what is worth less than a smallest unit of the base is not planned: roundings of a fill. */
const LEAST_VALUE = 1;

/** Places of two assets in the round. */
interface Pair {
  readonly o: number;
  readonly u: number;
}

/** The pairs of a round with what they are worth {base}: kept up to date at the cost of what a fill touches. */
class Pairs {
  readonly #round: Round;
  readonly #count: number;
  /** By o, then u; 0 for what cannot be exchanged, or not any more. */
  readonly #values: Float64Array;
  readonly #closed = new Set<number>();

  constructor(round: Round) {
    this.#round = round;
    this.#count = round.assets.length;
    this.#values = new Float64Array(this.#count * this.#count);
    for (let o = 0; o < this.#count; o += 1) for (let u = 0; u < this.#count; u += 1) this.#value({ o, u });
  }

  /** All pairs that can be exchanged, the largest first; equal ones in the order of the assets. */
  sorted(): Pair[] {
    return Array.from(this.#values.keys())
      .filter((at) => (this.#values[at] ?? 0) > 0)
      .sort((a, b) => (this.#values[b] ?? 0) - (this.#values[a] ?? 0) || a - b)
      .map((at) => this.#pair(at));
  }

  /** The largest pair that is not closed; of equal ones the first in the order of the assets. */
  largest(): Pair | undefined {
    let [best, most] = [-1, 0];
    for (let at = 0; at < this.#values.length; at += 1) {
      const value = this.#values[at] ?? 0;
      if (value <= most) continue;
      [best, most] = [at, value];
    }
    return best < 0 ? undefined : this.#pair(best);
  }

  /** Leaves a pair out from now on. */
  close({ o, u }: Pair): void {
    this.#closed.add(o * this.#count + u);
    this.#value({ o, u });
  }

  /** Values again what a fill of a pair touched. */
  refresh({ o, u }: Pair): void {
    for (let other = 0; other < this.#count; other += 1) {
      for (const asset of [o, u]) {
        this.#value({ o: asset, u: other });
        this.#value({ o: other, u: asset });
      }
    }
  }

  #pair(at: number): Pair {
    return { o: Math.floor(at / this.#count), u: at % this.#count };
  }

  #value({ o, u }: Pair): void {
    const at = o * this.#count + u;
    const value = o === u || this.#closed.has(at) ? 0 : this.#round.shared(o, u);
    this.#values[at] = value < LEAST_VALUE ? 0 : value;
  }
}

const nameIn = (round: Round, place: number): string => round.assets[place]?.asset ?? '';

const planCrosses = (round: Round): PlannedCross[] =>
  new Pairs(round).sorted().flatMap(({ o, u }) => {
    const crossed = round.cross(o, u);
    return crossed === undefined ? [] : [{ o: nameIn(round, o), u: nameIn(round, u), ...crossed }];
  });

/** The route that takes most of a pair now. */
const largestFill = (
  round: Round,
  { o, u }: Pair,
  routes: readonly Route[],
): { route: Route; fill: Fill } | undefined => {
  let largest: { route: Route; fill: Fill } | undefined;
  for (const route of routes) {
    const bound = routeBound(route);
    if (bound === 0n) continue;
    const fill = round.size(o, u, bound, routeSpot(route));
    if (fill === undefined || (largest !== undefined && fill.total <= largest.fill.total)) continue;
    largest = { route, fill };
  }
  return largest;
};

const nameOf = (route: Route): string => route.map(({ pool }) => pool.pool).join(' ');

/** Trades the largest pair first, over each of its routes once; a pair that no route takes is left for the next round. */
const planTrades = (round: Round, listed: readonly Pool[], base: string): PlannedTrade[] => {
  const pools = new Map(listed.map((pool) => [pool.pool, pool]));
  const pairs = new Pairs(round);
  const tried = new Set<string>();
  const trades: PlannedTrade[] = [];
  for (let pair = pairs.largest(); pair !== undefined; pair = pairs.largest()) {
    const [o, u] = [nameIn(round, pair.o), nameIn(round, pair.u)];
    const keyOf = (route: Route): string => `${o} ${u} ${nameOf(route)}`;
    const routes = routesBetween([...pools.values()], o, u, base);
    const best = largestFill(
      round,
      pair,
      routes.filter((route) => !tried.has(keyOf(route))),
    );
    if (best === undefined) {
      pairs.close(pair);
      continue;
    }
    tried.add(keyOf(best.route));
    const { received, after } = tradeOver(best.route, best.fill.total);
    if (!round.book(pair.o, pair.u, best.fill, received)) continue;
    pairs.refresh(pair);
    for (const pool of after) pools.set(pool.pool, pool);
    trades.push({ o, u, route: best.route.map(({ pool }) => pool.pool), given: best.fill.total, received });
  }
  return trades;
};

/**
 * Plans one round for the indices of an opening: crosses what mirrors, then trades the rest over listed pools, always the pair
 * with the largest value that its indices share, over the route that takes most of it. A greedy plan: good, not the best; what
 * it leaves waits for the next round. It counts as the chain counts, so that on an unchanged chain every step goes through.
 *
 * @param indices their orders at the anchors
 * @param pools listed pools with their reserves
 * @param opening what the indices share
 * @param now {s} timestamp at which the plan will be executed
 * @throws {MathError} OVERFLOW for numbers beyond their bounds; UNKNOWN_ASSET for an order without an anchor
 */
export const planRebalance = (
  indices: readonly IndexOrders[],
  pools: readonly Pool[],
  opening: Opening,
  now: bigint,
): Plan => {
  const round = new Round(indices, opening, now);
  return { crosses: planCrosses(round), trades: planTrades(round, pools, opening.base) };
};
