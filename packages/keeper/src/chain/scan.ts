import { type PlatformAddresses, readLogs, rebalancerAbi, vaultAbi, type WickerClient } from '@wicker/sdk';
import { type GetLogsReturnType, getAbiItem } from 'viem';
import { getLogs } from 'viem/actions';

const EVENTS = [
  getAbiItem({ abi: rebalancerAbi, name: 'Opened' }),
  getAbiItem({ abi: rebalancerAbi, name: 'Crossed' }),
  getAbiItem({ abi: rebalancerAbi, name: 'Traded' }),
  getAbiItem({ abi: rebalancerAbi, name: 'PoolSet' }),
  getAbiItem({ abi: vaultAbi, name: 'Founded' }),
  getAbiItem({ abi: vaultAbi, name: 'Reweighed' }),
] as const;

/** An event of the platform that a keeper looks for. */
export type PlatformEvent = GetLogsReturnType<undefined, typeof EVENTS, true>[number];

/** The events of the platform in blocks `fromBlock` to `toBlock`, in their order. */
export const eventsBetween = (
  client: WickerClient,
  { rebalancer, vault }: Pick<PlatformAddresses, 'rebalancer' | 'vault'>,
  fromBlock: bigint,
  toBlock: bigint,
): Promise<readonly PlatformEvent[]> =>
  readLogs(client, { fromBlock, toBlock }, (chunk) =>
    getLogs(client, { ...chunk, address: [rebalancer, vault], events: EVENTS, strict: true }),
  );
