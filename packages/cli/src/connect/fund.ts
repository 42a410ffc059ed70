import { Orders } from '@wicker/core';
import { type ReadIndexReturnType, readIndex } from '@wicker/sdk';
import type { Address } from 'viem';
import type { Flow } from '../preview/preview.ts';
import type { Connection } from './connect.ts';
import { indexNamed } from './indices.ts';
import { type Token, tokenIn, tokensAt } from './tokens.ts';

/** An index with the tokens that a person sees with it. */
export interface Fund {
  readonly index: Address;
  /** At the prices of now. */
  readonly state: ReadIndexReturnType;
  /** Of its assets, of the base, and its own. */
  readonly tokens: ReadonlyMap<Address, Token>;
}

/** Reads the index that somebody means. @throws as `indexNamed` and `readIndex` */
export const readFund = async (connection: Pick<Connection, 'client' | 'deployment'>, name: string): Promise<Fund> => {
  const { client, deployment } = connection;
  const index = await indexNamed(connection, name);
  const state = await readIndex(client, { platform: deployment.addresses, index });
  const assets = state.assets.map(({ asset }) => asset);
  return { index, state, tokens: await tokensAt(connection, [index, deployment.addresses.base, ...assets]) };
};

/** {base/tok} UQ112; 0 for what has no price */
export const priceIn = ({ state }: Fund, asset: Address): bigint =>
  state.assets.find((one) => one.asset === asset)?.price ?? 0n;

/** {base} of shares, at the prices of now */
export const valueOfShares = ({ state: { nav, supply } }: Fund, shares: bigint): bigint => (shares * nav) / supply;

/** Shares that go or come. */
export const shareFlow = (fund: Fund, shares: bigint): Flow => ({
  ...{ token: tokenIn(fund.tokens, fund.index), amount: shares, value: valueOfShares(fund, shares) },
});

/** {bit} every leg of an index */
export const ALL_LEGS = (1n << 256n) - 1n;

/**
 * Assets that go or come, leg by leg, without those of which there is nothing.
 *
 * @param claims bit i is set when leg i is a claim
 */
export const assetFlows = (fund: Fund, assets: readonly Address[], amounts: readonly bigint[], claims = 0n): Flow[] =>
  assets.flatMap((asset, i) => {
    const [amount, price] = [amounts[i] ?? 0n, priceIn(fund, asset)];
    if (amount === 0n) return [];
    const value = price === 0n ? undefined : Orders.valueOf(amount, price);
    return [{ token: tokenIn(fund.tokens, asset), amount, value, claim: ((claims >> BigInt(i)) & 1n) === 1n }];
  });

/** An amount {base} of the base that goes or comes. */
export const baseFlow = ({ tokens }: Fund, base: Address, amount: bigint): Flow => ({
  ...{ token: tokenIn(tokens, base), amount, value: amount },
});
