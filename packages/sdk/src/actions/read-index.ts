import { driftBps, nav, ONE, ordersOf, WickerError, weightsOf } from '@wicker/core';
import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import { indexAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import type { WickerClient } from '../client.ts';
import { withReverts } from '../errors.ts';
import { positionsOf } from '../positions.ts';
import { delistedSince } from './delisted-since.ts';
import { holdingsOf } from './holdings-of.ts';
import { type QuoteStatus, quotesOf } from './quotes-of.ts';

export interface ReadIndexParameters {
  readonly platform: Pick<PlatformAddresses, 'vault' | 'priceFeed' | 'assetList'>;
  readonly index: Address;
}

/** One asset of an index, at the prices of now. */
export interface IndexAsset {
  readonly asset: Address;
  /** {tok} */
  readonly amount: bigint;
  /** {base/tok} UQ112; 0 when dead */
  readonly price: bigint;
  readonly status: QuoteStatus;
  /** {1e18} of NAV */
  readonly weight: bigint;
  /** {1e18} of NAV, as it acts now: without the assets that do not count */
  readonly target: bigint;
  /** {tok} to sell */
  readonly excess: bigint;
  /** {tok} to buy */
  readonly deficit: bigint;
}

export interface ReadIndexReturnType {
  readonly symbol: string;
  /** {share} with all accrued fees */
  readonly supply: bigint;
  /** {base} */
  readonly nav: bigint;
  /** {base/share} of one whole share, in the base's smallest unit */
  readonly price: bigint;
  /** {bps} half the sum of |weight - target| */
  readonly driftBps: number;
  readonly assets: readonly IndexAsset[];
}

/**
 * What an index is worth, holds, aims at and wants to trade, at the prices of now.
 *
 * @throws {ContractRevertError} UnknownIndex, Locked; {WickerError} NO_PRICE when no asset of it has a price
 */
export const readIndex = async (
  client: WickerClient,
  { platform, index }: ReadIndexParameters,
): Promise<ReadIndexReturnType> => {
  const face = { abi: indexAbi, address: index } as const;
  // The vault first: it knows what is no index.
  const held = await holdingsOf(client, { platform, index });
  const [supply, symbol] = await withReverts(() =>
    Promise.all([
      readContract(client, { ...face, functionName: 'totalSupply' }),
      readContract(client, { ...face, functionName: 'symbol' }),
    ]),
  );
  const assets = held.legs.map(({ asset }) => asset);
  const [quotes, delisted] = await Promise.all([
    quotesOf(client, { platform, assets }),
    delistedSince(client, { platform, assets }),
  ]);
  const quoteOf = new Map(quotes.map((quote) => [quote.asset, quote]));
  const positions = positionsOf(held.legs, (asset) => {
    const quote = quoteOf.get(asset);
    if (quote === undefined || quote.status === 'dead') return undefined;
    return { price: quote.price, delisted: (delisted.get(asset) ?? 0n) !== 0n };
  });
  const value = nav(positions);
  if (value === 0n)
    throw new WickerError('NO_PRICE', `no asset of ${symbol} has a price`, 'wait for the feeds to answer');
  const targets = new Map(positions.map(({ asset, weight }) => [asset, weight]));
  const weights = new Map(weightsOf(positions).map(({ asset, weight }) => [asset, weight]));
  const orders = new Map(ordersOf(positions).map((order) => [order.asset, order]));
  return {
    ...{ symbol, supply, nav: value },
    price: (value * ONE) / supply,
    driftBps: driftBps(positions),
    assets: held.legs.map(({ asset, amount }) => ({
      ...{ asset, amount },
      price: quoteOf.get(asset)?.price ?? 0n,
      status: quoteOf.get(asset)?.status ?? 'dead',
      weight: weights.get(asset) ?? 0n,
      target: targets.get(asset) ?? 0n,
      excess: orders.get(asset)?.excess ?? 0n,
      deficit: orders.get(asset)?.deficit ?? 0n,
    })),
  };
};
