import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import { rebalancerAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import type { WickerClient } from '../client.ts';
import { withReverts } from '../errors.ts';

export interface EpochOfParameters {
  readonly platform: Pick<PlatformAddresses, 'rebalancer'>;
  readonly index: Address;
  /** Whose state to read; the latest block when not given. */
  readonly blockNumber?: bigint | undefined;
}

export interface EpochOfReturnType {
  /** 0 when there was none yet. */
  readonly opening: bigint;
  /** The leg list that it is for; a reweigh ends the epoch. */
  readonly recipe: bigint;
  /** {s} */
  readonly openedAt: bigint;
  /** {s} */
  readonly until: bigint;
  /** UTC day of `lost`. */
  readonly day: bigint;
  /** {1e18 of NAV} value given and not received on that day */
  readonly lost: bigint;
}

/** The last epoch of an index. */
export const epochOf = async (
  client: WickerClient,
  { platform, index, blockNumber }: EpochOfParameters,
): Promise<EpochOfReturnType> => {
  const [opening, recipe, openedAt, until, day, lost] = await withReverts(() =>
    readContract(client, {
      ...{ abi: rebalancerAbi, address: platform.rebalancer, functionName: 'epochs', args: [index], blockNumber },
    }),
  );
  return {
    ...{ opening: BigInt(opening), recipe: BigInt(recipe), openedAt: BigInt(openedAt) },
    ...{ until: BigInt(until), day: BigInt(day), lost },
  };
};
