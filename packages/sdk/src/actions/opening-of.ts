import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import { rebalancerAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import type { WickerClient } from '../client.ts';
import { withReverts } from '../errors.ts';
import { addressIn } from '../words.ts';

export interface OpeningOfParameters {
  readonly platform: Pick<PlatformAddresses, 'rebalancer'>;
  readonly opening: bigint;
  /** Whose state to read; the latest block when not given. */
  readonly blockNumber?: bigint | undefined;
}

/** What an opening remembers of an asset. */
export interface OpeningAnchor {
  readonly asset: Address;
  /** {base/tok} UQ112; 0 for a dead price */
  readonly price: bigint;
  /** {bps} deviation thresholds of its feeds, summed */
  readonly qBps: bigint;
  /** Whether the asset may be traded: it had a live price. */
  readonly live: boolean;
  /** {s} when it was delisted, 0 while listed */
  readonly delistedSince: bigint;
}

export interface OpeningOfReturnType {
  /** {s} */
  readonly openedAt: bigint;
  /** How often any asset had been taken off the list by then. */
  readonly delistings: number;
  /** Ascending by asset. */
  readonly anchors: readonly OpeningAnchor[];
}

const LIVE = 1n;

/** An anchor's word: price (128 bits), q {bps} (16), status (8), delisted since {s} (40), nothing (64). */
const decodeAnchor = (asset: Address, word: bigint): OpeningAnchor => ({
  asset,
  price: word >> 128n,
  qBps: (word >> 112n) & 0xffffn,
  live: ((word >> 104n) & 0xffn) === LIVE,
  delistedSince: (word >> 64n) & 0xff_ffff_ffffn,
});

/** The anchors of an opening, and when it was. */
export const openingOf = (
  client: WickerClient,
  { platform, opening, blockNumber }: OpeningOfParameters,
): Promise<OpeningOfReturnType> =>
  withReverts(async () => {
    const contract = { abi: rebalancerAbi, address: platform.rebalancer, blockNumber } as const;
    const [[, at, delistings], [assets, anchors]] = await Promise.all([
      readContract(client, { ...contract, functionName: 'openings', args: [opening] }),
      readContract(client, { ...contract, functionName: 'anchorsOf', args: [opening] }),
    ]);
    return {
      openedAt: BigInt(at),
      delistings,
      anchors: assets.map((asset, i) => decodeAnchor(addressIn(BigInt(asset)), anchors[i] ?? 0n)),
    };
  });
