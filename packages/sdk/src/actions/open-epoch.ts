import { type Address, encodeFunctionData, parseEventLogs } from 'viem';
import { rebalancerAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import { ascending } from '../ascending.ts';
import type { Sender, WickerClient } from '../client.ts';
import { requireEvent } from '../events.ts';
import { type Mined, transact } from '../transact.ts';
import { holdingsOf } from './holdings-of.ts';

export interface OpenEpochParameters {
  /** Anybody. */
  readonly account: Sender;
  readonly platform: Pick<PlatformAddresses, 'rebalancer' | 'vault'>;
  /** Opened together, so that they share anchors and can cross; in any order. */
  readonly indices: readonly Address[];
}

export interface OpenEpochReturnType extends Mined {
  readonly opening: bigint;
}

/** Opens an epoch, over every asset of the indices. */
export const openEpoch = async (
  client: WickerClient,
  { account, platform, indices }: OpenEpochParameters,
): Promise<OpenEpochReturnType> => {
  const held = await Promise.all(indices.map((index) => holdingsOf(client, { platform, index })));
  const assets = [...new Set(held.flatMap(({ legs }) => legs.map(({ asset }) => asset)))].sort(ascending);
  const mined = await transact(client, {
    ...{ account, to: platform.rebalancer },
    data: encodeFunctionData({
      ...{ abi: rebalancerAbi, functionName: 'open' },
      args: [[...indices].sort(ascending), assets],
    }),
  });
  const [event] = parseEventLogs({ abi: rebalancerAbi, logs: mined.receipt.logs, eventName: 'Opened' });
  return { ...mined, opening: requireEvent(event, 'Opened').args.opening };
};
