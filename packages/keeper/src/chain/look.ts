import { ONE } from '@wicker/core';
import {
  type AssetQuote,
  ContractRevertError,
  delistedSince,
  epochOf,
  type HoldingsOfReturnType,
  holdingsOf,
  indexAbi,
  type LegPrice,
  type PlatformAddresses,
  planRound,
  type QuoteStatus,
  quotesOf,
  type WickerClient,
} from '@wicker/sdk';
import { type Address, getAddress } from 'viem';
import { readContract } from 'viem/actions';
import type { SampleRecord } from '../api.ts';
import { isOpen } from '../decide/epochs.ts';
import type { IndexState, PlannedRound } from '../decide/snapshot.ts';
import { MAX_INDICES, valueOfPlan, worthwhile } from '../decide/worthwhile.ts';
import { troubleOf } from '../errors.ts';
import type { BlockId } from './at-block.ts';
import { valuationOf } from './valuation.ts';

/** The indices and prices of one block. */
export interface Look {
  /** {s} */
  readonly now: bigint;
  readonly indices: readonly IndexState[];
  readonly samples: readonly SampleRecord[];
  /** Of every asset that an index holds. */
  readonly quotes: readonly AssetQuote[];
  readonly statusOf: (asset: Address) => QuoteStatus;
  /** Assets that no index aims at. */
  readonly unwanted: ReadonlySet<Address>;
}

/** What the face of an index says; a face that says nothing sensible keeps no index from being traded. */
interface Face {
  readonly name: string;
  /** {share} */
  readonly supply: bigint;
}

/** {characters} */
const NAME_LENGTH = 16;

const shortOf = (index: Address): string => `${index.slice(0, 6)}…${index.slice(-4)}`;

const readFace = async (client: WickerClient, index: Address): Promise<Face> => {
  const face = { abi: indexAbi, address: index } as const;
  try {
    const [symbol, supply] = await Promise.all([
      readContract(client, { ...face, functionName: 'symbol' }),
      readContract(client, { ...face, functionName: 'totalSupply' }),
    ]);
    const name = symbol.replace(/[^\x20-\x7e]/g, '').slice(0, NAME_LENGTH);
    return { name: name || shortOf(index), supply };
  } catch (error) {
    if (troubleOf(error).code === 'NO_CHAIN') throw error;
    return { name: shortOf(index), supply: 0n };
  }
};

/** Undefined for an index that the vault does not tell about. */
const readHoldings = async (
  client: WickerClient,
  platform: PlatformAddresses,
  index: Address,
): Promise<HoldingsOfReturnType | undefined> => {
  try {
    return await holdingsOf(client, { platform, index });
  } catch (error) {
    if (error instanceof ContractRevertError) return undefined;
    throw error;
  }
};

/**
 * Reads what there is to decide by.
 *
 * @param client that reads at `block`
 */
export const look = async (
  client: WickerClient,
  platform: PlatformAddresses,
  addresses: readonly Address[],
  block: BlockId & { readonly timestamp: bigint },
): Promise<Look> => {
  const read = await Promise.all(
    addresses.map(async (index) => {
      const [held, epoch, face] = await Promise.all([
        readHoldings(client, platform, index),
        epochOf(client, { platform, index }),
        readFace(client, index),
      ]);
      return held === undefined ? [] : [{ index, held, epoch, face }];
    }),
  );
  const found = read.flat();
  const legs = found.flatMap(({ held }) => held.legs);
  const assets = [...new Set(legs.map(({ asset }) => getAddress(asset)))];
  const [quotes, since] = await Promise.all([
    quotesOf(client, { platform, assets }),
    delistedSince(client, { platform, assets }),
  ]);
  const quoteOf = new Map(quotes.map((quote) => [getAddress(quote.asset), quote]));
  const statusOf = (asset: Address): QuoteStatus => quoteOf.get(getAddress(asset))?.status ?? 'dead';
  const priceOf = (asset: Address): LegPrice | undefined => {
    const quote = quoteOf.get(getAddress(asset));
    if (quote === undefined || quote.status === 'dead') return undefined;
    return { price: quote.price, delisted: since.get(getAddress(asset)) !== 0n };
  };
  const wanted = new Set(
    legs.flatMap(({ asset, weight }) => (weight > 0n && priceOf(asset)?.delisted !== true ? [getAddress(asset)] : [])),
  );
  const valued = found.map((one) => ({ ...one, valued: valuationOf(one.held.legs, priceOf) }));
  return {
    ...{ now: block.timestamp, quotes, statusOf },
    unwanted: new Set(assets.filter((asset) => !wanted.has(asset))),
    indices: valued.map(({ index, held, epoch, face: { name }, valued }) => ({
      ...{ index, name, epoch, recipe: held.recipe },
      ...{ nav: valued?.nav ?? 0n, drift: valued?.drift ?? 0n, driftBps: valued?.driftBps ?? 0 },
      live: held.legs.filter(({ asset }) => statusOf(asset) === 'live').length,
    })),
    samples: valued.flatMap(({ index, valued, face: { supply } }): SampleRecord[] => {
      if (valued === undefined || supply === 0n) return [];
      const place = { block: Number(block.number), blockHash: block.hash, at: Number(block.timestamp) };
      const price = (valued.nav * ONE) / supply;
      const figures = { nav: `${valued.nav}`, price: `${price}`, supply: `${supply}`, driftBps: valued.driftBps };
      return [{ kind: 'sample', ...place, index, ...figures }];
    }),
  };
};

/** The indices of each open opening, the oldest opening first; those that are farthest off first, and no more than one round serves. */
const openRounds = ({ indices, now }: Look): readonly (readonly [bigint, readonly IndexState[]])[] => {
  const groups = new Map<bigint, IndexState[]>();
  for (const state of indices) {
    if (!isOpen(state, now)) continue;
    groups.set(state.epoch.opening, [...(groups.get(state.epoch.opening) ?? []), state]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([opening, states]) => {
      const farthest = [...states].sort((a, b) => (a.drift > b.drift ? -1 : 1)).slice(0, MAX_INDICES);
      return [opening, farthest] as const;
    });
};

/**
 * Plans a round for each open opening, over all its indices at once.
 *
 * @param client that reads at the block of `seen`
 */
export const planRounds = async (
  client: WickerClient,
  platform: PlatformAddresses,
  pools: readonly Address[],
  seen: Look,
): Promise<readonly PlannedRound[]> => {
  const prices = new Map(seen.quotes.map(({ asset, price }) => [getAddress(asset), price]));
  const facts = {
    priceOf: (asset: string) => prices.get(getAddress(asset)) ?? 0n,
    isUnwanted: (asset: string) => seen.unwanted.has(getAddress(asset)),
  };
  const rounds = await Promise.all(
    openRounds(seen).map(async ([opening, states]): Promise<PlannedRound> => {
      const indices = states.map(({ index }) => index);
      const planned = await planRound(client, { platform, opening, indices, pools });
      const plan = worthwhile(planned, states, facts);
      return { opening, indices, plan, value: valueOfPlan(plan, facts) };
    }),
  );
  return rounds.filter(({ plan }) => plan.crosses.length + plan.trades.length > 0);
};
