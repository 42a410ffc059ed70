import { mintTokens } from '@wicker/devnet';
import {
  type MintReturnType,
  type MintWithBaseReturnType,
  mint,
  mintWithBase,
  previewMint,
  previewRedeem,
  type RedeemReturnType,
  type RedeemToBaseReturnType,
  redeem,
  redeemToBase,
} from '@wicker/sdk';
import type { Address } from 'viem';
import { approveTokens, ownedBy } from './accounts.ts';
import { poolsOn } from './assets.ts';
import { UNISWAP, type World } from './world.ts';

/** {s} how long a transaction through pools stays valid */
const DEADLINE = 600n;
/** {bps} what somebody who trades through pools accepts to lose against the preview: fees of 30 bps, and impact */
const SLIPPAGE_BPS = 100n;
const BP = 10_000n;

const deadline = async ({ client }: World): Promise<bigint> => (await client.getBlock()).timestamp + DEADLINE;

/** Mints `shares` {share} in kind: the investor brings every asset. */
export const mintInKind = async (
  world: World,
  investor: Address,
  index: Address,
  shares: bigint,
): Promise<MintReturnType & { readonly assets: readonly Address[] }> => {
  const { client } = world;
  const { assets, amounts } = await previewMint(client, { index, shares });
  // The management fee grows between preview and mint, so that a share costs less, never more.
  await mintTokens(
    client,
    assets.map((token, i) => ({ token, to: investor, amount: amounts[i] ?? 0n })),
  );
  await approveTokens(world, investor, index, assets);
  return { ...(await mint(client, { account: investor, index, shares, maxAmounts: amounts, to: investor })), assets };
};

/** Mints with `pay` {base} only; `pricePerShare` {base} sets the least number of shares that the investor accepts. */
export const mintSingle = async (
  world: World,
  investor: Address,
  index: Address,
  { pay, pricePerShare }: { readonly pay: bigint; readonly pricePerShare: bigint },
): Promise<MintWithBaseReturnType> => {
  const { client, platform, market } = world;
  const { assets } = await previewMint(client, { index, shares: 10n ** 18n });
  await mintTokens(client, [{ token: market.base.address, to: investor, amount: pay }]);
  await approveTokens(world, investor, platform.router, [market.base.address]);
  return mintWithBase(client, {
    ...{ account: investor, platform, index, pay, to: investor, pools: poolsOn(world, UNISWAP, assets) },
    minShares: (pay * 10n ** 18n * (BP - SLIPPAGE_BPS)) / (pricePerShare * BP),
    deadline: await deadline(world),
  });
};

/** Redeems all that the investor has, in kind. */
export const redeemInKind = async (
  world: World,
  investor: Address,
  index: Address,
): Promise<RedeemReturnType & { readonly shares: bigint; readonly assets: readonly Address[] }> => {
  const { client } = world;
  const shares = await ownedBy(world, index, investor);
  const { assets, amounts } = await previewRedeem(client, { index, shares });
  // The management fee of a few seconds makes a share worth a little less than in the preview.
  const minAmounts = amounts.map((amount) => (amount * (BP - 1n)) / BP);
  return { ...(await redeem(client, { account: investor, index, shares, minAmounts, to: investor })), shares, assets };
};

/** Redeems all that the investor has, to USDC; `pricePerShare` {base} sets the least that the investor accepts. */
export const redeemSingle = async (
  world: World,
  investor: Address,
  index: Address,
  { pricePerShare }: { readonly pricePerShare: bigint },
): Promise<RedeemToBaseReturnType & { readonly shares: bigint }> => {
  const { client, platform } = world;
  const shares = await ownedBy(world, index, investor);
  const { assets } = await previewRedeem(client, { index, shares });
  await approveTokens(world, investor, platform.router, [index]);
  const done = await redeemToBase(client, {
    ...{ account: investor, platform, index, shares, to: investor, pools: poolsOn(world, UNISWAP, assets) },
    minBase: (((shares * pricePerShare) / 10n ** 18n) * (BP - SLIPPAGE_BPS)) / BP,
    deadline: await deadline(world),
  });
  return { ...done, shares };
};
