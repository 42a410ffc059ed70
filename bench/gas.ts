import { artifact, deployAll, jump, moveMarket } from '@wicker/devnet';
import { indexAbi, rebalancerAbi, vaultAbi } from '@wicker/sdk';
import type { Address } from 'viem';
import {
  type BenchWorld,
  createIndices,
  encode,
  equip,
  fillPools,
  gasOf,
  openBench,
  previewOf,
  WHOLE,
} from './fixture.ts';

/** Whole-transaction gas of the platform's main calls, and the bare limits measured beside them. */
export interface GasFigures {
  readonly mint: Record<string, number>;
  readonly redeem: Record<string, number>;
  readonly mintFromClaims: Record<string, number>;
  readonly redeemToClaims: Record<string, number>;
  readonly transfer: number;
  readonly limitMint: Record<string, number>;
  readonly limitRedeem: Record<string, number>;
  readonly rebalance: Record<string, number>;
  readonly rebalancePerIndex: Record<string, number>;
  /** Opening an epoch of one index of 20 assets. */
  readonly open: Record<string, number>;
}

const SIZES = [5, 10, 20, 50];
const SHARING = [1, 10, 100];
const REBALANCED = 20;
/** {whole tokens} NAV of an index */
const NAV = 100_000n;
/** {whole tokens} NAV of each of the indices that share a rebalance */
const SHARED_NAV = 20_000n;
const SHARES = 123n * WHOLE + 456_789_012_345_678n;
const DEADLINE_SLACK = 2n;

/** {tok} hundredth part of what a direct pool holds at first */
const DEPTH = 100_000n * WHOLE;
/** {s} well past the clock of a trade that costs 30 bps, at q = 100 bps */
const CLOCK = 3600n;
/** {s} */
const BLOCK = 12n;
const DAY = 86_400n;

const measureInKind = async (world: BenchWorld, n: number) => {
  const { client, tokens, investor, manager } = world;
  const [index] = await createIndices(world, n, 1, NAV);
  const [bare] = await deployAll(client, investor, [artifact('BareFund').bytecode]);
  if (!index || !bare) throw new Error('deployment failed');
  const assets = tokens.slice(0, n).map(({ address }) => address);
  await equip(world, n, index);
  await equip(world, n, bare);
  const amounts = await previewOf(client, index, SHARES, true);
  const most = amounts.map((amount) => amount * DEADLINE_SLACK);
  const mint = encode(indexAbi, 'mint', [SHARES, most, investor]);
  const bareAmounts = amounts.map((amount) => amount);
  const bareMint = encode(artifact('BareFund').abi, 'mint', [SHARES, assets, bareAmounts]);
  // The first call opens the investor's balances; the second is the one that a holder pays again and again.
  await gasOf(client, investor, index, mint);
  await gasOf(client, investor, bare, bareMint);
  await jump(client, CLOCK);
  const minted = await gasOf(client, investor, index, mint);
  const limitMint = await gasOf(client, investor, bare, bareMint);
  const transfer = encode(indexAbi, 'transfer', [manager, WHOLE]);
  await gasOf(client, investor, index, transfer);
  const transferred = await gasOf(client, investor, index, transfer);
  await jump(client, CLOCK);
  const redeemShares = 50n * WHOLE + 987_654_321n;
  const least = (await previewOf(client, index, redeemShares, false)).map((amount) => (amount * 99n) / 100n);
  const redeemed = await gasOf(client, investor, index, encode(indexAbi, 'redeem', [redeemShares, least, investor]));
  const limitRedeem = await gasOf(
    client,
    investor,
    bare,
    encode(artifact('BareFund').abi, 'redeem', [redeemShares, assets, least]),
  );
  const claims = await measureClaims(world, index, redeemShares, least);
  return { minted, redeemed, limitMint, limitRedeem, transferred, ...claims };
};

/** Legs that only change sides: no token is called. The index is an operator of the investor's claims. */
const measureClaims = async (world: BenchWorld, index: Address, shares: bigint, least: readonly bigint[]) => {
  const { client, investor, platform } = world;
  await gasOf(client, investor, platform.vault, encode(vaultAbi, 'setOperator', [index, true]));
  const redeem = encode(indexAbi, 'redeemToClaims', [shares, least, investor]);
  // The first call opens the investor's claims.
  await gasOf(client, investor, index, redeem);
  await jump(client, CLOCK);
  const redeemedToClaims = await gasOf(client, investor, index, redeem);
  await jump(client, CLOCK);
  const most = least.map((amount) => amount * DEADLINE_SLACK);
  const mintedFromClaims = await gasOf(
    client,
    investor,
    index,
    encode(indexAbi, 'mintFromClaims', [shares, most, investor]),
  );
  return { mintedFromClaims, redeemedToClaims };
};

/** Moves ten prices up and ten down (or back), in two-contract feeds, and gives the direct pools those prices. */
const shift = async (world: BenchWorld, up: bigint, down: bigint): Promise<void> => {
  const { client, market, tokens } = world;
  const prices = new Map(tokens.slice(0, REBALANCED).map(({ id }, i) => [id, i < 10 ? up : down]));
  await moveMarket(client, market, prices);
};

const rebalanceCall = (world: BenchWorld, opening: bigint, indices: readonly Address[], forward: boolean) => {
  const trades = world.pools.map((pool, i) => ({
    most: 0n,
    o: forward ? i : i + 10,
    u: forward ? i + 10 : i,
    route: [pool],
  }));
  const assets = world.tokens.slice(0, REBALANCED).map(({ address }) => address);
  return encode(rebalancerAbi, 'rebalance', [opening, indices, assets, [], trades]);
};

const openCall = (world: BenchWorld, indices: readonly Address[]) =>
  encode(rebalancerAbi, 'open', [indices, world.tokens.slice(0, REBALANCED).map(({ address }) => address)]);

/** Two epochs: the first pays for fresh slots, the second is measured. Ten trades on direct pools, all 20 assets move. */
const measureRebalance = async (world: BenchWorld, indices: readonly Address[], firstRound: number) => {
  const { client, platform, keeper, market } = world;
  let figures = { open: 0n, rebalance: 0n };
  for (const [i, forward] of [true, false].entries()) {
    await jump(client, DAY);
    await shift(world, forward ? 110_000_000n : 100_000_000n, forward ? 90_000_000n : 100_000_000n);
    const open = await gasOf(client, keeper, platform.rebalancer, openCall(world, indices));
    await jump(client, CLOCK);
    await moveMarket(client, market);
    const opening = await client.readContract({
      address: platform.rebalancer,
      abi: rebalancerAbi,
      functionName: 'openingCount',
    });
    // Deep enough for one trade a pool; the reserves are worth the same on both sides and grow from epoch to epoch.
    const depth = DEPTH << BigInt(firstRound + i);
    await fillPools(world, forward ? [90n * depth, 110n * depth] : [110n * depth, 110n * depth]);
    // In the block that synced it a pool would save the update of its price accumulators: no trade in life finds it so.
    await jump(client, BLOCK);
    const rebalance = await gasOf(client, keeper, platform.rebalancer, rebalanceCall(world, opening, indices, forward));
    figures = { open, rebalance };
  }
  return figures;
};

const record = (entries: readonly (readonly [number, bigint])[]): Record<string, number> =>
  Object.fromEntries(entries.map(([n, gas]) => [String(n), Number(gas)]));

/** Measures everything on one fresh chain. */
export const measureGas = async (progress: (text: string) => void): Promise<GasFigures> => {
  const world = await openBench(Math.max(...SIZES));
  try {
    const inKind: [number, Awaited<ReturnType<typeof measureInKind>>][] = [];
    for (const n of SIZES) {
      progress(`mint and redeem of ${n} assets`);
      inKind.push([n, await measureInKind(world, n)]);
    }
    const shared: [number, Awaited<ReturnType<typeof measureRebalance>>][] = [];
    for (const [i, k] of SHARING.entries()) {
      progress(`rebalance of ${k} indices of ${REBALANCED} assets`);
      shared.push([k, await measureRebalance(world, await createIndices(world, REBALANCED, k, SHARED_NAV), 2 * i)]);
    }
    const pick = (key: keyof Awaited<ReturnType<typeof measureInKind>>) =>
      record(inKind.map(([n, figures]) => [n, figures[key]]));
    const single = shared.find(([k]) => k === 1)?.[1];
    return {
      mint: pick('minted'),
      redeem: pick('redeemed'),
      mintFromClaims: pick('mintedFromClaims'),
      redeemToClaims: pick('redeemedToClaims'),
      transfer: Number(inKind.find(([n]) => n === REBALANCED)?.[1].transferred ?? 0n),
      limitMint: pick('limitMint'),
      limitRedeem: pick('limitRedeem'),
      rebalance: record([[REBALANCED, single?.rebalance ?? 0n]]),
      rebalancePerIndex: record(shared.map(([k, { rebalance }]) => [k, rebalance / BigInt(k)])),
      open: record([[REBALANCED, single?.open ?? 0n]]),
    };
  } finally {
    await world.chain.stop();
  }
};
