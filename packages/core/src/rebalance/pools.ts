import { mulDivUp } from '../math/fixed-point.ts';
import { Q112 } from '../math/scales.ts';
import * as Impact from './impact.ts';

/** A listed pool of the Uniswap v2 kind, and the impact it has had in its present window {1e18}. */
export interface Pool {
  /** Its address, or any other name. */
  readonly pool: string;
  readonly token0: string;
  readonly token1: string;
  /** {tok} of token0 and token1. */
  readonly reserve0: bigint;
  readonly reserve1: bigint;
  readonly used: bigint;
}

/** A pool in the direction of a trade, with its reserves {in} and {out}. */
export interface Hop {
  readonly pool: Pool;
  readonly tokenIn: string;
  readonly reserveIn: bigint;
  readonly reserveOut: bigint;
}

/** One or two pools, one after the other. */
export type Route = readonly [Hop] | readonly [Hop, Hop];

/** The most that a route may take {o} within the impact that its pools have left (docs/rules.md 6). */
export const routeBound = ([first, second]: Route): bigint => {
  if (second === undefined) return Impact.maxInOneHop(first.reserveIn, Impact.routeLimit(1n, first.pool.used));
  const limit = Impact.routeLimit(2n, first.pool.used + second.pool.used);
  return Impact.maxInTwoHops(first.reserveIn, first.reserveOut, second.reserveIn, limit);
};

const hopSpot = ({ reserveIn, reserveOut }: Hop): bigint =>
  mulDivUp(reserveOut * Q112, Impact.FEE_KEEP, reserveIn * Impact.FEE_SCALE);

/** What the first small amount of o brings, after fees, rounded up {u/o} UQ112: no amount brings more per unit. */
export const routeSpot = ([first, second]: Route): bigint =>
  second === undefined ? hopSpot(first) : mulDivUp(hopSpot(first), hopSpot(second), Q112);

const afterHop = ({ pool, tokenIn, reserveIn }: Hop, amountIn: bigint, amountOut: bigint): Pool => {
  const forward = tokenIn === pool.token0;
  return {
    ...pool,
    reserve0: forward ? pool.reserve0 + amountIn : pool.reserve0 - amountOut,
    reserve1: forward ? pool.reserve1 - amountOut : pool.reserve1 + amountIn,
    used: pool.used + Impact.impactOf(amountIn, reserveIn),
  };
};

/** What a trade over a route brings {u}, and its pools afterwards. */
export const tradeOver = (route: Route, given: bigint): { received: bigint; after: Pool[] } => {
  let amount = given;
  const after = route.map((hop) => {
    const out = Impact.amountOut(amount, hop.reserveIn, hop.reserveOut);
    const pool = afterHop(hop, amount, out);
    amount = out;
    return pool;
  });
  return { received: amount, after };
};
