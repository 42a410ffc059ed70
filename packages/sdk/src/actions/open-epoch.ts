import { type Address, encodeFunctionData, type Log, parseEventLogs } from 'viem';
import { rebalancerAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import { ascending } from '../ascending.ts';
import type { Sender, WickerClient } from '../client.ts';
import { requireEvent } from '../events.ts';
import { type Call, type Mined, transact } from '../transact.ts';
import { holdingsOf } from './holdings-of.ts';

export interface OpenEpochParameters {
  /** Anybody. */
  readonly account: Sender;
  readonly platform: Pick<PlatformAddresses, 'rebalancer' | 'vault'>;
  /** Opened together, so that they share anchors and can cross; in any order. */
  readonly indices: readonly Address[];
}

/** What an opening did. */
export interface OpenedEpoch {
  readonly opening: bigint;
  /** Those that may be traded now, ascending: an index that may not enter stays out. */
  readonly entered: readonly Address[];
}

export interface OpenEpochReturnType extends Mined, OpenedEpoch {}

/** The call that opens an epoch, over every asset of the indices. */
export const openEpochCall = async (
  client: WickerClient,
  { platform, indices }: Omit<OpenEpochParameters, 'account'>,
): Promise<Call> => {
  const held = await Promise.all(indices.map((index) => holdingsOf(client, { platform, index })));
  const assets = [...new Set(held.flatMap(({ legs }) => legs.map(({ asset }) => asset)))].sort(ascending);
  return {
    to: platform.rebalancer,
    data: encodeFunctionData({
      ...{ abi: rebalancerAbi, functionName: 'open' },
      args: [[...indices].sort(ascending), assets],
    }),
  };
};

/** What the logs of an opening tell. */
export const openedIn = (logs: Log[]): OpenedEpoch => {
  const [event] = parseEventLogs({ abi: rebalancerAbi, logs, eventName: 'Opened' });
  const { opening, indices } = requireEvent(event, 'Opened').args;
  return { opening, entered: indices };
};

/** Opens an epoch, over every asset of the indices. */
export const openEpoch = async (
  client: WickerClient,
  { account, ...epoch }: OpenEpochParameters,
): Promise<OpenEpochReturnType> => {
  const mined = await transact(client, { account, ...(await openEpochCall(client, epoch)) });
  return { ...mined, ...openedIn(mined.receipt.logs) };
};
