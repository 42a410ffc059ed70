import { createRequire } from 'node:module';
import { type DevClient, deployAll, MARKET_ACCOUNT, mintCall, sendAll, type Token } from '@wicker/devnet';
import { type Address, concat, encodeAbiParameters, encodeFunctionData, type Hex, maxUint256, parseAbi } from 'viem';
import * as z from 'zod';

const artifactShape = z.object({ bytecode: z.string().regex(/^(0x)?[0-9a-f]+$/) });

/** Creation code of a contract as its authors published it on npm, with its constructor's addresses. */
const creationCode = (name: string, ...addresses: readonly Address[]): Hex => {
  const { bytecode } = artifactShape.parse(createRequire(import.meta.url)(`@uniswap/${name}.json`));
  const args = encodeAbiParameters(
    addresses.map(() => ({ type: 'address' })),
    addresses,
  );
  return concat([`0x${bytecode.replace(/^0x/, '')}`, args]);
};

const managerAbi = parseAbi([
  'struct MintParams { address token0; address token1; uint24 fee; int24 tickLower; int24 tickUpper; uint256 amount0Desired; uint256 amount1Desired; uint256 amount0Min; uint256 amount1Min; address recipient; uint256 deadline; }',
  'function createAndInitializePoolIfNecessary(address token0, address token1, uint24 fee, uint160 sqrtPriceX96) payable returns (address pool)',
  'function mint(MintParams params) payable returns (uint256 tokenId, uint128 liquidity, uint256 amount0, uint256 amount1)',
]);
const swapRouterAbi = parseAbi([
  'struct ExactInputSingleParams { address tokenIn; address tokenOut; uint24 fee; address recipient; uint256 deadline; uint256 amountIn; uint256 amountOutMinimum; uint160 sqrtPriceLimitX96; }',
  'function exactInputSingle(ExactInputSingleParams params) payable returns (uint256 amountOut)',
]);
const erc20Abi = parseAbi([
  'function approve(address spender, uint256 value) returns (bool)',
  'function balanceOf(address account) view returns (uint256)',
]);

/** The published contracts of Uniswap v3. */
export interface UniswapV3 {
  readonly factory: Address;
  readonly router: Address;
  readonly manager: Address;
}

/** A range of ticks with what is put into it {tok}. */
export interface Position {
  readonly lower: number;
  readonly upper: number;
  readonly amount: bigint;
}

export const deployUniswapV3 = async (client: DevClient): Promise<UniswapV3> => {
  const [factory = '0x', weth = '0x'] = await deployAll(client, MARKET_ACCOUNT, [
    creationCode('v3-core/artifacts/contracts/UniswapV3Factory.sol/UniswapV3Factory'),
    creationCode('v2-periphery/build/WETH9'),
  ]);
  const periphery = 'v3-periphery/artifacts/contracts';
  const [router = '0x', manager = '0x'] = await deployAll(client, MARKET_ACCOUNT, [
    creationCode(`${periphery}/SwapRouter.sol/SwapRouter`, factory, weth),
    creationCode(`${periphery}/NonfungiblePositionManager.sol/NonfungiblePositionManager`, factory, weth, weth),
  ]);
  return { factory, router, manager };
};

const ENOUGH = 10n ** 40n;

/** The two tokens in the order of their addresses. */
export const ordered = (a: Token, b: Token): readonly [Token, Token] =>
  a.address.toLowerCase() < b.address.toLowerCase() ? [a, b] : [b, a];

/** Opens a pool at a price {sqrt(token1/token0) UQ96} and fills positions. */
export const openV3Pool = async (
  client: DevClient,
  { manager, router }: UniswapV3,
  tokens: readonly [Token, Token],
  fee: number,
  sqrtPrice: bigint,
  positions: readonly Position[],
): Promise<void> => {
  const [token0, token1] = [tokens[0].address, tokens[1].address];
  const approve = (token: Address, spender: Address) => ({
    to: token,
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, maxUint256] }),
  });
  await sendAll(client, MARKET_ACCOUNT, [
    ...[token0, token1].flatMap((token) => [
      mintCall(token, MARKET_ACCOUNT, ENOUGH),
      approve(token, manager),
      approve(token, router),
    ]),
    {
      to: manager,
      data: encodeFunctionData({
        abi: managerAbi,
        functionName: 'createAndInitializePoolIfNecessary',
        args: [token0, token1, fee, sqrtPrice],
      }),
    },
    ...positions.map(({ lower: tickLower, upper: tickUpper, amount }) => ({
      to: manager,
      data: encodeFunctionData({
        abi: managerAbi,
        functionName: 'mint',
        args: [
          {
            ...{ token0, token1, fee, tickLower, tickUpper, amount0Desired: amount, amount1Desired: amount },
            ...{ amount0Min: 0n, amount1Min: 0n, recipient: MARKET_ACCOUNT, deadline: maxUint256 },
          },
        ],
      }),
    })),
  ]);
};

/** A real swap of the market's account; what went in and what came out {tok}. */
export const swapOnChain = async (
  client: DevClient,
  { router }: UniswapV3,
  {
    tokenIn,
    tokenOut,
    fee,
    amountIn,
    limit,
  }: { tokenIn: Address; tokenOut: Address; fee: number; amountIn: bigint; limit: bigint },
): Promise<{ paid: bigint; got: bigint }> => {
  const balances = () =>
    Promise.all(
      [tokenIn, tokenOut].map((address) =>
        client.readContract({ address, abi: erc20Abi, functionName: 'balanceOf', args: [MARKET_ACCOUNT] }),
      ),
    );
  const [inBefore = 0n, outBefore = 0n] = await balances();
  const params = {
    ...{ tokenIn, tokenOut, fee, recipient: MARKET_ACCOUNT, deadline: maxUint256, amountIn },
    ...{ amountOutMinimum: 0n, sqrtPriceLimitX96: limit },
  };
  const data = encodeFunctionData({ abi: swapRouterAbi, functionName: 'exactInputSingle', args: [params] });
  await sendAll(client, MARKET_ACCOUNT, [{ to: router, data }]);
  const [inAfter = 0n, outAfter = 0n] = await balances();
  return { paid: inBefore - inAfter, got: outAfter - outBefore };
};
