import { Clock, Impact, Orders, type Plan, type Pool, planRebalance } from '@wicker/core';
import { anchorsOf, Call, indexOrdersOf, type Steps } from '../chain/call.ts';
import type { Party } from '../chain/ledger.ts';
import type { Opening } from '../chain/opening.ts';
import type { World } from '../chain/world.ts';
import type { Side } from '../market/pool.ts';
import type { Agent } from './agent.ts';

/** {s} how often it looks. */
const LOOK = 60;
/** {s} after a plan, before the next for the same opening; longer when there was nothing to do. */
const PAUSE = 600;
const IDLE_PAUSE = 1_800;
/** {base} smaller fills are left: 100 USDC. */
const LEAST_FILL = Number(Orders.MIN_FILL_VALUE);
/** {1} what counts of an input. */
const KEPT = Number(Impact.FEE_KEEP) / Number(Impact.FEE_SCALE);

/** Best rates of pools that have impact left, by place of the asset: {base/tok} got for it, {base/tok} paid for it. */
interface Rates {
  readonly sale: Float64Array;
  readonly purchase: Float64Array;
}

const ratesOf = (world: World): Rates => {
  const count = world.market.assets.length;
  const sale = new Float64Array(count);
  const purchase = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  [sale[0], purchase[0]] = [1, 1];
  for (const pool of world.pools) {
    if (pool.used(world.now) >= Impact.ROUTE_LIMIT) continue;
    sale[pool.asset] = Math.max(sale[pool.asset] ?? 0, pool.price * KEPT);
    purchase[pool.asset] = Math.min(purchase[pool.asset] ?? 0, pool.price / KEPT);
  }
  return { sale, purchase };
};

/** Openings in which a pool pays the limit of some demand, or mirror orders may meet: worth a plan. */
const worthPlanning = (world: World): Set<Opening> => {
  const { now, offers, rules } = world;
  const found = new Set<Opening>();
  if (offers.mirrored >= LEAST_FILL) {
    for (const opening of world.openings) {
      if (opening.planAt > now || opening.mirrored(now) < LEAST_FILL) continue;
      if (Clock.crossOpen(world.leastQ, BigInt(now - opening.openedAt), rules.clock)) found.add(opening);
    }
  }
  if (offers.largest < LEAST_FILL) return found;
  let rates: Rates | undefined;
  for (const { opening, value, retryAt, o, u, clock, floor, anchor } of offers.demands) {
    if (opening.planAt > now || retryAt > now || value < LEAST_FILL) continue;
    rates ??= ratesOf(world);
    const rate = (rates.sale[o] ?? 0) / (rates.purchase[u] ?? 1);
    if (rate > Math.max(clock, floor) * anchor) found.add(opening);
  }
  return found;
};

/** The pools of a planned route, each with what goes in. */
const stepsOf = (world: World, route: readonly string[], o: string): Steps | undefined => {
  const sides: Side[] = route.length === 2 ? ['asset', 'base'] : [o === world.market.assets[0]?.id ? 'base' : 'asset'];
  const [first, second] = route.map((name, i) => {
    const pool = world.poolOf(name);
    return pool === undefined ? undefined : { pool, side: sides[i] ?? 'asset' };
  });
  if (first === undefined) return undefined;
  return second === undefined ? [first] : [first, second];
};

/** What of a plan is worth its gas: fills of 100 USDC and more. */
const worthwhile = (world: World, { crosses, trades }: Plan): Plan => {
  const worth = (asset: string, amount: bigint): bigint =>
    Orders.valueOf(amount, world.oracleExact(world.places.get(asset) ?? 0));
  return {
    crosses: crosses.filter(({ o, x }) => worth(o, x) >= Orders.MIN_FILL_VALUE),
    trades: trades.filter(({ o, given }) => worth(o, given) >= Orders.MIN_FILL_VALUE),
  };
};

const execute = (world: World, party: Party, opening: Opening): void => {
  const { now, rules } = world;
  const funds = opening.members(now);
  const held = new Set(funds.flatMap(({ legs }) => legs.map(({ asset }) => asset)));
  const places = [...world.market.assets.keys()].filter((place) => place === 0 || held.has(place));
  const anchors = anchorsOf(world, opening, places);
  const orders = indexOrdersOf(world, opening, funds, places);
  const pools = world.pools.filter(({ asset }) => held.has(asset)).map((pool): Pool => pool.at(now));
  const plan = worthwhile(world, planRebalance(orders, pools, anchors, BigInt(now), rules.clock));
  const fills = plan.crosses.length + plan.trades.length;
  opening.planAt = now + (fills === 0 ? IDLE_PAUSE : PAUSE);
  if (fills === 0) return;
  const call = new Call(world, opening, funds, places);
  const placeOf = (asset: string): number => world.places.get(asset) ?? 0;
  for (const { o, u } of plan.crosses) call.cross(placeOf(o), placeOf(u));
  for (const { o, u, route, most } of plan.trades) {
    const steps = stepsOf(world, route, o);
    if (steps === undefined || !call.fillFromPools(placeOf(o), placeOf(u), steps, most)) world.counts.refused += 1;
  }
  call.end();
  world.payGas(party, world.gas.round + fills * world.gas.fill);
};

/** Crosses what mirrors and sends the rest to pools, as soon as the limits allow it; it pays the gas and gets nothing. */
export const honestKeeper = (party: Party): Agent => {
  let lookAt = 0;
  return {
    act(world) {
      if (world.now < lookAt) return;
      lookAt = world.now + LOOK;
      for (const opening of worthPlanning(world)) execute(world, party, opening);
    },
  };
};
