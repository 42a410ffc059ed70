import { type Leg, type LegPrice, vaultAbi } from '@wicker/sdk';
import {
  type Address,
  getAddress,
  hexToBigInt,
  isAddressEqual,
  parseEventLogs,
  sliceHex,
  type TransactionReceipt,
} from 'viem';
import type { RoundRecord } from '../api.ts';
import { type Valuation, valuationOf } from '../chain/valuation.ts';
import { fillsOf, type RoundPrices, skippedOf } from './fills.ts';

/** {byte} of a change of a holding in the vault's event: int128 */
const DELTA_SIZE = 16;

/** By how much the holdings of an index changed {tok}, by asset; without those that did not. */
export type Deltas = ReadonlyMap<Address, bigint>;

/** What the vault booked in a transaction, by index. */
export const settledIn = (receipt: TransactionReceipt, vault: Address): ReadonlyMap<Address, Deltas> => {
  const events = parseEventLogs({ abi: vaultAbi, logs: receipt.logs, eventName: 'Settled', strict: true });
  const booked = new Map<Address, Map<Address, bigint>>();
  for (const { address, args } of events) {
    if (!isAddressEqual(address, vault)) continue;
    for (const [i, index] of args.indices.entries()) {
      const deltas = booked.get(getAddress(index)) ?? new Map<Address, bigint>();
      booked.set(getAddress(index), deltas);
      for (const [j, asset] of args.assets.entries()) {
        const at = (j * args.indices.length + i) * DELTA_SIZE;
        const delta = hexToBigInt(sliceHex(args.deltas, at, at + DELTA_SIZE), { signed: true, size: DELTA_SIZE });
        if (delta !== 0n) deltas.set(getAddress(asset), (deltas.get(getAddress(asset)) ?? 0n) + delta);
      }
    }
  }
  return new Map([...booked].filter(([, deltas]) => deltas.size > 0));
};

/** What the chain tells about the block of a round; what it does not tell any more is left out. */
export interface RoundContext {
  /** {s} */
  readonly at: bigint;
  readonly opening: bigint;
  readonly prices: RoundPrices;
  /** The legs of an index after the round. */
  readonly legsOf: (index: Address) => readonly Leg[] | undefined;
  /** The price of an asset that counts, in the round's block. */
  readonly priceOf: (asset: Address) => LegPrice | undefined;
}

type IndexRound = RoundRecord['indices'][number];

const valued = (legs: readonly Leg[] | undefined, { priceOf }: RoundContext): Valuation | undefined =>
  legs === undefined ? undefined : valuationOf(legs, priceOf);

/** The holdings before the round: those after it less what it changed. */
const before = (legs: readonly Leg[], deltas: Deltas): Leg[] =>
  legs.map((leg) => {
    const amount = leg.amount - (deltas.get(getAddress(leg.asset)) ?? 0n);
    return { ...leg, amount: amount < 0n ? 0n : amount };
  });

const indexRound = (index: Address, deltas: Deltas, context: RoundContext): IndexRound => {
  const legs = context.legsOf(index);
  const after = valued(legs, context);
  const earlier = valued(legs === undefined ? undefined : before(legs, deltas), context);
  const find = (valuation: Valuation | undefined, asset: Address) =>
    valuation?.assets.find((one) => isAddressEqual(one.asset, asset));
  return {
    index,
    driftBefore: earlier?.driftBps ?? null,
    driftAfter: after?.driftBps ?? null,
    deltas: [...deltas].map(([asset, amount]) => ({
      ...{ asset, amount: `${amount}` },
      weightBefore: find(earlier, asset)?.weight ?? null,
      weightAfter: find(after, asset)?.weight ?? null,
      target: find(after, asset)?.target ?? null,
    })),
  };
};

/** The record of a transaction that crossed or traded. */
export const roundRecord = (
  receipt: TransactionReceipt,
  { rebalancer, vault }: { readonly rebalancer: Address; readonly vault: Address },
  context: RoundContext,
): RoundRecord => ({
  kind: 'round',
  ...{ block: Number(receipt.blockNumber), blockHash: receipt.blockHash, at: Number(context.at) },
  ...{ tx: receipt.transactionHash, opening: `${context.opening}`, by: getAddress(receipt.from) },
  ...{ gasUsed: `${receipt.gasUsed}`, gasPrice: `${receipt.effectiveGasPrice}` },
  fills: fillsOf(receipt, rebalancer, context.prices),
  skipped: skippedOf(receipt, rebalancer),
  indices: [...settledIn(receipt, vault)].map(([index, deltas]) => indexRound(index, deltas, context)),
});
