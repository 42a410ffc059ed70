import { createRequire } from 'node:module';
import {
  type Address,
  encodeDeployData,
  encodeFunctionData,
  encodePacked,
  getContractAddress,
  type Hex,
  keccak256,
  maxUint256,
  parseAbi,
} from 'viem';
import * as z from 'zod';
import { MARKET_ACCOUNT } from './accounts.ts';
import type { DevClient } from './chain.ts';
import { DevnetError } from './errors.ts';
import { type Call, deployAll, sendAll } from './send.ts';
import { mintCall, type Token } from './tokens.ts';

/** What is used of Uniswap v2's contracts, and of their twins under another name. */
export const v2FactoryAbi = parseAbi([
  'constructor(address feeToSetter)',
  'function createPair(address tokenA, address tokenB) returns (address pair)',
  'function getPair(address tokenA, address tokenB) view returns (address pair)',
]);
export const v2PairAbi = parseAbi([
  'function token0() view returns (address)',
  'function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 blockTimestampLast)',
  'function mint(address to) returns (uint256 liquidity)',
  'function swap(uint256 amount0Out, uint256 amount1Out, address to, bytes data)',
]);
export const v2RouterAbi = parseAbi([
  'constructor(address factory, address weth)',
  'function swapExactTokensForTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline) returns (uint256[] amounts)',
]);

/** keccak256 of the pair's creation code; the router finds its pairs by it, so the code must be the published one. */
const PAIR_CODE_HASH = '0x96e8ac4277198ff8b6f785478aa9a39f403cb768dd02cbee326c3e7da348845f';

/** {USD} the size of the trade whose price impact the universe states. */
const IMPACT_TRADE_USD = 100_000;
/** {USD} no pool is deeper than this on its base side. */
const MAX_DEPTH_USD = 50_000_000;

/** A deployed exchange of the Uniswap v2 kind. */
export interface Venue {
  /** For example `uniswap-v2`. */
  readonly name: string;
  readonly factory: Address;
  readonly router: Address;
}

/** A pool of an asset against the base. */
export interface Pool {
  /** The asset. */
  readonly id: string;
  readonly venue: string;
  readonly router: Address;
  readonly pair: Address;
  readonly token: Address;
  readonly base: Address;
}

/** A pool to open, with its first reserves in smallest units. */
export interface PoolSpec {
  readonly venue: Venue;
  readonly token: Token;
  readonly base: Token;
  /** {tok} */
  readonly amountToken: bigint;
  /** {base} */
  readonly amountBase: bigint;
}

/** What a pool holds, in smallest units. */
export interface Reserves {
  /** {tok} */
  readonly token: bigint;
  /** {base} */
  readonly base: bigint;
}

const codeSchema = z.object({ bytecode: z.string().regex(/^(0x)?[0-9a-f]+$/) });

/** Creation code of a contract as its authors published it on npm. */
const published = (path: string): Hex => {
  try {
    const { bytecode } = codeSchema.parse(createRequire(import.meta.url)(path));
    return `0x${bytecode.replace(/^0x/, '')}`;
  } catch {
    throw new DevnetError('VENUE_MISSING', `cannot read ${path}`, 'run `npm ci` in the checkout');
  }
};

/** {USD} base side of a pool in which a trade of 100 000 USD has the price impact `impact` {1}, at most 50 million. */
export const depthForImpact = (impact: number): number =>
  Math.min(IMPACT_TRADE_USD / Math.max(Math.abs(impact), Number.EPSILON), MAX_DEPTH_USD);

/** Deploys Uniswap v2's factory and router, once for each name: SushiSwap's contracts are copies of them. */
export const deployVenues = async (client: DevClient, names: readonly string[]): Promise<Venue[]> => {
  const factoryCode = encodeDeployData({
    abi: v2FactoryAbi,
    bytecode: published('@uniswap/v2-core/build/UniswapV2Factory.json'),
    args: [MARKET_ACCOUNT],
  });
  const [weth, ...factories] = await deployAll(client, MARKET_ACCOUNT, [
    published('@uniswap/v2-periphery/build/WETH9.json'),
    ...names.map(() => factoryCode),
  ]);
  if (weth === undefined) throw new DevnetError('NOT_DEPLOYED', 'no WETH9 was deployed', 'start the chain anew');
  const routerCode = published('@uniswap/v2-periphery/build/UniswapV2Router02.json');
  const routers = await deployAll(
    client,
    MARKET_ACCOUNT,
    factories.map((factory) => encodeDeployData({ abi: v2RouterAbi, bytecode: routerCode, args: [factory, weth] })),
  );
  return names.flatMap((name, i) => {
    const factory = factories[i];
    const router = routers[i];
    return factory === undefined || router === undefined ? [] : [{ name, factory, router }];
  });
};

/** Where a factory puts the pair of two tokens. */
export const pairAddress = (factory: Address, tokenA: Address, tokenB: Address): Address => {
  const [token0, token1] = tokenA.toLowerCase() < tokenB.toLowerCase() ? [tokenA, tokenB] : [tokenB, tokenA];
  return getContractAddress({
    opcode: 'CREATE2',
    from: factory,
    bytecodeHash: PAIR_CODE_HASH,
    salt: keccak256(encodePacked(['address', 'address'], [token0, token1])),
  });
};

const erc20Abi = parseAbi(['function approve(address spender, uint256 value) returns (bool)']);

/** Opens pools and fills them with freshly minted tokens; the market's account holds their shares. */
export const openPools = async (client: DevClient, specs: readonly PoolSpec[]): Promise<Pool[]> => {
  const pools = specs.map(({ venue, token, base }) => ({
    id: token.id,
    venue: venue.name,
    router: venue.router,
    pair: pairAddress(venue.factory, token.address, base.address),
    token: token.address,
    base: base.address,
  }));
  const calls = specs.flatMap(({ venue, token, base, amountToken, amountBase }): Call[] => {
    const pair = pairAddress(venue.factory, token.address, base.address);
    const args = [token.address, base.address] as const;
    return [
      { to: venue.factory, data: encodeFunctionData({ abi: v2FactoryAbi, functionName: 'createPair', args }) },
      mintCall(token.address, pair, amountToken),
      mintCall(base.address, pair, amountBase),
      { to: pair, data: encodeFunctionData({ abi: v2PairAbi, functionName: 'mint', args: [MARKET_ACCOUNT] }) },
    ];
  });
  const approvals = new Map(
    pools.flatMap(({ router, token, base }) =>
      [token, base].map((spent) => {
        const data = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [router, maxUint256] });
        return [`${router} ${spent}`, { to: spent, data }] as const;
      }),
    ),
  );
  await sendAll(client, MARKET_ACCOUNT, [...calls, ...approvals.values()]);
  return pools;
};

/** What the pools hold now, in their order. */
export const readReserves = (client: DevClient, pools: readonly Pool[]): Promise<Reserves[]> =>
  Promise.all(
    pools.map(async ({ pair, token, base }) => {
      const [reserve0, reserve1] = await client.readContract({
        address: pair,
        abi: v2PairAbi,
        functionName: 'getReserves',
      });
      return token.toLowerCase() < base.toLowerCase()
        ? { token: reserve0, base: reserve1 }
        : { token: reserve1, base: reserve0 };
    }),
  );
