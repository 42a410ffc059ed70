import { Impact } from '@wicker/core';
import { type Address, isAddressEqual, parseAbi, zeroAddress } from 'viem';
import type { ChainReader } from './chain-reader.ts';
import type { Pool } from './pool.ts';

const factoryAbi = parseAbi(['function getPair(address tokenA, address tokenB) view returns (address pair)']);
const pairAbi = parseAbi([
  'function token0() view returns (address)',
  'function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 blockTimestampLast)',
]);

/**
 * The pool of two tokens on an exchange of the Uniswap v2 kind; undefined when it has none, or an empty one.
 *
 * @throws BaseError when the node does not answer
 */
export const readV2Pool = async (
  { client, blockNumber }: ChainReader,
  { name, factory }: { readonly name: string; readonly factory: Address },
  token: Address,
  quote: Address,
): Promise<Pool | undefined> => {
  const address = await client.readContract({
    blockNumber,
    address: factory,
    abi: factoryAbi,
    functionName: 'getPair',
    args: [token, quote],
  });
  if (address === zeroAddress) return undefined;
  const [token0, [reserve0, reserve1]] = await Promise.all([
    client.readContract({ blockNumber, address, abi: pairAbi, functionName: 'token0' }),
    client.readContract({ blockNumber, address, abi: pairAbi, functionName: 'getReserves' }),
  ]);
  if (reserve0 === 0n || reserve1 === 0n) return undefined;
  const held = isAddressEqual(token0, token)
    ? { token: reserve0, quote: reserve1 }
    : { token: reserve1, quote: reserve0 };
  return {
    ...{ venue: name, address, held },
    impact: async (sell, amountIn) => Impact.impactOf(amountIn, sell ? held.token : held.quote),
  };
};
