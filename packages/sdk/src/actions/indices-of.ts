import type { Address } from 'viem';
import { getContractEvents } from 'viem/actions';
import { vaultAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import type { WickerClient } from '../client.ts';
import { readLogs } from '../logs.ts';

export interface IndicesOfParameters {
  readonly platform: Pick<PlatformAddresses, 'vault'>;
  /** The block from which on to look: that of the deployment, or the one after a look before. */
  readonly fromBlock: bigint;
  /** The last one to look at; the newest when not given. */
  readonly toBlock?: bigint;
}

/** An index of the vault. */
export interface FoundedIndex {
  readonly index: Address;
  /** The family that sets its weights. */
  readonly family: Address;
  /** Where it was founded. */
  readonly block: bigint;
}

/** Every index that the vault holds, the oldest first: also those that no list names. */
export const indicesOf = async (
  client: WickerClient,
  { platform, fromBlock, toBlock }: IndicesOfParameters,
): Promise<readonly FoundedIndex[]> => {
  const founded = { abi: vaultAbi, address: platform.vault, eventName: 'Founded', strict: true } as const;
  const logs = await readLogs(client, { fromBlock, toBlock }, (chunk) =>
    getContractEvents(client, { ...founded, ...chunk }),
  );
  return logs.map(({ args: { index, family }, blockNumber }) => ({ index, family, block: blockNumber }));
};
