import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import { assetListAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import type { WickerClient } from '../client.ts';
import { withReverts } from '../errors.ts';

export interface DelistedSinceParameters {
  readonly platform: Pick<PlatformAddresses, 'assetList'>;
  readonly assets: readonly Address[];
  /** Whose state to read; the latest block when not given. */
  readonly blockNumber?: bigint | undefined;
}

/** {s} when each asset was taken off the list; 0 while it is listed */
export type DelistedSinceReturnType = ReadonlyMap<Address, bigint>;

/** Which assets were taken off the list, and when. */
export const delistedSince = (
  client: WickerClient,
  { platform, assets, blockNumber }: DelistedSinceParameters,
): Promise<DelistedSinceReturnType> =>
  withReverts(async () => {
    const list = {
      abi: assetListAbi,
      address: platform.assetList,
      functionName: 'delistedSince',
      blockNumber,
    } as const;
    const times = await Promise.all(assets.map((asset) => readContract(client, { ...list, args: [asset] })));
    return new Map(assets.map((asset, i) => [asset, times[i] ?? 0n]));
  });
