import { ONE } from '../math/scales.ts';
import * as Impact from './impact.ts';
import { type Hop, type Pool, type Route, tradeOver } from './pools.ts';

/** A pool in a direction. */
interface Step {
  /** Its place in the market. */
  readonly pool: number;
  readonly forward: boolean;
}

/** A way over one or two pools. */
export type Way = readonly [Step] | readonly [Step, Step];

/**
 * What a way pays, rounded: x {o} bring spot x / (1 + x / depth) {u}, with one pool and with two. Good to choose ways and to part an
 * order between them; the fills themselves are counted exactly.
 */
export interface Curve {
  /** {u/o} of the first small amount, after fees */
  readonly spot: number;
  /** {o} */
  readonly depth: number;
  /** {o} the most that the way may take now */
  readonly bound: number;
}

const KEPT = Number(Impact.FEE_KEEP) / Number(Impact.FEE_SCALE);
const ONE_NUMBER = Number(ONE);
/** {1} by number of pools */
const LIMITS = [1n, 2n].map((hops) => Number(Impact.routeLimit(hops, 0n)) / ONE_NUMBER);

/** Listed pools during a plan, and the ways over them. */
export class Market {
  readonly #base: string;
  readonly #pools: Pool[];
  /** By what goes in, then what comes out. */
  readonly #steps = new Map<string, Map<string, Step[]>>();
  /** {tok} by pool, then token: the reserves, rounded. */
  readonly #reserves: Float64Array;
  /** {1} by pool: impact in the present window, rounded. */
  readonly #used: Float64Array;

  constructor(pools: readonly Pool[], base: string) {
    this.#base = base;
    this.#pools = [...pools];
    this.#reserves = new Float64Array(2 * pools.length);
    this.#used = new Float64Array(pools.length);
    for (const [pool, { token0, token1 }] of pools.entries()) {
      this.#round(pool);
      this.#addStep(token0, token1, { pool, forward: true });
      this.#addStep(token1, token0, { pool, forward: false });
    }
  }

  /** Every way from o to u: over one pool, or over two with the base between them. */
  waysBetween(o: string, u: string): Way[] {
    const direct = this.#stepsBetween(o, u).map((step): Way => [step]);
    if (o === this.#base || u === this.#base) return direct;
    const seconds = this.#stepsBetween(this.#base, u);
    return [
      ...direct,
      ...this.#stepsBetween(o, this.#base).flatMap((first) => seconds.map((second): Way => [first, second])),
    ];
  }

  curveOf([first, second]: Way): Curve {
    const [reserveIn, reserveOut] = [this.#reserveIn(first), this.#reserveOut(first)];
    const spot = (KEPT * reserveOut) / reserveIn;
    const depth = reserveIn / KEPT;
    if (second === undefined) return curve(spot, depth, (LIMITS[0] ?? 0) - this.#usedOf(first));
    const reserveIn2 = this.#reserveIn(second);
    return curve(
      (spot * KEPT * this.#reserveOut(second)) / reserveIn2,
      (depth * reserveIn2) / (reserveIn2 + KEPT * reserveOut),
      (LIMITS[1] ?? 0) - this.#usedOf(first) - this.#usedOf(second),
    );
  }

  /** The way with its pools as they are now. */
  routeOf([first, second]: Way): Route {
    return second === undefined ? [this.#hopOf(first)] : [this.#hopOf(first), this.#hopOf(second)];
  }

  /** Books a trade. */
  trade(way: Way, given: bigint): void {
    const { after } = tradeOver(this.routeOf(way), given);
    for (const [i, { pool }] of way.entries()) {
      const changed = after[i];
      if (changed === undefined) continue;
      this.#pools[pool] = changed;
      this.#round(pool);
    }
  }

  #stepsBetween(tokenIn: string, tokenOut: string): readonly Step[] {
    return this.#steps.get(tokenIn)?.get(tokenOut) ?? [];
  }

  #addStep(tokenIn: string, tokenOut: string, step: Step): void {
    const from = this.#steps.get(tokenIn) ?? new Map<string, Step[]>();
    this.#steps.set(tokenIn, from.set(tokenOut, [...(from.get(tokenOut) ?? []), step]));
  }

  #round(place: number): void {
    const pool = this.#pools[place];
    if (pool === undefined) return;
    this.#reserves.set([Number(pool.reserve0), Number(pool.reserve1)], 2 * place);
    this.#used[place] = Number(pool.used) / ONE_NUMBER;
  }

  #reserveIn({ pool, forward }: Step): number {
    return this.#reserves[2 * pool + (forward ? 0 : 1)] ?? 0;
  }

  #reserveOut({ pool, forward }: Step): number {
    return this.#reserves[2 * pool + (forward ? 1 : 0)] ?? 0;
  }

  #usedOf({ pool }: Step): number {
    return this.#used[pool] ?? 0;
  }

  #hopOf({ pool: place, forward }: Step): Hop {
    const pool = this.#pools[place];
    if (pool === undefined) throw new RangeError(`no pool in place ${place}`);
    const { token0, token1, reserve0, reserve1 } = pool;
    if (forward) return { pool, tokenIn: token0, reserveIn: reserve0, reserveOut: reserve1 };
    return { pool, tokenIn: token1, reserveIn: reserve1, reserveOut: reserve0 };
  }
}

/** The impact of x is x / (depth + x), with one pool and with two. */
const curve = (spot: number, depth: number, limit: number): Curve => ({
  spot,
  depth,
  bound: limit > 0 ? (depth * limit) / (1 - limit) : 0,
});

/** What x {o} bring on a curve {u}. */
export const broughtBy = ({ spot, depth }: Curve, x: number): number => (spot * x) / (1 + x / depth);

/** {o} the most that a way takes at an average price of at least `limit` {u/o}. */
export const mostAbove = ({ spot, depth, bound }: Curve, limit: number): number =>
  Math.max(0, Math.min(bound, depth * (spot / limit - 1)));
