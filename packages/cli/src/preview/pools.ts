import {
  basePoolsOf,
  previewMintWithBase,
  previewRedeemToBase,
  type purchase,
  type RoutedLeg,
  RouterError,
  type RouterMarket,
  type sale,
  WickerError,
} from '@wicker/core';
import { indexUnitsOf, listedPools, poolsOf, previewRedeem } from '@wicker/sdk';
import { getAddress } from 'viem';
import type { Connection } from '../connect/connect.ts';
import { type Fund, priceIn } from '../connect/fund.ts';
import { tokenIn } from '../connect/tokens.ts';
import type { PoolLeg } from './preview.ts';

type Chain = Pick<Connection, 'client' | 'deployment'>;

/** Where the router may trade: the listed pools with the base. */
const marketOf = async ({ client, deployment }: Chain, { state }: Fund): Promise<RouterMarket> => {
  const { addresses: platform, fromBlock } = deployment;
  const pools = await listedPools(client, { platform, fromBlock: BigInt(fromBlock) });
  return {
    ...{ base: platform.base, pools: basePoolsOf(await poolsOf(client, { platform, pools }), platform.base) },
    prices: new Map(state.assets.map(({ asset, price }) => [asset, price])),
  };
};

/** Calls the assets of a refusal by their names. */
const withNames = <T>({ tokens }: Fund, ask: () => T): T => {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof RouterError) || error.assets.length === 0) throw error;
    const names = error.assets.map((asset) => tokenIn(tokens, getAddress(asset)).name).join(', ');
    const what = error.code === 'NO_POOL' ? `trades ${names} for USDC` : `has enough ${names} for this`;
    throw new WickerError(error.code, `no listed pool ${what}`, error.hint);
  }
};

/**
 * The legs that `pay` {base} buys now, each on the listed pool that is best for it.
 *
 * @throws {WickerError} NO_POOL, POOL_TOO_SMALL, PAYS_TOO_LITTLE
 */
export const routeOfMint = async (connection: Chain, fund: Fund, pay: bigint): Promise<readonly RoutedLeg[]> => {
  const { client, deployment } = connection;
  const [market, index] = await Promise.all([
    marketOf(connection, fund),
    indexUnitsOf(client, { platform: deployment.addresses, index: fund.index }),
  ]);
  return withNames(fund, () => previewMintWithBase({ ...market, index, pay }).legs);
};

/**
 * The legs that `shares` {share} bring now, each on the listed pool that is best for it.
 *
 * @throws {WickerError} NO_POOL
 */
export const routeOfRedemption = async (
  connection: Chain,
  fund: Fund,
  shares: bigint,
): Promise<readonly RoutedLeg[]> => {
  const [market, { assets, amounts }] = await Promise.all([
    marketOf(connection, fund),
    previewRedeem(connection.client, { index: fund.index, shares }),
  ]);
  const wanted = assets.map((asset, i) => ({ asset, amount: amounts[i] ?? 0n }));
  return withNames(fund, () => previewRedeemToBase({ ...market, amounts: wanted }).legs);
};

/**
 * What swapping amounts {tok} of the legs on their pools costs, without those of which there is nothing to swap.
 *
 * @param amounts in the order of the legs
 */
export const poolLegs = (
  fund: Fund,
  route: readonly RoutedLeg[],
  amounts: readonly bigint[],
  swap: typeof purchase | typeof sale,
): PoolLeg[] =>
  route.flatMap(({ asset, pool }, i) => {
    const [amount, address] = [amounts[i] ?? 0n, getAddress(asset)];
    if (pool === undefined || amount === 0n) return [];
    const swapped = swap(pool, amount, priceIn(fund, address));
    return [{ token: tokenIn(fund.tokens, address), amount, pool: getAddress(pool.pool), ...swapped }];
  });
