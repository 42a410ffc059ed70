import { arbitragePools, jump, moveMarket, readFeeds } from '@wicker/devnet';
import type { World } from './world.ts';

/** {bps} a pool is left alone while its price is this near to the true one: its fee */
const POOL_FEE_BPS = 30;
/** {bps} how far true prices wander between two answers of the feeds: less than their deviation threshold */
const WANDER_BPS = 20;
const BP = 10_000;

/** {USD/tok} what every feed says now */
const answersOf = async ({ client, market }: World): Promise<Map<string, bigint>> => {
  const said = await readFeeds(client, market.feeds);
  return new Map(market.feeds.map(({ id }, i) => [id, said[i]?.answer ?? 0n]));
};

/** A price times 1 + `bps` / 10 000. */
const shifted = (price: bigint, bps: number): bigint =>
  (price * BigInt(Math.round(BP * BP + bps * BP))) / BigInt(BP * BP);

/**
 * Lets true prices wander around what the feeds say, too little for the feeds to answer anew, and arbitrage pull the pools
 * after them. One pull ends as soon as a pool is within its fee of the price, so prices come from both sides to where they go.
 */
export const settleMarket = async (world: World): Promise<void> => {
  const answers = await answersOf(world);
  const wandered = new Map([...answers.keys()].map((id) => [id, (world.random() * 2 - 1) * WANDER_BPS]));
  for (const side of [POOL_FEE_BPS, -POOL_FEE_BPS]) {
    const prices = [...answers].map(([id, answer]): [string, bigint] => {
      return [id, id === world.market.base.id ? answer : shifted(answer, (wandered.get(id) ?? 0) + side)];
    });
    await arbitragePools(world.client, world.market, new Map(prices));
  }
};

/** Lets time pass {s}: feeds whose heartbeat is due answer anew, and the market settles. */
export const passTime = async (world: World, seconds: bigint): Promise<void> => {
  await jump(world.client, seconds);
  await moveMarket(world.client, world.market);
  await settleMarket(world);
};

/** Multiplies prices by the factors given {1}; the others stay. Feeds answer, arbitrage pulls the pools after them. */
export const movePrices = async (world: World, factors: ReadonlyMap<string, number>): Promise<void> => {
  const answers = await answersOf(world);
  const moved = [...factors].map(([id, factor]): [string, bigint] => [
    id,
    shifted(answers.get(id) ?? 0n, (factor - 1) * BP),
  ]);
  await moveMarket(world.client, world.market, new Map(moved));
  await settleMarket(world);
};
