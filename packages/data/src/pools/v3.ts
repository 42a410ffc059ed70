import { ONE, TickMath } from '@wicker/core';
import { type Address, isAddressEqual, parseAbi, zeroAddress } from 'viem';
import type { ChainReader } from './chain-reader.ts';
import type { Pool } from './pool.ts';
import { FEE_SCALE, swapV3, type V3State } from './swap-v3.ts';
import type { TickReader } from './tick-walk.ts';

const factoryAbi = parseAbi([
  'function getPool(address tokenA, address tokenB, uint24 fee) view returns (address pool)',
]);
const poolAbi = parseAbi([
  'function token0() view returns (address)',
  'function tickSpacing() view returns (int24)',
  'function liquidity() view returns (uint128)',
  'function slot0() view returns (uint160 sqrtPriceX96, int24 tick, uint16 observationIndex, uint16 observationCardinality, uint16 observationCardinalityNext, uint8 feeProtocol, bool unlocked)',
  'function tickBitmap(int16 wordPosition) view returns (uint256)',
  'function ticks(int24 tick) view returns (uint128 liquidityGross, int128 liquidityNet, uint256 feeGrowthOutside0X128, uint256 feeGrowthOutside1X128, int56 tickCumulativeOutside, uint160 secondsPerLiquidityOutsideX128, uint32 secondsOutside, bool initialized)',
]);
const erc20Abi = parseAbi(['function balanceOf(address account) view returns (uint256)']);

/** A trade is followed until it has moved the price by a factor of 4, the square of this {1}; what is left then is lost. */
const MOST_ROOT = 2n;

/** The state of a pool, and the ticks as they are asked for. */
export interface V3Reading {
  readonly token0: Address;
  readonly state: V3State;
  readonly ticks: TickReader;
}

/** @throws BaseError when the node does not answer */
export const readV3State = async (
  { client, blockNumber }: ChainReader,
  address: Address,
  fee: number,
): Promise<V3Reading> => {
  const [token0, spacing, liquidity, [sqrtPrice, tick]] = await Promise.all([
    client.readContract({ blockNumber, address, abi: poolAbi, functionName: 'token0' }),
    client.readContract({ blockNumber, address, abi: poolAbi, functionName: 'tickSpacing' }),
    client.readContract({ blockNumber, address, abi: poolAbi, functionName: 'liquidity' }),
    client.readContract({ blockNumber, address, abi: poolAbi, functionName: 'slot0' }),
  ]);
  const ticks: TickReader = {
    bitmap: (index) =>
      client.readContract({ blockNumber, address, abi: poolAbi, functionName: 'tickBitmap', args: [Number(index)] }),
    liquidityNet: async (at) => {
      const { 1: net } = await client.readContract({
        blockNumber,
        address,
        abi: poolAbi,
        functionName: 'ticks',
        args: [Number(at)],
      });
      return net;
    },
  };
  return {
    token0,
    ticks,
    state: { sqrtPrice, liquidity, tick: BigInt(tick), spacing: BigInt(spacing), fee: BigInt(fee) },
  };
};

/**
 * The pool of two tokens with a fee {1e-6} on an exchange of the Uniswap v3 kind; undefined when it has none, or an empty one. What it
 * holds includes fees that nobody has collected.
 *
 * @throws BaseError when the node does not answer
 */
export const readV3Pool = async (
  { client, blockNumber }: ChainReader,
  { name, factory, fee }: { readonly name: string; readonly factory: Address; readonly fee: number },
  token: Address,
  quote: Address,
): Promise<Pool | undefined> => {
  const address = await client.readContract({
    blockNumber,
    address: factory,
    abi: factoryAbi,
    functionName: 'getPool',
    args: [token, quote, fee],
  });
  if (address === zeroAddress) return undefined;
  const balance = (of: Address) =>
    client.readContract({ blockNumber, address: of, abi: erc20Abi, functionName: 'balanceOf', args: [address] });
  const [{ token0, state, ticks }, heldToken, heldQuote] = await Promise.all([
    readV3State({ client, blockNumber }, address, fee),
    balance(token),
    balance(quote),
  ]);
  if (state.sqrtPrice === 0n || (heldToken === 0n && heldQuote === 0n)) return undefined;
  return {
    ...{ venue: name, address, held: { token: heldToken, quote: heldQuote } },
    impact: (sell, amountIn) => impactV3(state, ticks, sell === isAddressEqual(token0, token), amountIn),
  };
};

/** What a trade loses against the price before it, pool fee aside {1e18}, rounded up; what the pool does not take is lost. */
const impactV3 = async (state: V3State, ticks: TickReader, zeroForOne: boolean, amountIn: bigint): Promise<bigint> => {
  const { amountOut } = await swapV3(state, ticks, { zeroForOne, amountIn, limit: limitOf(state, zeroForOne) });
  const square = state.sqrtPrice * state.sqrtPrice;
  const one = 1n << 192n;
  const [numerator, denominator] = zeroForOne ? [one, square] : [square, one];
  const got = (amountOut * FEE_SCALE * numerator * ONE) / (amountIn * (FEE_SCALE - state.fee) * denominator);
  return got < ONE ? ONE - got : 0n;
};

/** UQ96 */
const limitOf = ({ sqrtPrice }: V3State, down: boolean): bigint => {
  const [lowest, highest] = [
    TickMath.sqrtRatioAtTick(-TickMath.MAX_TICK) + 1n,
    TickMath.sqrtRatioAtTick(TickMath.MAX_TICK) - 1n,
  ];
  const limit = down ? sqrtPrice / MOST_ROOT : sqrtPrice * MOST_ROOT;
  return limit < lowest ? lowest : limit > highest ? highest : limit;
};
