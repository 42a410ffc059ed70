import { type Address, encodeFunctionData, type Hex } from 'viem';
import { managedAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import { byAsset } from '../ascending.ts';
import type { Sender, WickerClient } from '../client.ts';
import { type Call, type Mined, transact } from '../transact.ts';

export interface SetWeightsParameters {
  /** The manager of the index. */
  readonly account: Sender;
  readonly platform: Pick<PlatformAddresses, 'managed'>;
  readonly index: Address;
  /** {1e18} each above 0, the sum exactly 1e18; in any order */
  readonly weights: readonly { readonly asset: Address; readonly weight: bigint }[];
  /** The hash of the proposal that the weights come from, for an event that tells it. */
  readonly proposal?: Hex | undefined;
}

export type SetWeightsReturnType = Mined;

/** The call of {@link setWeights}. */
export const setWeightsCall = ({ platform, index, weights, proposal }: Omit<SetWeightsParameters, 'account'>): Call => {
  const sorted = [...weights].sort(byAsset);
  const args = [index, sorted.map(({ asset }) => asset), sorted.map(({ weight }) => weight)] as const;
  const data =
    proposal === undefined
      ? encodeFunctionData({ abi: managedAbi, functionName: 'setWeights', args })
      : encodeFunctionData({ abi: managedAbi, functionName: 'setProposedWeights', args: [...args, proposal] });
  return { to: platform.managed, data };
};

/** Sets the target weights of a managed index. An epoch may be opened for it at once. */
export const setWeights = (
  client: WickerClient,
  { account, ...parameters }: SetWeightsParameters,
): Promise<SetWeightsReturnType> => transact(client, { account, ...setWeightsCall(parameters) });
