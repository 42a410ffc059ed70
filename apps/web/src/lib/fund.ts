// Everything about a fund, read from the chain.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { opensFrom } from '@wicker/core';
import {
  type EpochOfReturnType,
  epochOf,
  type HoldingsOfReturnType,
  holdingsOf,
  indexAbi,
  type OpeningOfReturnType,
  openingOf,
  type QuoteStatus,
  quotesOf,
  type ReadIndexReturnType,
  readIndex,
} from '@wicker/sdk';
import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import { CHAIN_KEY } from './head.tsx';
import { type Site, useSite } from './site.tsx';

export interface FundFees {
  /** {bps} of the shares */
  readonly mintBps: bigint;
  /** {bps} of the shares; 0 while redeeming is free */
  readonly redeemBps: bigint;
  /** {ray/s} */
  readonly aumRate: bigint;
}

/** The epoch of a fund while it is open. */
export interface OpenEpoch extends EpochOfReturnType {
  readonly anchors: OpeningOfReturnType['anchors'];
  /** {base/tok} UQ112 by asset; 0 when it is not live */
  readonly prices: ReadonlyMap<Address, bigint>;
}

export interface Fund {
  readonly index: Address;
  /** {s} the chain's time when it was read, or a little before */
  readonly at: number;
  /** Value, price, drift and assets at the prices of now; undefined while no asset of it has a price. */
  readonly state: ReadIndexReturnType | undefined;
  readonly held: HoldingsOfReturnType;
  /** {share} with accrued fees */
  readonly supply: bigint;
  readonly fees: FundFees;
  /** {s} until when minting is stopped; 0 when it is not */
  readonly stoppedUntil: number;
  /** {s} since when an epoch may be opened: a day after the last one, 0 after a reweigh or when there was none */
  readonly mayOpenFrom: number;
  readonly epoch: OpenEpoch | undefined;
}

const livePrices = async ({ client, config }: Site, assets: readonly Address[]): Promise<OpenEpoch['prices']> => {
  const quotes = await quotesOf(client, { platform: config.platform, assets });
  const live: QuoteStatus = 'live';
  return new Map(quotes.map(({ asset, price, status }) => [asset, status === live ? price : 0n]));
};

const readOpenEpoch = async (site: Site, epoch: EpochOfReturnType): Promise<OpenEpoch> => {
  const { anchors } = await openingOf(site.client, { platform: site.config.platform, opening: epoch.opening });
  const prices = await livePrices(
    site,
    anchors.map(({ asset }) => asset),
  );
  return { ...epoch, anchors, prices };
};

/** A fund whose assets all have no price has no value; everything else of it can be read, and redeemed. */
const readState = async (site: Site, index: Address): Promise<ReadIndexReturnType | undefined> => {
  try {
    return await readIndex(site.client, { platform: site.config.platform, index });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'NO_PRICE') return undefined;
    throw error;
  }
};

/** @param now {s} the chain's time */
export const readFund = async (site: Site, index: Address, now: number): Promise<Fund> => {
  const { client, config } = site;
  const { platform } = config;
  const face = { abi: indexAbi, address: index } as const;
  const [state, held, last, supply, fees, free, stoppedUntil] = await Promise.all([
    readState(site, index),
    holdingsOf(client, { platform, index }),
    epochOf(client, { platform, index }),
    readContract(client, { ...face, functionName: 'totalSupply' }),
    readContract(client, { ...face, functionName: 'fees' }),
    readContract(client, { ...face, functionName: 'redeemsFree' }),
    readContract(client, { ...face, functionName: 'stoppedUntil' }),
  ]);
  const current = last.opening !== 0n && last.recipe === held.recipe;
  const open = current && BigInt(now) < last.until;
  return {
    ...{ index, at: now, state, held, supply, stoppedUntil: stoppedUntil > now ? stoppedUntil : 0 },
    fees: {
      ...{ mintBps: BigInt(fees.mintBps), aumRate: fees.aumRate },
      redeemBps: free ? 0n : BigInt(fees.redeemBps),
    },
    mayOpenFrom: Number(opensFrom({ epoch: last, recipe: held.recipe })),
    epoch: open ? await readOpenEpoch(site, last) : undefined,
  };
};

/** A fund as of the last block. What was read last stays while the chain does not answer. */
export const useFund = (index: Address, now: number) => {
  const site = useSite();
  return useQuery({
    queryKey: [CHAIN_KEY, site.client.uid, 'fund', index],
    queryFn: () => readFund(site, index, now),
    ...{ retry: false, staleTime: Number.POSITIVE_INFINITY },
    // Another fund is another page: only its own numbers may stay.
    placeholderData: (previous: Fund | undefined) =>
      previous?.index === index ? keepPreviousData(previous) : undefined,
  });
};
