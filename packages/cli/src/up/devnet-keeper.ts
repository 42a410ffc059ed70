import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createKeeper, type Keeper } from '@wicker/keeper';
import type { World } from '../demo/world.ts';
import { TICK_EVERY } from './live.ts';

/** Of the devnet at `rpc` alone: another one may run from the same folder. */
const recordsOf = (rpc: string): string => join(process.cwd(), '.wicker', `devnet-keeper-${new URL(rpc).port}`);

/** Deletes the records of a devnet's keeper: they are of a chain that is gone. */
export const discardRecords = (rpc: string): void => rmSync(recordsOf(rpc), { recursive: true, force: true });

/** Makes the devnet's own keeper. It does not run by itself: the loop that moves the market lets it look. */
export const openDevnetKeeper = ({ client, platform, accounts }: World, rpc: string): Keeper => {
  discardRecords(rpc); // left by a devnet that was killed
  const dir = recordsOf(rpc);
  return createKeeper({ client, platform, account: accounts.keeper, fromBlock: 0n, dir, interval: TICK_EVERY });
};
