import { BP } from '../index-fund/shares.ts';

/** By how much a replacement may differ from the present price at once, and a source from the median {bp}. */
export const NEAR_BPS = 200n;

/** How far a price is from another, and how far it may be. Prices are of one scale and below 2^240. */
export interface Nearness {
  readonly price: bigint;
  readonly of: bigint;
  /** Parts of `of` {bp}. */
  readonly bps: bigint;
}

/** Whether `price` differs from `of` by at most `bps` of `of`, exactly. Nothing but 0 is near 0 (docs/rules.md 5). */
export const isNear = ({ price, of, bps }: Nearness): boolean => {
  const difference = price > of ? price - of : of - price;
  return difference * BP <= of * bps;
};
