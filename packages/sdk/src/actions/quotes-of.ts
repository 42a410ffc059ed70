import { Quotes } from '@wicker/core';
import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import { priceFeedAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import type { WickerClient } from '../client.ts';
import { withReverts } from '../errors.ts';

export interface QuotesOfParameters {
  readonly platform: Pick<PlatformAddresses, 'priceFeed'>;
  readonly assets: readonly Address[];
  /** Whose state to read; the latest block when not given. */
  readonly blockNumber?: bigint | undefined;
}

/** Live: counts and may be traded. Frozen: counts at its last good price, is not traded. Dead: does not count. */
export type QuoteStatus = Quotes.Status;

export interface AssetQuote {
  readonly asset: Address;
  /** {base/tok} UQ112; 0 when dead */
  readonly price: bigint;
  /** {bps} deviation thresholds of its feeds, summed; 0 when dead */
  readonly qBps: bigint;
  readonly status: QuoteStatus;
}

const decodeQuote = (asset: Address, word: bigint): AssetQuote => {
  const quote = Quotes.unpack(word);
  return quote.status === 'dead' ? { asset, price: 0n, qBps: 0n, status: 'dead' } : { asset, ...quote };
};

/** What assets are worth now, in the order given. */
export const quotesOf = async (
  client: WickerClient,
  { platform, assets, blockNumber }: QuotesOfParameters,
): Promise<readonly AssetQuote[]> => {
  const words = await withReverts(() =>
    readContract(client, {
      ...{ abi: priceFeedAbi, address: platform.priceFeed, functionName: 'quotes', args: [assets], blockNumber },
    }),
  );
  return assets.map((asset, i) => decodeQuote(asset, words[i] ?? 0n));
};
