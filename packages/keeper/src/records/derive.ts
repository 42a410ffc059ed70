import {
  delistedSince,
  epochOf,
  holdingsOf,
  type LegPrice,
  openingOf,
  type PlatformAddresses,
  quotesOf,
  type WickerClient,
} from '@wicker/sdk';
import { type Address, getAddress, type Hash } from 'viem';
import { getBlock, getTransactionReceipt } from 'viem/actions';
import type { OpeningRecord, RoundRecord } from '../api.ts';
import { atBlock, type BlockId } from '../chain/at-block.ts';
import type { Registry } from '../chain/registry.ts';
import type { PlatformEvent } from '../chain/scan.ts';
import { ifTold } from '../chain/untold.ts';
import { type OpenedEvent, openingRecord } from './opening.ts';
import { roundRecord, settledIn } from './round.ts';

export interface DeriveParameters {
  readonly client: WickerClient;
  readonly platform: PlatformAddresses;
  readonly registry: Registry;
  /** The newest block. */
  readonly head: bigint;
  /** The block of the last opening of an index before this one; undefined when there was none. */
  readonly openedBefore: (index: Address, block: bigint) => bigint | undefined;
}

const timeOf = async (client: WickerClient, blockHash: Hash): Promise<bigint> =>
  (await getBlock(client, { blockHash })).timestamp;

const openingFrom = async (
  { client, platform, registry, head, openedBefore }: DeriveParameters,
  event: OpenedEvent,
): Promise<OpeningRecord> => {
  const { blockNumber: number, blockHash: hash, transactionHash } = event;
  const then = atBlock(client, { number, hash });
  const indices = event.args.indices.map((index) => getAddress(index));
  const [at, { from }, states] = await Promise.all([
    timeOf(client, hash),
    getTransactionReceipt(client, { hash: transactionHash }),
    Promise.all(
      indices.map((index) =>
        ifTold(number, head, async () => {
          const [{ legs }, { until }] = await Promise.all([
            holdingsOf(then, { platform, index }),
            epochOf(then, { platform, index }),
          ]);
          return { legs, until };
        }),
      ),
    ),
  ]);
  return openingRecord(event, {
    ...{ at, by: from },
    entranceOf: (index) => {
      const before = openedBefore(index, number);
      return { first: before === undefined, reweighed: registry.reweighedBetween(index, before ?? -1n, number) };
    },
    stateOf: (index) => states[indices.indexOf(index)],
  });
};

/** What assets were worth in a block, and which of them were delisted. */
const pricesIn = async (
  client: WickerClient,
  platform: PlatformAddresses,
  assets: readonly Address[],
): Promise<ReadonlyMap<Address, LegPrice>> => {
  const [quotes, since] = await Promise.all([
    quotesOf(client, { platform, assets }),
    delistedSince(client, { platform, assets }),
  ]);
  return new Map(
    quotes.flatMap(({ asset, price, status }) =>
      status === 'dead' ? [] : [[getAddress(asset), { price, delisted: since.get(asset) !== 0n }] as const],
    ),
  );
};

const roundFrom = async (
  { client, platform, head }: DeriveParameters,
  tx: Hash,
  opening: bigint,
  { number, hash }: BlockId,
): Promise<RoundRecord> => {
  const then = atBlock(client, { number, hash });
  const [at, receipt, { anchors }] = await Promise.all([
    timeOf(client, hash),
    getTransactionReceipt(client, { hash: tx }),
    openingOf(client, { platform, opening }), // written once: the same in every block after
  ]);
  const indices = [...settledIn(receipt, platform.vault).keys()];
  const told = await ifTold(number, head, async () => {
    const held = await Promise.all(indices.map((index) => holdingsOf(then, { platform, index })));
    const legs = new Map(held.map((one, i) => [indices[i], one.legs] as const));
    const assets = [...new Set([...held.flatMap((one) => one.legs), ...anchors].map(({ asset }) => asset))];
    return { legs, prices: await pricesIn(then, platform, assets) };
  });
  const anchorOf = new Map(anchors.map(({ asset, price }) => [getAddress(asset), price]));
  return roundRecord(receipt, platform, {
    ...{ at, opening },
    prices: {
      atBlock: (asset) => told?.prices.get(getAddress(asset))?.price,
      atAnchor: (asset) => anchorOf.get(getAddress(asset)),
    },
    legsOf: (index) => told?.legs.get(index),
    priceOf: (asset) => told?.prices.get(getAddress(asset)),
  });
};

/** The records of events: one for each opening, one for each transaction that crossed or traded; in the order of the chain. */
export const deriveRecords = async (
  parameters: DeriveParameters,
  events: readonly PlatformEvent[],
): Promise<readonly (OpeningRecord | RoundRecord)[]> => {
  const rounds = new Set<Hash>();
  const records: (OpeningRecord | RoundRecord)[] = [];
  for (const event of events) {
    if (event.eventName === 'Opened') records.push(await openingFrom(parameters, event));
    if (event.eventName !== 'Crossed' && event.eventName !== 'Traded') continue;
    const { transactionHash: tx, blockNumber: number, blockHash: hash } = event;
    if (rounds.has(tx)) continue;
    rounds.add(tx);
    records.push(await roundFrom(parameters, tx, event.args.opening, { number, hash }));
  }
  return records;
};
