import type { IndexUnits } from '@wicker/core';
import type { Address } from 'viem';
import { getBlockNumber, readContract } from 'viem/actions';
import { indexAbi, vaultAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import type { WickerClient } from '../client.ts';
import { withReverts } from '../errors.ts';
import { holdingsOf } from './holdings-of.ts';

export interface IndexUnitsOfParameters {
  readonly platform: Pick<PlatformAddresses, 'vault'>;
  readonly index: Address;
  /** Whose state to read; the latest block when not given. */
  readonly blockNumber?: bigint | undefined;
}

/** {bit} binary digits of a unit: the vault multiplies effective supplies below 2^128. */
const EXPONENT = 127n;

/**
 * Supplies and units of an index at one block, as a mint counts them (docs/rules.md 1). A unit is read as what 2^127 of effective
 * supply holds, so it is cut after 127 binary digits: what e of effective supply takes may come out one smallest unit of the
 * token too low, by a chance of e in 2^127.
 *
 * @throws {ContractRevertError} UnknownIndex, Locked
 */
export const indexUnitsOf = async (
  client: WickerClient,
  { platform, index, blockNumber }: IndexUnitsOfParameters,
): Promise<IndexUnits> => {
  const at = { blockNumber: blockNumber ?? (await getBlockNumber(client, { cacheTime: 0 })) };
  return withReverts(async () => {
    const [{ effectiveSupply }, supply] = await Promise.all([
      holdingsOf(client, { platform, index, ...at }),
      readContract(client, { abi: indexAbi, address: index, functionName: 'totalSupply', ...at }),
    ]);
    const args = [index, 1n << EXPONENT, effectiveSupply, false] as const;
    const [assets, amounts] = await readContract(client, {
      ...{ abi: vaultAbi, address: platform.vault, functionName: 'legAmounts', args, ...at },
    });
    const unit = (mantissa: bigint) => ({ mantissa, exponent: EXPONENT });
    return { supply, effectiveSupply, legs: assets.map((asset, i) => ({ asset, unit: unit(amounts[i] ?? 0n) })) };
  });
};
