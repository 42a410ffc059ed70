import type { Address } from 'viem';
import { getContractEvents } from 'viem/actions';
import { vaultAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import type { WickerClient } from '../client.ts';
import { readLogs } from '../logs.ts';
import { addressIn } from '../words.ts';

export interface ClaimedAssetsParameters {
  readonly platform: Pick<PlatformAddresses, 'vault'>;
  readonly owner: Address;
  /** The block from which on to look: that of the deployment. */
  readonly fromBlock: bigint;
}

/** The assets on which an account ever got a claim, the first one first; `claimsOf` tells what is left of each. */
export const claimedAssets = async (
  client: WickerClient,
  { platform, owner, fromBlock }: ClaimedAssetsParameters,
): Promise<readonly Address[]> => {
  const came = { abi: vaultAbi, address: platform.vault, eventName: 'Transfer', strict: true } as const;
  const logs = await readLogs(client, { fromBlock }, (chunk) =>
    getContractEvents(client, { ...came, ...chunk, args: { to: owner } }),
  );
  return [...new Set(logs.map(({ args }) => addressIn(args.id)))];
};
