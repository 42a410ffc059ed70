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
export type QuoteStatus = 'live' | 'frozen' | 'dead';

export interface AssetQuote {
  readonly asset: Address;
  /** {base/tok} UQ112; 0 when dead */
  readonly price: bigint;
  /** {bps} deviation thresholds of its feeds, summed */
  readonly qBps: bigint;
  readonly status: QuoteStatus;
}

const PRICE_MASK = (1n << 128n) - 1n;
const Q_MASK = (1n << 16n) - 1n;
const STATUSES: readonly QuoteStatus[] = ['dead', 'live', 'frozen'];

/** A quote's word: price (128 bits), q {bps} (16), status (2). */
const decodeQuote = (asset: Address, word: bigint): AssetQuote => ({
  asset,
  price: word & PRICE_MASK,
  qBps: (word >> 128n) & Q_MASK,
  status: STATUSES[Number((word >> 144n) & 3n)] ?? 'dead',
});

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
