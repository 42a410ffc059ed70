import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import { indexAbi } from '../abi.generated.ts';
import type { WickerClient } from '../client.ts';
import { withReverts } from '../errors.ts';

export interface PreviewParameters {
  readonly index: Address;
  /** {share} fee included */
  readonly shares: bigint;
}

/** {tok} by leg, in the order of the legs. */
export interface PreviewReturnType {
  readonly assets: readonly Address[];
  readonly amounts: readonly bigint[];
}

const preview =
  (functionName: 'previewMint' | 'previewRedeem') =>
  async (client: WickerClient, { index, shares }: PreviewParameters): Promise<PreviewReturnType> => {
    const [assets, amounts] = await withReverts(() =>
      readContract(client, { abi: indexAbi, address: index, functionName, args: [shares] }),
    );
    return { assets, amounts };
  };

/** What minting `shares` would cost now, leg by leg. */
export const previewMint = preview('previewMint');

/** What redeeming `shares` would bring now, after the fee, leg by leg. */
export const previewRedeem = preview('previewRedeem');
