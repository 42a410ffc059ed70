import { setTimeout } from 'node:timers/promises';
import { readIndex } from '@wicker/sdk';
import type { Address } from 'viem';
import type { World } from '../demo/world.ts';
import type { Display } from './display.ts';
import { liveKeeper } from './live-keeper.ts';
import { liveMarket } from './live-market.ts';
import { type FillLine, fillLines, lineOf, screenOf, type View } from './table.ts';

/** {ms} between two ticks, as long as each takes less */
const TICK_EVERY = 2_000;
/** {s} of the chain's time in a tick, so that a day lasts less than ten minutes */
export const TICK_SECONDS = 300n;
/** {1} fills that stay on the table */
const FILLS_SHOWN = 5;

/** Lets the market move, the keeper work and the table show it, until `signal` says stop. */
export const live = async (
  world: World,
  indices: readonly Address[],
  display: Display,
  signal: AbortSignal,
): Promise<void> => {
  const { client, platform } = world;
  const market = await liveMarket(world);
  const keeper = liveKeeper(world, indices);
  let fills: readonly FillLine[] = [];
  while (!signal.aborted) {
    const next = Date.now() + TICK_EVERY;
    await market.tick(TICK_SECONDS);
    const rounds = await keeper.tick();
    const { timestamp: now } = await client.getBlock();
    const summaries = await Promise.all(indices.map((index) => readIndex(client, { platform, index })));
    const prices = new Map(
      summaries.flatMap(({ assets }) => assets.map(({ asset, price }) => [asset, price] as const)),
    );
    const news = rounds.flatMap((round) => fillLines(world, round, prices, now));
    fills = [...news.reverse(), ...fills].slice(0, FILLS_SHOWN);
    const view: View = { now, indices: summaries, epoch: keeper.epoch(), fills };
    display.show(screenOf(world, view), lineOf(view));
    await setTimeout(Math.max(0, next - Date.now()), undefined, { signal }).catch(() => undefined); // it only ends early
  }
};
