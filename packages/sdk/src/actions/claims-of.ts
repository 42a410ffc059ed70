import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import { vaultAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import type { WickerClient } from '../client.ts';
import { withReverts } from '../errors.ts';

export interface ClaimsOfParameters {
  readonly platform: Pick<PlatformAddresses, 'vault'>;
  readonly owner: Address;
  readonly assets: readonly Address[];
}

/** {claim} by asset; a claim unit is one token unit unless the token lost balance by itself: see `parsOf`. */
export type ClaimsOfReturnType = ReadonlyMap<Address, bigint>;

/** What an account may redeem from the vault because a token could not be paid out. Assets without a claim are left out. */
export const claimsOf = (
  client: WickerClient,
  { platform, owner, assets }: ClaimsOfParameters,
): Promise<ClaimsOfReturnType> =>
  withReverts(async () => {
    const claims = await Promise.all(
      assets.map((asset) =>
        readContract(client, {
          ...{ abi: vaultAbi, address: platform.vault, functionName: 'balanceOf' },
          args: [owner, BigInt(asset)],
        }),
      ),
    );
    return new Map(assets.flatMap((asset, i) => (claims[i] ? [[asset, claims[i]] as const] : [])));
  });
