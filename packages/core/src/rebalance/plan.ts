import { type Pool, type Route, routeBound, routeSpot, routesBetween, tradeOver } from './pools.ts';
import { type AnchoredAsset, type Fill, type IndexOrders, type Opening, Round } from './round.ts';

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

interface Pair {
  readonly o: AnchoredAsset;
  readonly u: AnchoredAsset;
  /** {base} */
  readonly value: bigint;
}

/** All pairs that can be exchanged, the largest first; equal ones by name, so that a plan is the same every time. */
const pairsOf = (round: Round): Pair[] =>
  round.assets
    .flatMap((o) => round.assets.map((u) => ({ o, u, value: round.shared(o, u) })))
    .filter(({ value }) => value > 0n)
    .sort((a, b) => {
      if (a.value !== b.value) return a.value > b.value ? -1 : 1;
      return `${a.o.asset} ${a.u.asset}` < `${b.o.asset} ${b.u.asset}` ? -1 : 1;
    });

const planCrosses = (round: Round): PlannedCross[] => {
  const crosses: PlannedCross[] = [];
  for (const { o, u } of pairsOf(round)) {
    const crossed = round.cross(o, u);
    if (crossed !== undefined) crosses.push({ o: o.asset, u: u.asset, ...crossed });
  }
  return crosses;
};

/** The route that takes most of a pair now. */
const largestFill = (
  round: Round,
  { o, u }: Pair,
  routes: readonly Route[],
): { route: Route; fill: Fill } | undefined => {
  let largest: { route: Route; fill: Fill } | undefined;
  for (const route of routes) {
    const fill = round.size(o, u, routeBound(route), routeSpot(route));
    if (fill === undefined || (largest !== undefined && fill.total <= largest.fill.total)) continue;
    largest = { route, fill };
  }
  return largest;
};

const nameOf = (route: Route): string => route.map(({ pool }) => pool.pool).join(' ');

const planTrades = (round: Round, listed: readonly Pool[], base: string): PlannedTrade[] => {
  const pools = new Map(listed.map((pool) => [pool.pool, pool]));
  const tried = new Set<string>();
  const keyOf = ({ o, u }: Pair, route: Route): string => `${o.asset} ${u.asset} ${nameOf(route)}`;
  const trades: PlannedTrade[] = [];

  /** Tries the pairs, the largest first, until one trades; each pair and route is tried once. */
  const next = (): PlannedTrade | undefined => {
    for (const pair of pairsOf(round)) {
      const { o, u } = pair;
      for (;;) {
        const routes = routesBetween([...pools.values()], o.asset, u.asset, base);
        const best = largestFill(
          round,
          pair,
          routes.filter((route) => !tried.has(keyOf(pair, route))),
        );
        if (best === undefined) break;
        tried.add(keyOf(pair, best.route));
        const { received, after } = tradeOver(best.route, best.fill.total);
        if (!round.book(o, u, best.fill, received)) continue;
        for (const pool of after) pools.set(pool.pool, pool);
        const route = best.route.map(({ pool }) => pool.pool);
        return { o: o.asset, u: u.asset, route, given: best.fill.total, received };
      }
    }
    return undefined;
  };

  for (let trade = next(); trade !== undefined; trade = next()) trades.push(trade);
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
