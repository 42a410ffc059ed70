import { TOLERANCE_BPS } from '@wicker/core';
import { openEpoch, planRound, type RebalanceReturnType, readIndex, rebalance } from '@wicker/sdk';
import type { Address } from 'viem';
import { allPools } from './assets.ts';
import type { World } from './world.ts';

/** {1} fills in one transaction, which so stays below 16.7 million gas */
const MAX_TRADES = 80;

/** {bps} how far each index is from its targets. */
export const driftsOf = ({ client, platform }: World, indices: readonly Address[]): Promise<number[]> =>
  Promise.all(indices.map(async (index) => (await readIndex(client, { platform, index })).driftBps));

/** The indices that are out of tolerance. */
export const driftedOf = async (world: World, indices: readonly Address[]): Promise<Address[]> => {
  const drifts = await driftsOf(world, indices);
  return indices.filter((_, i) => (drifts[i] ?? 0) > TOLERANCE_BPS);
};

/** Opens one epoch for indices together. */
export const openFor = ({ client, platform, accounts }: World, indices: readonly Address[]) =>
  openEpoch(client, { account: accounts.keeper, platform, indices });

/** Crosses and trades all that the clock and the pools allow now, in as many transactions as it takes. */
export const tradeNow = async (
  world: World,
  opening: bigint,
  indices: readonly Address[],
): Promise<RebalanceReturnType[]> => {
  const { client, platform, accounts } = world;
  const pools = allPools(world);
  const rounds: RebalanceReturnType[] = [];
  for (;;) {
    const { crosses, trades } = await planRound(client, { platform, opening, indices, pools });
    if (crosses.length + trades.length === 0) return rounds;
    const plan = { crosses, trades: trades.slice(0, MAX_TRADES) };
    rounds.push(await rebalance(client, { account: accounts.keeper, platform, opening, indices, plan }));
    if ((await driftedOf(world, indices)).length === 0) return rounds;
  }
};
