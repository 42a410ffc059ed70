import { type Address, encodeFunctionData } from 'viem';
import { managedAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import { byAsset } from '../ascending.ts';
import type { Sender, WickerClient } from '../client.ts';
import { type Mined, transact } from '../transact.ts';

export interface SetWeightsParameters {
  /** The manager of the index. */
  readonly account: Sender;
  readonly platform: Pick<PlatformAddresses, 'managed'>;
  readonly index: Address;
  /** {1e18} each above 0, the sum exactly 1e18; in any order */
  readonly weights: readonly { readonly asset: Address; readonly weight: bigint }[];
}

export type SetWeightsReturnType = Mined;

/** Sets the target weights of a managed index. An epoch may be opened for it at once. */
export const setWeights = (
  client: WickerClient,
  { account, platform, index, weights }: SetWeightsParameters,
): Promise<SetWeightsReturnType> => {
  const sorted = [...weights].sort(byAsset);
  const args = [index, sorted.map(({ asset }) => asset), sorted.map(({ weight }) => weight)] as const;
  return transact(client, {
    ...{ account, to: platform.managed },
    data: encodeFunctionData({ abi: managedAbi, functionName: 'setWeights', args }),
  });
};
