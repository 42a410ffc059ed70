import { setTimeout } from 'node:timers/promises';
import type { Keeper } from '@wicker/keeper';
import { readIndex } from '@wicker/sdk';
import type { Address } from 'viem';
import type { World } from '../demo/world.ts';
import type { Display } from './display.ts';
import { liveMarket } from './live-market.ts';
import { FILLS_SHOWN, lineOf, screenOf, type View } from './table.ts';

/** {ms} between two ticks, as long as each takes less */
export const TICK_EVERY = 2_000;
/** {s} of the chain's time in a tick, so that a day lasts less than ten minutes */
export const TICK_SECONDS = 300n;
/** {1} deeds of the keeper in a tick: it opens, crosses and trades, and looks again whether that was all */
const MOST_DEEDS = 5;

export interface LiveParameters {
  readonly world: World;
  readonly indices: readonly Address[];
  readonly keeper: Keeper;
  readonly display: Display;
}

/** Lets the keeper do all that there is to do now. */
const work = async (keeper: Keeper): Promise<void> => {
  for (let deeds = 0; deeds < MOST_DEEDS; deeds += 1) {
    const { action, trouble } = await keeper.tick();
    if (trouble !== undefined || (action !== 'open' && action !== 'trade')) return;
  }
};

const viewOf = async ({ world, indices, keeper }: LiveParameters): Promise<View> => {
  const { client, platform } = world;
  const { timestamp: now } = await client.getBlock();
  const [last] = keeper.openings({ limit: 1 });
  return {
    now,
    indices: await Promise.all(indices.map((index) => readIndex(client, { platform, index }))),
    opening: last !== undefined && now < BigInt(last.until) ? last : undefined,
    rounds: keeper.rounds({ limit: FILLS_SHOWN }),
    trouble: keeper.report().trouble?.message,
  };
};

/** Lets the market move, the keeper work and the table show it, until `signal` says stop. */
export const live = async (parameters: LiveParameters, signal: AbortSignal): Promise<void> => {
  const { world, keeper, display } = parameters;
  const market = await liveMarket(world);
  while (!signal.aborted) {
    const next = Date.now() + TICK_EVERY;
    await market.tick(TICK_SECONDS);
    await work(keeper);
    const view = await viewOf(parameters);
    display.show(screenOf(world, view), lineOf(world, view));
    await setTimeout(Math.max(0, next - Date.now()), undefined, { signal }).catch(() => undefined); // it only ends early
  }
};
