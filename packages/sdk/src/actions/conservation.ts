import { type Address, erc20Abi } from 'viem';
import { readContract } from 'viem/actions';
import { vaultAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import type { WickerClient } from '../client.ts';
import { withReverts } from '../errors.ts';
import { holdingsOf } from './holdings-of.ts';

export interface ConservationParameters {
  readonly platform: Pick<PlatformAddresses, 'vault'>;
  /** All indices of the vault: one that is left out shows as surplus. */
  readonly indices: readonly Address[];
  readonly assets: readonly Address[];
}

/** The books of one asset {tok}. */
export interface AssetConservation {
  readonly asset: Address;
  /** What the vault has. */
  readonly balance: bigint;
  /** What it owes: the holdings of the indices and all claims. */
  readonly owed: bigint;
  /** balance - owed: roundings and what was sent by mistake; never below 0 */
  readonly surplus: bigint;
}

export interface ConservationReturnType {
  /** Whether every asset is backed. */
  readonly solvent: boolean;
  readonly assets: readonly AssetConservation[];
}

/** Compares what the vault has with what it owes, asset by asset (docs/rules.md 2). */
export const conservation = async (
  client: WickerClient,
  { platform, indices, assets }: ConservationParameters,
): Promise<ConservationReturnType> => {
  const held = await Promise.all(indices.map((index) => holdingsOf(client, { platform, index })));
  const legs = held.flatMap((holdings) => holdings.legs);
  const rows = await withReverts(() =>
    Promise.all(
      assets.map(async (asset) => {
        const [balance, claims] = await Promise.all([
          readContract(client, { abi: erc20Abi, address: asset, functionName: 'balanceOf', args: [platform.vault] }),
          readContract(client, { abi: vaultAbi, address: platform.vault, functionName: 'claimsOn', args: [asset] }),
        ]);
        const owed = legs.reduce((sum, leg) => (leg.asset === asset ? sum + leg.amount : sum), claims);
        return { asset, balance, owed, surplus: balance - owed };
      }),
    ),
  );
  return { solvent: rows.every(({ surplus }) => surplus >= 0n), assets: rows };
};
