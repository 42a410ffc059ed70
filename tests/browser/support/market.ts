import { jump, moveMarket, readFeeds } from '@wicker/devnet';
import type { World } from '../../../packages/cli/src/demo/world.ts';

/** Multiplies prices {1} by asset id; feeds answer, pools follow. */
const movePrices = async ({ client, market }: World, moves: Readonly<Record<string, number>>): Promise<void> => {
  const said = await readFeeds(client, market.feeds);
  const prices = market.feeds.flatMap(({ id }, i): [string, bigint][] => {
    const [factor, answer] = [moves[id], said[i]?.answer];
    return factor === undefined || answer === undefined ? [] : [[id, BigInt(Math.round(Number(answer) * factor))]];
  });
  await moveMarket(client, market, new Map(prices));
};

/** Lets `seconds` {s} of the chain's time pass; the feeds stay fresh and the pools at their prices. */
export const passTime = async ({ client, market }: World, seconds: bigint): Promise<void> => {
  await jump(client, seconds);
  await moveMarket(client, market);
};

/**
 * Lets WDI drift by more than its tolerance. The prices overshoot and come back a little, so that the pools, which follow only as
 * far as their fee makes it worth while, stand where WDI gains by its trades.
 */
export const makeDrift = async (world: World): Promise<void> => {
  await movePrices(world, { uniswap: 1.08, aave: 0.91 });
  await movePrices(world, { uniswap: 0.985, aave: 1.02 });
};
