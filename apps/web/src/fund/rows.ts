// The assets of a fund as its table shows them.
import { Orders } from '@wicker/core';
import type { QuoteStatus, ReadIndexReturnType } from '@wicker/sdk';
import type { Address } from 'viem';
import { toBps } from '../format/number.ts';
import { type BandPosition, bandPosition, scaleOf } from './band.ts';

/** What an asset needs to reach its target. */
export interface Need {
  readonly what: 'sell' | 'buy';
  /** {base} */
  readonly value: bigint;
}

export interface HoldingRow {
  readonly asset: Address;
  /** {bps} of NAV */
  readonly weightBps: number;
  readonly targetBps: number;
  readonly band: BandPosition;
  /** {tok} */
  readonly amount: bigint;
  /** {base} of all of it; undefined without a price */
  readonly value: bigint | undefined;
  /** {base} of one whole token; undefined without a price */
  readonly price: bigint | undefined;
  readonly status: QuoteStatus;
  readonly need: Need | undefined;
}

type Asset = ReadIndexReturnType['assets'][number];

const needOf = ({ excess, deficit, price }: Asset): Need | undefined => {
  if (excess > 0n) return { what: 'sell', value: Orders.valueOf(excess, price) };
  return deficit > 0n ? { what: 'buy', value: Orders.valueOf(deficit, price) } : undefined;
};

/** @param decimalsOf {1} of a token */
export const holdingRows = (
  assets: readonly Asset[],
  decimalsOf: (asset: Address) => number,
): readonly HoldingRow[] => {
  const weights = assets.map(({ weight, target }) => ({ weightBps: toBps(weight), targetBps: toBps(target) }));
  const scale = scaleOf(weights);
  return assets.map((one, i): HoldingRow => {
    const { weightBps, targetBps } = weights[i] ?? { weightBps: 0, targetBps: 0 };
    const priced = one.price > 0n;
    return {
      ...{ asset: one.asset, amount: one.amount, status: one.status, weightBps, targetBps, need: needOf(one) },
      band: bandPosition(weightBps, targetBps, scale),
      value: priced ? Orders.valueOf(one.amount, one.price) : undefined,
      price: priced ? Orders.valueOf(10n ** BigInt(decimalsOf(one.asset)), one.price) : undefined,
    };
  });
};

/** By what the table can be sorted. */
export type SortKey = 'asset' | 'weight' | 'off' | 'price' | 'value' | 'need';
export interface Sorting {
  readonly by: SortKey;
  readonly descending: boolean;
}

const needValue = ({ need }: HoldingRow): bigint => {
  if (need === undefined) return 0n;
  return need.what === 'sell' ? need.value : -need.value;
};

const compare = <T extends string | number | bigint>(a: T, b: T): number => (a === b ? 0 : a < b ? -1 : 1);

/** The rows in an order; ties keep theirs. */
export const sortRows = (
  rows: readonly HoldingRow[],
  { by, descending }: Sorting,
  nameOf: (asset: Address) => string,
): readonly HoldingRow[] => {
  const ascending = (a: HoldingRow, b: HoldingRow): number => {
    if (by === 'asset') return compare(nameOf(a.asset), nameOf(b.asset));
    if (by === 'weight') return compare(a.weightBps, b.weightBps);
    if (by === 'off') return compare(a.band.offBps, b.band.offBps);
    if (by === 'price') return compare(a.price ?? 0n, b.price ?? 0n);
    return by === 'value' ? compare(a.value ?? 0n, b.value ?? 0n) : compare(needValue(a), needValue(b));
  };
  return rows.toSorted((a, b) => (descending ? ascending(b, a) : ascending(a, b)));
};
