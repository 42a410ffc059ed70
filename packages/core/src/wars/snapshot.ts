import { nav } from '../index-fund/nav.ts';
import { mulDivDown } from '../math/fixed-point.ts';
import { ONE } from '../math/scales.ts';
import { mul } from '../math/word.ts';
import { counted, type QuotedPosition } from '../price/frozen.ts';

/** A thing of each side. */
export interface Sides<T> {
  readonly a: T;
  readonly b: T;
}

/** One of the two sides. */
export type Side = keyof Sides<unknown>;

/** What an index is worth at one moment: its price is nav / supply, kept as the two so that nothing is rounded. */
export interface Worth {
  /** {base} */
  readonly nav: bigint;
  /** {share} with accrued fees */
  readonly supply: bigint;
}

/** What the price feeds say about an index at one moment, or why they say nothing: see `valuationOf`. */
export type Valuation = ({ readonly kind: 'valid' } & Worth) | { readonly kind: 'failed'; readonly reason: string };

/**
 * What an index is worth at a moment: valid only when each asset that it holds has a live price (docs/rules.md 13). NAV leaves a
 * dead one out and counts a frozen one as it was (5): neither would be a gain or a loss of the index.
 *
 * @param supply {share} with accrued fees
 * @throws {MathError} OUT_OF_RANGE
 */
export const valuationOf = ({
  positions,
  supply,
}: {
  readonly positions: readonly QuotedPosition[];
  readonly supply: bigint;
}): Valuation => {
  const unknown = positions.find(({ holding, quote }) => holding > 0n && quote.status !== 'live');
  if (unknown !== undefined) return { kind: 'failed', reason: `the price of ${unknown.asset} is not live` };
  return { kind: 'valid', nav: nav(counted(positions)), supply };
};

/** What both are worth at one moment. */
export interface Snapshot {
  /** {s} */
  readonly at: bigint;
  /** Whether it was taken more than an hour after its time. */
  readonly late: boolean;
  readonly worth: Sides<Worth>;
}

/** How an index did, or both. */
export type Verdict =
  | { readonly kind: 'won'; readonly side: Side; readonly performance: Sides<bigint> }
  | { readonly kind: 'tied'; readonly performance: Sides<bigint> };

/**
 * The price of a whole token, for people {base}, floored: NAV / supply (docs/rules.md 13).
 *
 * @throws {MathError} DIVISION_BY_ZERO, OVERFLOW
 */
export const priceOf = ({ nav, supply }: Worth): bigint => mulDivDown(nav, ONE, supply);

/**
 * Performance {1e18}, floored, below 0 for a loss: price(end) / price(start) - 1 (docs/rules.md 13). The prices are not rounded on
 * the way, so equal performances are equal.
 *
 * @param worth of one index at the start, above 0, and at the end
 * @throws {MathError} DIVISION_BY_ZERO, OVERFLOW when a NAV times a supply needs more than 256 bits
 */
export const performanceOf = ({ start, end }: { readonly start: Worth; readonly end: Worth }): bigint =>
  mulDivDown(mul(end.nav, start.supply), ONE, mul(start.nav, end.supply)) - ONE;

/**
 * Who won: the higher performance; equal to the last of 18 digits is a tie (docs/rules.md 13).
 *
 * @throws {MathError} OVERFLOW
 */
export const verdictOf = (start: Snapshot, end: Snapshot): Verdict => {
  const performance = {
    a: performanceOf({ start: start.worth.a, end: end.worth.a }),
    b: performanceOf({ start: start.worth.b, end: end.worth.b }),
  };
  if (performance.a === performance.b) return { kind: 'tied', performance };
  return { kind: 'won', side: performance.a > performance.b ? 'a' : 'b', performance };
};
