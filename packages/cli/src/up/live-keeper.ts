import { ContractRevertError, epochOf, type RebalanceReturnType } from '@wicker/sdk';
import type { Address } from 'viem';
import { driftedOf, openFor, tradeNow } from '../demo/keeper.ts';
import type { World } from '../demo/world.ts';

/** {s} between two epochs of an index (docs/rules.md 6) */
const EPOCH_PAUSE = 86_400n;

/** What is open now. */
export interface OpenEpoch {
  readonly opening: bigint;
  /** {s} */
  readonly openedAt: bigint;
  /** {s} */
  readonly until: bigint;
  readonly indices: readonly Address[];
}

/** Opens epochs and trades, while the table is watched. */
export interface LiveKeeper {
  /** Does what can be done now. Returns the rounds that it sent. */
  readonly tick: () => Promise<readonly RebalanceReturnType[]>;
  /** The last epoch, as long as it is open. */
  readonly epoch: () => OpenEpoch | undefined;
}

/** Opens an epoch for the indices that are out of tolerance, if any of them may open now. */
const nextEpoch = async (world: World, indices: readonly Address[], now: bigint): Promise<OpenEpoch | undefined> => {
  const { client, platform } = world;
  const drifted = await driftedOf(world, indices);
  const epochs = await Promise.all(drifted.map((index) => epochOf(client, { platform, index })));
  const ready = drifted.filter((_, i) => now >= (epochs[i]?.openedAt ?? 0n) + EPOCH_PAUSE);
  const [first] = ready;
  if (first === undefined) return undefined;
  try {
    await openFor(world, ready);
  } catch (error) {
    // Prices moved since they were read: the next tick sees.
    if (error instanceof ContractRevertError && ['InTolerance', 'TooEarly'].includes(error.code)) return undefined;
    throw error;
  }
  const { opening, openedAt, until } = await epochOf(client, { platform, index: first });
  return { opening, openedAt, until, indices: ready };
};

export const liveKeeper = (world: World, indices: readonly Address[]): LiveKeeper => {
  let open: OpenEpoch | undefined;
  return {
    epoch: () => open,
    tick: async () => {
      const { timestamp } = await world.client.getBlock();
      if (open !== undefined && timestamp >= open.until) open = undefined;
      open = (await nextEpoch(world, indices, timestamp)) ?? open;
      if (open === undefined || (await driftedOf(world, open.indices)).length === 0) return [];
      return tradeNow(world, open.opening, open.indices);
    },
  };
};
