import { type PlatformAddresses, rebalancerAbi, vaultAbi, type WickerClient } from '@wicker/sdk';
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

/** {blocks} asked for at once: nodes refuse long ranges */
export const MAX_RANGE = 1_000n;

/** The events of the platform in blocks `from` to `to`, at most {@link MAX_RANGE} of them, in their order. */
export const eventsBetween = async (
  client: WickerClient,
  { rebalancer, vault }: Pick<PlatformAddresses, 'rebalancer' | 'vault'>,
  from: bigint,
  to: bigint,
): Promise<readonly PlatformEvent[]> =>
  getLogs(client, { address: [rebalancer, vault], events: EVENTS, fromBlock: from, toBlock: to, strict: true });
