import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import { vaultAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import type { WickerClient } from '../client.ts';
import { withReverts } from '../errors.ts';
import { addressIn } from '../words.ts';

export interface HoldingsOfParameters {
  readonly platform: Pick<PlatformAddresses, 'vault'>;
  readonly index: Address;
  /** Whose state to read; the latest block when not given. */
  readonly blockNumber?: bigint | undefined;
}

/** One asset of an index. */
export interface Leg {
  readonly asset: Address;
  /** {1e18} target; 0 for an asset that is being sold */
  readonly weight: bigint;
  /** {tok} what the index holds, floored */
  readonly amount: bigint;
}

export interface HoldingsOfReturnType {
  /** {share} what the units multiply */
  readonly effectiveSupply: bigint;
  /** Number of the leg list: another number is another list. */
  readonly recipe: bigint;
  /** {s} when the targets were last set */
  readonly reweighedAt: bigint;
  /** Ascending by asset. */
  readonly legs: readonly Leg[];
}

const WEIGHT_MASK = (1n << 64n) - 1n;

/** A leg's word: asset (160 bits), target weight {1e18} (64), then what only the vault uses (32). */
const decodeLeg = (word: bigint): Pick<Leg, 'asset' | 'weight'> => ({
  asset: addressIn(word >> 96n),
  weight: (word >> 32n) & WEIGHT_MASK,
});

/** What an index holds and aims at. */
export const holdingsOf = async (
  client: WickerClient,
  { platform, index, blockNumber }: HoldingsOfParameters,
): Promise<HoldingsOfReturnType> => {
  const { effectiveSupply, recipe, reweighedAt, legs, amounts } = await withReverts(() =>
    readContract(client, {
      ...{ abi: vaultAbi, address: platform.vault, functionName: 'holdingsOf', args: [index], blockNumber },
    }),
  );
  return {
    ...{ effectiveSupply, recipe, reweighedAt },
    legs: legs.map((word, i) => ({ ...decodeLeg(word), amount: amounts[i] ?? 0n })),
  };
};
