import {
  type Opening as Anchors,
  type Fill,
  type IndexOrders,
  lossBudget,
  lostPart,
  Orders,
  type Pool,
  type PoolInput,
  Round,
  type Route,
  routeBound,
  routeSpot,
  tradeOver,
} from '@wicker/core';
import type { AssetPool, Side } from '../market/pool.ts';
import { BASE } from '../scenario.ts';
import type { Fund } from './fund.ts';
import type { Party } from './ledger.ts';
import type { Opening } from './opening.ts';
import type { World } from './world.ts';

/** A fill for a filler to look at before it happens. */
export interface Exchange {
  /** {o} of the indices, {u} of the filler */
  readonly given: bigint;
  readonly received: bigint;
}

/** One pool of a route, with what it takes in. */
export interface RouteStep {
  readonly pool: AssetPool;
  readonly side: Side;
}

/** One or two pools, one after the other. */
export type Steps = readonly [RouteStep] | readonly [RouteStep, RouteStep];

/** A fill on its way to pools. */
export interface PoolFill {
  readonly steps: readonly RouteStep[];
  /** {o} */
  readonly given: bigint;
  /** {u} the least that must come */
  readonly limit: bigint;
}

/** One call of the rebalancer for some indices of an opening and some assets, booked as the chain books it (docs/rules.md 6). */
export class Call {
  readonly #world: World;
  readonly #opening: Opening;
  readonly #funds: readonly Fund[];
  readonly #places: readonly number[];
  readonly #round: Round;
  /** {tok} of the round's deltas, what the ledger has already. By index, then asset. */
  readonly #booked: bigint[];

  /** @param places of the assets in the market, ascending; orders in others are left */
  constructor(world: World, opening: Opening, funds: readonly Fund[], places: readonly number[]) {
    this.#world = world;
    this.#opening = opening;
    this.#funds = funds;
    this.#places = places;
    this.#round = new Round(
      indexOrdersOf(world, opening, funds, places),
      anchorsOf(world, opening, places),
      BigInt(world.now),
      world.rules.clock,
    );
    this.#booked = Array.from({ length: funds.length * places.length }, () => 0n);
  }

  /** Crosses mirror orders of two assets, by their places in the market; whether anything changed hands. */
  cross(o: number, u: number): boolean {
    if (this.#round.cross(this.#at(o), this.#at(u)) === undefined) return false;
    this.#world.counts.crosses += 1;
    this.#book(o, u, undefined);
    return true;
  }

  /** A fill from the filler's stock at the limit exactly, when it wants the offer. */
  fillFromStock(
    o: number,
    u: number,
    filler: Party,
    wants: (exchange: Exchange) => boolean,
  ): 'filled' | 'refused' | 'declined' {
    const round = this.#round;
    const [atO, atU] = [this.#at(o), this.#at(u)];
    const fill = round.sizeFromStock(atO, atU, MOST);
    if (fill === undefined) return 'refused';
    const received = round.atLimit(atO, atU, fill);
    if (!wants({ given: fill.total, received })) return 'declined';
    if (!round.book(atO, atU, fill, received)) return 'refused';
    this.#world.counts.stockFills += 1;
    const got = this.#book(o, u, { first: filler, last: filler, pools: [] });
    this.#dust(filler, u, received - got);
    return 'filled';
  }

  /** A fill over pools; false when the rules refuse it. @param most {o} 0n for as much as may be */
  fillFromPools(o: number, u: number, steps: Steps, most: bigint): boolean {
    const [atO, atU] = [this.#at(o), this.#at(u)];
    const sized = this.#sizeOnPools(o, u, steps, most);
    if (sized === undefined) return false;
    const limit = this.#round.atLimit(atO, atU, sized);
    const around = this.#sandwich({ steps, given: sized.total, limit });
    const route = routeOf(steps, this.#world);
    const { received, after } = tradeOver(route, sized.total);
    const done = this.#round.book(atO, atU, sized, received);
    if (done) this.#bookPools(o, u, { steps, route, after, received, given: sized.total });
    around();
    return done;
  }

  /** Settles with the vault: what every index holds, and what it lost today. */
  end(): void {
    const { day } = this.#world;
    this.#funds.forEach((fund, row) => {
      const changed = this.#places.some((_, at) => this.#round.delta(row, at) !== 0n);
      if (!changed) return;
      const loss = this.#round.loss(row);
      if (loss > 0n) {
        const { lost } = this.#world.lossesOf(fund);
        fund.lost = lost + lostPart({ loss, nav: this.#opening.ordersOf(fund).nav });
        fund.day = day;
      }
      fund.settle((place) => {
        const at = this.#at(place);
        return at === -1 ? 0n : this.#round.delta(row, at);
      });
      this.#look(fund);
    });
  }

  #at(place: number): number {
    return this.#places.indexOf(place);
  }

  #sizeOnPools(o: number, u: number, steps: Steps, most: bigint): Fill | undefined {
    const route = routeOf(steps, this.#world);
    const bound = routeBound(route);
    return this.#round.size(this.#at(o), this.#at(u), most !== 0n && most < bound ? most : bound, routeSpot(route));
  }

  /** Lets those who want put a swap before the fill; gives what they do after it. */
  #sandwich(fill: PoolFill): () => void {
    for (const sandwich of this.#world.sandwiches) {
      const after = sandwich(this.#world, fill);
      if (after === undefined) continue;
      this.#world.counts.sandwiched += 1;
      return after;
    }
    return () => {};
  }

  #bookPools(
    o: number,
    u: number,
    {
      steps,
      route,
      after,
      received,
      given,
    }: {
      readonly steps: readonly RouteStep[];
      readonly route: Route;
      readonly after: readonly Pool[];
      readonly received: bigint;
      readonly given: bigint;
    },
  ): void {
    const world = this.#world;
    const [first, second] = [steps[0]?.pool.providers, steps[1]?.pool.providers];
    if (first === undefined) return;
    world.counts.poolFills += 1;
    let amountIn = given;
    const pools: PoolInput[] = [];
    route.forEach(({ tokenIn, reserveIn, reserveOut }, i) => {
      const changed = after[i];
      if (changed === undefined) return;
      pools.push({ amountIn, reserveIn });
      amountIn = reserveOut - (tokenIn === changed.token0 ? changed.reserve1 : changed.reserve0);
      steps[i]?.pool.filled(changed, world.now);
      if (i === 0 && second !== undefined) {
        world.ledger.transfer({ from: first, to: second, asset: 0, amount: amountIn });
      }
    });
    const last = second ?? first;
    const got = this.#book(o, u, { first, last, pools });
    this.#dust(last, u, received - got);
  }

  /**
   * Books what changed in the round for o and u: `first` gets what indices give, `last` pays what they get; the dust party stands
   * between indices that cross. Gives what the indices got {u}.
   */
  #book(o: number, u: number, by: { first: Party; last: Party; pools: readonly PoolInput[] } | undefined): bigint {
    let got = 0n;
    const world = this.#world;
    const { first, last } = by ?? { first: world.dust, last: world.dust };
    this.#funds.forEach((fund, row) => {
      const [ofO, ofU] = [this.#change(row, o), this.#change(row, u)];
      if (ofO === 0n && ofU === 0n) return;
      const value = this.#transfer(fund, first, last, o, ofO) + this.#transfer(fund, first, last, u, ofU);
      got += ofU;
      const at = { fund: world.funds.indexOf(fund), day: world.day };
      if (by === undefined) {
        const given = ofO < 0n ? Orders.valueOf(-ofO, world.truthExact(o)) : 0n;
        world.costs.cross({ ...at, given, lost: -value });
      } else {
        world.costs.fill({
          ...at,
          ...{ given: Orders.valueOf(-ofO, world.truthExact(o)), received: Orders.valueOf(ofU, world.truthExact(u)) },
          oracleGiven: Orders.valueOf(-ofO, world.oracleExact(o)),
          oracleReceived: Orders.valueOf(ofU, world.oracleExact(u)),
          pools: by.pools,
        });
      }
    });
    return got;
  }

  /** {base} what the transfer was worth to the index. */
  #transfer(fund: Fund, first: Party, last: Party, asset: number, delta: bigint): bigint {
    const { ledger } = this.#world;
    if (delta < 0n) return -ledger.transfer({ from: fund.holders, to: first, asset, amount: -delta });
    return ledger.transfer({ from: last, to: fund.holders, asset, amount: delta });
  }

  /** What comes in and belongs to no index. */
  #dust(from: Party, asset: number, amount: bigint): void {
    if (amount > 0n) this.#world.ledger.transfer({ from, to: this.#world.dust, asset, amount });
  }

  /** {tok} what the round did since this was last asked. */
  #change(row: number, place: number): bigint {
    const at = this.#at(place);
    const booked = row * this.#places.length + at;
    const delta = this.#round.delta(row, at);
    const change = delta - (this.#booked[booked] ?? 0n);
    this.#booked[booked] = delta;
    return change;
  }

  /** Notes when an index came within its tolerance at the anchors. */
  #look(fund: Fund): void {
    if (fund.reached) return;
    const { now, minutes, rules } = this.#world;
    const { openedAt, rates } = this.#opening;
    const anchor = (place: number): number => rates[place] ?? 0;
    const settled = fund.bands?.areSettled(fund, anchor) ?? fund.driftNumber(anchor) <= rules.estimate.tolerance;
    if (!settled) return;
    fund.reached = true;
    minutes.push((now - openedAt) / 60);
  }
}

/** {o} no bound */
const MOST = 1n << 112n;

/** What indices of an opening want of some assets, and what they may still lose today. */
export const indexOrdersOf = (
  world: World,
  opening: Opening,
  funds: readonly Fund[],
  places: readonly number[],
): IndexOrders[] => {
  const named = new Set(places.map((place) => world.market.assets[place]?.id ?? ''));
  return funds.map((fund) => {
    const { nav, orders } = opening.ordersOf(fund);
    const budget = lossBudget({ nav, ...world.lossesOf(fund) });
    const wanted = orders.filter(({ asset }) => named.has(asset));
    const { permission } = fund;
    if (permission === undefined) return { index: fund.name, budget, orders: wanted };
    return { index: fund.name, budget, orders: wanted, acting: permission.acting };
  });
};

/** The opening as a round takes it, with the prices of now. */
export const anchorsOf = (world: World, opening: Opening, places: readonly number[]): Anchors => ({
  ...{ openedAt: BigInt(opening.openedAt), base: BASE },
  assets: places.map((place) => ({
    ...{ asset: world.market.assets[place]?.id ?? '', qBps: world.market.assets[place]?.qBps ?? 0n, delistedSince: 0n },
    ...{ anchor: opening.anchorOf(place), price: world.oracleExact(place) },
  })),
});

const hopOf = ({ pool, side }: RouteStep, world: World): Route[0] => {
  const at = pool.at(world.now);
  return side === 'asset'
    ? { pool: at, tokenIn: at.token0, reserveIn: at.reserve0, reserveOut: at.reserve1 }
    : { pool: at, tokenIn: at.token1, reserveIn: at.reserve1, reserveOut: at.reserve0 };
};

const routeOf = ([first, second]: Steps, world: World): Route =>
  second === undefined ? [hopOf(first, world)] : [hopOf(first, world), hopOf(second, world)];
