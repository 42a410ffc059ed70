import { arbitragePools, jump, readFeeds, updateFeeds } from '@wicker/devnet';
import type { World } from '../demo/world.ts';

/** {1} by how much a price wanders in a tick of 5 minutes: some 5 % a day, as such tokens do */
const TICK_VOLATILITY = 0.003;
/** {1} the part of a price's way that it goes back in a tick, so that prices stay around where they began */
const PULL_BACK = 0.002;

/** A market whose prices wander gently for as long as somebody watches. */
export interface LiveMarket {
  /** Lets `seconds` {s} of the chain's time pass: prices wander, feeds answer when they would, arbitrage follows. */
  readonly tick: (seconds: bigint) => Promise<void>;
}

/** About normal, mean 0 and deviation 1: the sum of twelve even ones (Irwin-Hall). */
const gaussian = (random: () => number): number => Array.from({ length: 12 }, random).reduce((a, b) => a + b, -6);

export const liveMarket = async ({ client, market, random }: World): Promise<LiveMarket> => {
  const said = await readFeeds(client, market.feeds);
  const start = new Map(market.feeds.map(({ id }, i) => [id, said[i]?.answer ?? 0n]));
  /** {1} natural logarithm of each price over its first one */
  const way = new Map(market.tokens.map(({ id }) => [id, 0]));
  return {
    tick: async (seconds) => {
      for (const [id, at] of way) way.set(id, at * (1 - PULL_BACK) + TICK_VOLATILITY * gaussian(random));
      const prices = new Map(
        [...start].map(([id, price]) => [id, BigInt(Math.round(Number(price) * Math.exp(way.get(id) ?? 0)))]),
      );
      await jump(client, seconds);
      await updateFeeds(client, market.feeds, prices);
      await arbitragePools(client, market, prices);
    },
  };
};
