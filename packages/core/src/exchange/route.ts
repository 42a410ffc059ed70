import { mulDivDown, mulDivUp } from '../math/fixed-point.ts';
import { ONE, Q112 } from '../math/scales.ts';
import { add, div, max, mul, sub } from '../math/word.ts';
import { amountOut, type Reserves, reservesOf, sell } from './pool.ts';
import { type Pools, poolOf } from './swap.ts';

/** Two assets of a direct swap and the base between them; o and u may be the base, also both. */
export interface Ends {
  readonly o: string;
  readonly u: string;
  readonly base: string;
}

/** The assets whose pools a sale of o for u goes through, in order. */
export const assetsOf = ({ o, u, base }: Ends): string[] => (o === u ? [] : [o, u].filter((asset) => asset !== base));

const hopsOf = (pools: Pools, ends: Ends): Reserves[] =>
  assetsOf(ends).map((asset) => reservesOf(poolOf(pools, asset), asset === ends.o ? asset : ends.base));

/**
 * The most {o} that a route without fees takes within an impact of L: reserves * L / (1 - L) of one pool;
 * r1 in * r2 in * L / ((1 - L)(r2 in + r1 out)) of two (docs/rules.md 6, 9).
 *
 * @param limit L {1e18} < ONE
 * @returns undefined when there is no pool between the two, and so no impact
 * @throws {ExchangeError} NO_POOL; {MathError} OVERFLOW, DIVISION_BY_ZERO
 */
export const mostWithin = (pools: Pools, ends: Ends, limit: bigint): bigint | undefined => {
  const [first, second] = hopsOf(pools, ends);
  if (first === undefined) return undefined;
  if (second === undefined) return mulDivDown(first.given, limit, sub(ONE, limit));
  const depth = add(second.given, first.got);
  return depth === 0n ? 0n : mulDivDown(mul(first.given, second.given), limit, mul(depth, sub(ONE, limit)));
};

/**
 * What the first small amount brings {u/o} UQ112, rounded up; 1 when there is no pool between the two.
 *
 * @throws {ExchangeError} NO_POOL; {MathError} DIVISION_BY_ZERO, OVERFLOW
 */
export const spotOf = (pools: Pools, ends: Ends): bigint => {
  const hops = hopsOf(pools, ends);
  const product = (side: keyof Reserves): bigint => hops.reduce((all, hop) => mul(all, hop[side]), 1n);
  return mulDivUp(product('got'), Q112, product('given'));
};

/** A sale over a route, without any fee. */
export interface Sale {
  /** {u} */
  readonly received: bigint;
  readonly pools: Pools;
  /** {1e18} what each pool had of it, by its asset, rounded up: x / (reserve + x) */
  readonly impacts: ReadonlyMap<string, bigint>;
}

/**
 * Sells `amount` {o} over the route; undefined when it brings nothing.
 *
 * @throws {ExchangeError} NO_POOL; {MathError} OVERFLOW, RESERVE_TOO_LARGE
 */
export const sellOver = (pools: Pools, ends: Ends, amount: bigint): Sale | undefined => {
  const after = new Map(pools);
  const impacts = new Map<string, bigint>();
  let passed = amount;
  for (const asset of assetsOf(ends)) {
    const pool = poolOf(after, asset);
    const sold = asset === ends.o ? asset : ends.base;
    const reserves = reservesOf(pool, sold);
    if (reserves.got === 0n || amountOut(reserves, passed) === 0n) return undefined;
    impacts.set(asset, mulDivUp(passed, ONE, add(reserves.given, passed)));
    const sale = sell({ pool, sold, amount: passed, counted: passed });
    after.set(asset, sale.pool);
    passed = sale.out;
  }
  return { received: passed, pools: after, impacts };
};

/** `spotOf` against the anchors {1e18}, rounded up, at least 1: at how much better a price than the anchors a sale may come out. */
export const bestFactor = (spot: bigint, anchorO: bigint, anchorU: bigint): bigint =>
  max(ONE, mulDivUp(spot, mul(anchorU, ONE), mul(anchorO, Q112)));

/** {o} that is worth `value` {base} at a factor of the anchor, floored. @throws {MathError} DIVISION_BY_ZERO, OVERFLOW */
export const amountWorth = (value: bigint, rate: bigint): bigint => div(mul(value, Q112), rate);
