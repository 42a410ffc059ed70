import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import { vaultAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import type { WickerClient } from '../client.ts';
import { withReverts } from '../errors.ts';

export interface ParsOfParameters {
  readonly platform: Pick<PlatformAddresses, 'vault'>;
  readonly assets: readonly Address[];
}

/** {1e27 tok/claim} by asset, in their order: 1e27 unless the token lost balance by itself (docs/rules.md 2, Reconcile) */
export type ParsOfReturnType = readonly bigint[];

/** What a claim on each asset is worth. */
export const parsOf = (client: WickerClient, { platform, assets }: ParsOfParameters): Promise<ParsOfReturnType> =>
  withReverts(() => {
    const parOf = { abi: vaultAbi, address: platform.vault, functionName: 'parOf' } as const;
    return Promise.all(assets.map((asset) => readContract(client, { ...parOf, args: [asset] })));
  });
