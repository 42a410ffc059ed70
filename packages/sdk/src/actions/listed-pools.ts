import type { Address } from 'viem';
import { getContractEvents } from 'viem/actions';
import { rebalancerAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import type { WickerClient } from '../client.ts';
import { readLogs } from '../logs.ts';

export interface ListedPoolsParameters {
  readonly platform: Pick<PlatformAddresses, 'rebalancer'>;
  /** The block from which on to look: that of the deployment. */
  readonly fromBlock: bigint;
  /** The last one to look at; the newest when not given. */
  readonly toBlock?: bigint;
}

/** The pools that indices may trade on now, in the order in which they were first listed. */
export const listedPools = async (
  client: WickerClient,
  { platform, fromBlock, toBlock }: ListedPoolsParameters,
): Promise<readonly Address[]> => {
  const poolSet = { abi: rebalancerAbi, address: platform.rebalancer, eventName: 'PoolSet', strict: true } as const;
  const logs = await readLogs(client, { fromBlock, toBlock }, (chunk) =>
    getContractEvents(client, { ...poolSet, ...chunk }),
  );
  const listed = new Map<Address, boolean>();
  for (const { args } of logs) listed.set(args.pool, args.listed);
  return [...listed].flatMap(([pool, isListed]) => (isListed ? [pool] : []));
};
