import {
  type Chain,
  type DevClient,
  deployPlatform,
  listAssets,
  MARKET_ACCOUNT,
  type Market,
  mintTokens,
  openMarket,
  sendAll,
  startChain,
  type Token,
  v2FactoryAbi,
} from '@wicker/devnet';
import { indexAbi, indexFactoryAbi, type PlatformAddresses } from '@wicker/sdk';
import {
  type Abi,
  type Address,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  maxUint256,
  parseAbi,
  parseEventLogs,
} from 'viem';

/** {tok} one whole token: every asset of the benchmark has 18 decimals and costs 1 USD at first */
export const WHOLE = 10n ** 18n;
const ONE_USD = 10n ** 8n;
const ACCOUNTS = 8;
/** Direct pools: as many as trades in the rebalance that is measured. */
const POOLS = 10;

/** A chain with the platform and `assets` plain OpenZeppelin tokens, two-contract feeds and empty direct pools. */
export interface BenchWorld {
  readonly chain: Chain;
  readonly client: DevClient;
  readonly market: Market;
  readonly platform: PlatformAddresses;
  /** Ascending by address. */
  readonly tokens: readonly Token[];
  /** Direct pools of token i and token i + 10, for i below 10, without liquidity yet. */
  readonly pools: readonly Address[];
  readonly manager: Address;
  readonly investor: Address;
  readonly keeper: Address;
}

/** Sends one transaction by itself and returns the gas it used. */
export const gasOf = async (client: DevClient, from: Address, to: Address, data: Hex): Promise<bigint> => {
  const [receipt] = await sendAll(client, from, [{ to, data, gas: 16_777_216n }]);
  return receipt?.gasUsed ?? 0n;
};

/** Encodes a call of any ABI. */
export const encode = (abi: Abi, functionName: string, args: readonly unknown[]): Hex =>
  encodeFunctionData({ abi, functionName, args: [...args] });

/** Weights {1e18} of n assets, as equal as they go, that sum to exactly 1. */
export const equalWeights = (n: number): bigint[] => {
  const each = WHOLE / BigInt(n);
  return Array.from({ length: n }, (_, i) => (i === 0 ? WHOLE - each * BigInt(n - 1) : each));
};

/** Starts the benchmark's chain. */
export const openBench = async (assetCount: number): Promise<BenchWorld> => {
  const chain = await startChain();
  const { client } = chain;
  const accounts = await client.getAddresses();
  if (accounts.length < ACCOUNTS) throw new Error('the chain has too few accounts');
  const [deployer, admin, lister, manager, investor, keeper, watchman, treasury] = accounts as [
    Address,
    Address,
    Address,
    Address,
    Address,
    Address,
    Address,
    Address,
  ];
  const spec = (id: string, decimals: number) => ({
    ...{ id, name: id, symbol: id.toUpperCase(), decimals, price: ONE_USD },
    ...{ heartbeat: 86_400n, deviationBps: 50n },
  });
  const opened = await openMarket(client, {
    base: spec('usdc', 6),
    assets: Array.from({ length: assetCount }, (_, i) => spec(`t${i}`, 18)),
    venues: ['uniswap-v2'],
    pools: [],
  });
  const tokens = [...opened.tokens].sort((a, b) => (a.address.toLowerCase() < b.address.toLowerCase() ? -1 : 1));
  const pools = await createDirectPools(client, opened, tokens);
  const market = { ...opened, pools: pools.map((pair, i) => directPool(opened, tokens, pair, i)) };
  const platform = await deployPlatform(client, market, {
    ...{ deployer, admin, lister, watchman, treasury },
    fees: admin,
    platformBps: 3333,
  });
  await listAssets(
    client,
    market,
    platform,
    lister,
    tokens.map(({ address }) => address),
  );
  return { chain, client, market: { ...market, pools: [] }, platform, tokens, pools, manager, investor, keeper };
};

const directPool = (market: Market, tokens: readonly Token[], pair: Address, i: number) => {
  const [token, base] = [tokens[i], tokens[i + POOLS]];
  const venue = market.venues[0];
  if (!token || !base || !venue) throw new Error('the benchmark needs 20 tokens and a venue');
  return { id: token.id, venue: venue.name, router: venue.router, pair, token: token.address, base: base.address };
};

const createDirectPools = async (client: DevClient, market: Market, tokens: readonly Token[]): Promise<Address[]> => {
  const venue = market.venues[0];
  if (!venue) throw new Error('no venue');
  const pairs = Array.from(
    { length: POOLS },
    (_, i) => [tokens[i]?.address, tokens[i + POOLS]?.address] as [Address, Address],
  );
  await sendAll(
    client,
    MARKET_ACCOUNT,
    pairs.map((args) => ({ to: venue.factory, data: encode(v2FactoryAbi, 'createPair', args) })),
  );
  return Promise.all(
    pairs.map((args) =>
      client.readContract({ address: venue.factory, abi: v2FactoryAbi, functionName: 'getPair', args }),
    ),
  );
};

/** Sets what the direct pools hold {tok}: token i and token i + 10. Reserves only ever grow. */
export const fillPools = async (
  { client, tokens, pools }: BenchWorld,
  [left, right]: readonly [bigint, bigint],
): Promise<void> => {
  const sides = pools.flatMap((pool, i) => {
    const [a, b] = [tokens[i]?.address, tokens[i + POOLS]?.address];
    if (!a || !b) throw new Error('the benchmark needs 20 tokens');
    return [
      { pool, token: a, amount: left },
      { pool, token: b, amount: right },
    ];
  });
  const held = await Promise.all(
    sides.map(({ pool, token }) =>
      client.readContract({ address: token, abi: erc20Abi, functionName: 'balanceOf', args: [pool] }),
    ),
  );
  await mintTokens(
    client,
    sides.map(({ pool, token, amount }, i) => ({ token, to: pool, amount: amount - (held[i] ?? 0n) })),
  );
  const sync = encode(parseAbi(['function sync()']), 'sync', []);
  await sendAll(
    client,
    MARKET_ACCOUNT,
    pools.map((to) => ({ to, data: sync })),
  );
};

/** Makes `count` indices of the first n tokens, each with `value` whole tokens of NAV, fees as PDI's. Returns them ascending. */
export const createIndices = async (
  { client, tokens, platform, manager }: BenchWorld,
  n: number,
  count: number,
  value: bigint,
): Promise<Address[]> => {
  const assets = tokens.slice(0, n).map(({ address }) => address);
  const each = (value * WHOLE) / BigInt(n);
  await mintTokens(
    client,
    assets.map((token) => ({ token, to: manager, amount: each * BigInt(count) })),
  );
  await sendAll(
    client,
    manager,
    assets.map((to) => ({ to, data: encode(erc20Abi, 'approve', [platform.factory, maxUint256]) })),
  );
  const creation = {
    ...{ name: 'Benchmark index', symbol: 'BENCH', manager, family: platform.managed },
    fees: { mintBps: 20, redeemBps: 50, aumRate: 1000000000318482464817954188n },
    parts: [{ recipient: manager, bps: 6667 }],
    ...{ assets, weights: equalWeights(n), amounts: assets.map(() => each) },
  };
  const receipts = await sendAll(
    client,
    manager,
    Array.from({ length: count }, () => ({
      to: platform.factory,
      data: encode(indexFactoryAbi, 'create', [creation]),
      gas: 16_000_000n,
    })),
  );
  return parseEventLogs({ abi: indexFactoryAbi, eventName: 'IndexCreated', logs: receipts.flatMap(({ logs }) => logs) })
    .map(({ args }) => args.index)
    .sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
};

/** Gives the investor plenty of the first n tokens and infinite allowances for `spender`. */
export const equip = async ({ client, tokens, investor }: BenchWorld, n: number, spender: Address): Promise<void> => {
  const assets = tokens.slice(0, n).map(({ address }) => address);
  await mintTokens(
    client,
    assets.map((token) => ({ token, to: investor, amount: 1_000_000n * WHOLE })),
  );
  await sendAll(
    client,
    investor,
    assets.map((to) => ({ to, data: encode(erc20Abi, 'approve', [spender, maxUint256]) })),
  );
};

/** Amounts {tok} of a mint or redeem of `shares`. */
export const previewOf = async (client: DevClient, index: Address, shares: bigint, mint: boolean) => {
  const functionName = mint ? 'previewMint' : 'previewRedeem';
  const [, amounts] = await client.readContract({ address: index, abi: indexAbi, functionName, args: [shares] });
  return amounts;
};
