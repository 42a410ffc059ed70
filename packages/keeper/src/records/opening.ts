import { EPOCH_LASTS, REWEIGH_LASTS } from '@wicker/core';
import type { Leg, LegPrice } from '@wicker/sdk';
import { type Address, getAddress } from 'viem';
import type { OpeningRecord } from '../api.ts';
import type { PlatformEvent } from '../chain/scan.ts';
import { valuationOf } from '../chain/valuation.ts';

export type OpenedEvent = Extract<PlatformEvent, { eventName: 'Opened' }>;

/** {base/tok} UQ112 the anchors of an opening, by asset; without dead ones. */
export const anchorsOf = ({ args: { assets, anchors } }: OpenedEvent): ReadonlyMap<Address, LegPrice> =>
  new Map(
    assets.flatMap((asset, i) => {
      const word = anchors[i] ?? 0n;
      const [price, delistedSince] = [word >> 128n, (word >> 64n) & 0xff_ffff_ffffn];
      return price === 0n ? [] : [[getAddress(asset), { price, delisted: delistedSince !== 0n }] as const];
    }),
  );

/** What the events before tell about an index that enters an epoch. */
export interface Entrance {
  /** Whether it never had an epoch. */
  readonly first: boolean;
  /** Whether its weights were set anew since its last epoch was opened. */
  readonly reweighed: boolean;
}

/** What the chain tells about the block of an opening. */
export interface OpeningContext {
  /** {s} */
  readonly at: bigint;
  /** Who sent it. */
  readonly by: Address;
  readonly entranceOf: (index: Address) => Entrance;
  /** The legs of an index then, and when its epoch ends {s}; undefined when the chain does not tell any more. */
  readonly stateOf: (index: Address) => { readonly legs: readonly Leg[]; readonly until: bigint } | undefined;
}

const later = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** The record of an opening. */
export const openingRecord = (event: OpenedEvent, { at, by, entranceOf, stateOf }: OpeningContext): OpeningRecord => {
  const anchors = anchorsOf(event);
  const entered = event.args.indices.map((index) => ({ index: getAddress(index), ...entranceOf(index) }));
  const until = entered
    .map(({ index, first, reweighed }) => {
      return stateOf(index)?.until ?? at + (first || reweighed ? REWEIGH_LASTS : EPOCH_LASTS);
    })
    .reduce(later, at);
  return {
    kind: 'opening',
    ...{ block: Number(event.blockNumber), blockHash: event.blockHash, at: Number(at) },
    ...{ id: `${event.args.opening}`, tx: event.transactionHash, by: getAddress(by) },
    indices: entered.map(({ index, reweighed }) => {
      const legs = stateOf(index)?.legs;
      const valued = legs === undefined ? undefined : valuationOf(legs, (asset) => anchors.get(getAddress(asset)));
      return {
        ...{ index, why: reweighed ? 'reweigh' : 'drift', driftBps: valued?.driftBps ?? null },
        assets: (valued?.assets ?? []).map(({ asset, weight, target }) => ({
          ...{ asset, weightBps: weight, targetBps: target },
        })),
      };
    }),
    until: Number(until),
  };
};
