import type { Branded } from '../brand.ts';
import { BP } from '../index-fund/shares.ts';
import { MathError } from '../math/errors.ts';
import { mulDivUp } from '../math/fixed-point.ts';

interface Parts {
  /** To those who provide liquidity, in the asset sold into a hop, at every hop {bp}. */
  readonly lpBps: bigint;
  /** To an index pool or to the buffer, once {bp}. */
  readonly rebalancingBps: bigint;
  /** To the DAO in USDC, once {bp}. */
  readonly daoBps: bigint;
}

/** The fee of a swap in its three parts, made by `swapFee`. */
export type SwapFee = Branded<Parts, 'SwapFee'>;

const isFee = (parts: Parts): parts is SwapFee => {
  const all = [parts.lpBps, parts.rebalancingBps, parts.daoBps];
  return all.every((part) => part >= 0n) && all.reduce((sum, part) => sum + part, 0n) < BP;
};

/**
 * The three parts of a fee {bp}, together below 100 % (docs/rules.md 9).
 *
 * @throws {MathError} FEE_OUT_OF_RANGE
 */
export const swapFee = (parts: Parts): SwapFee => {
  if (isFee(parts)) return parts;
  throw new MathError(
    'FEE_OUT_OF_RANGE',
    `fee parts of ${parts.lpBps}, ${parts.rebalancingBps} and ${parts.daoBps} bp`,
    'give parts of at least 0 that sum to less than 10 000 bp',
  );
};

/** 20 bp to those who provide liquidity, 5 to rebalancing, 5 to the DAO (docs/rules.md 9). */
export const DEFAULT_SWAP_FEE: SwapFee = swapFee({ lpBps: 20n, rebalancingBps: 5n, daoBps: 5n });

/** One part of a fee {tok}, rounded up: against the one who swaps (docs/rules.md 9). @param amount {tok} @param bps {bp} */
export const feePart = (amount: bigint, bps: bigint): bigint => mulDivUp(amount, bps, BP);

/** How far the holding of an asset stands from its target over all indices {base}; unknown without a fresh price. */
export interface GlobalGap {
  readonly asset: string;
  readonly gap: bigint | undefined;
}

/** Where the rebalancing part goes: to the index pool of an asset, in that asset, or in USDC to the buffer. */
export type Destination =
  | { readonly kind: 'index-pool'; readonly asset: string }
  | { readonly kind: 'buffer'; readonly reason: 'none-underweight' | 'no-fresh-price' | 'index-pool-full' };

/**
 * Where the rebalancing part of a swap goes, by the state before the trade: to the index pool of the most underweight of the assets
 * that it touches, to the buffer when none is; a gap of 0 is none, of equal gaps the asset with the lower address counts. Without
 * all gaps it goes to the buffer (docs/rules.md 9).
 *
 * @param gaps of the assets of the route, in any order, each once
 */
export const destinationOf = (gaps: readonly GlobalGap[]): Destination => {
  let most: { readonly asset: string; readonly gap: bigint } | undefined;
  for (const { asset, gap } of gaps) {
    if (gap === undefined) return { kind: 'buffer', reason: 'no-fresh-price' };
    if (gap >= 0n) continue;
    if (most === undefined || gap < most.gap || (gap === most.gap && asset < most.asset)) most = { asset, gap };
  }
  return most === undefined
    ? { kind: 'buffer', reason: 'none-underweight' }
    : { kind: 'index-pool', asset: most.asset };
};
