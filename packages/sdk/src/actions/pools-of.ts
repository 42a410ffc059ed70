import type { Pool } from '@wicker/core';
import { type Address, parseAbi } from 'viem';
import { readContract } from 'viem/actions';
import { rebalancerAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import type { WickerClient } from '../client.ts';
import { withReverts } from '../errors.ts';

const pairAbi = parseAbi([
  'function token0() view returns (address)',
  'function token1() view returns (address)',
  'function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 timestamp)',
]);

export interface PoolsOfParameters {
  readonly platform: Pick<PlatformAddresses, 'rebalancer'>;
  /** Pools of the Uniswap v2 kind. */
  readonly pools: readonly Address[];
  /** Whose state to read; the latest block when not given. */
  readonly blockNumber?: bigint | undefined;
}

/** The listed ones among pools, with their reserves and the impact they have had in their present window. */
export const poolsOf = async (
  client: WickerClient,
  { platform, pools, blockNumber }: PoolsOfParameters,
): Promise<readonly Pool[]> => {
  const read = await withReverts(() =>
    Promise.all(
      pools.map(async (pool) => {
        const pair = { abi: pairAbi, address: pool, blockNumber } as const;
        const [token0, token1, [reserve0, reserve1], [listed, used]] = await Promise.all([
          readContract(client, { ...pair, functionName: 'token0' }),
          readContract(client, { ...pair, functionName: 'token1' }),
          readContract(client, { ...pair, functionName: 'getReserves' }),
          readContract(client, {
            ...{
              abi: rebalancerAbi,
              address: platform.rebalancer,
              functionName: 'poolState',
              args: [pool],
              blockNumber,
            },
          }),
        ]);
        return { listed, pool: { pool, token0, token1, reserve0, reserve1, used } };
      }),
    ),
  );
  return read.flatMap(({ listed, pool }) => (listed ? [pool] : []));
};
