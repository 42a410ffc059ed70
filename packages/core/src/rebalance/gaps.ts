import type { Branded } from '../brand.ts';
import { nav } from '../index-fund/nav.ts';
import { MathError } from '../math/errors.ts';
import { VALUE_LIMIT } from '../math/scales.ts';
import { abs } from '../math/word.ts';
import type { Position } from './drift.ts';
import * as Orders from './orders.ts';
import { requireOnce, sorted } from './sorted.ts';

/** How far an index is from its target in an asset {base}: above 0 it has too much, below 0 too little. */
export interface AssetGap {
  readonly asset: string;
  readonly gap: bigint;
}

/** The gaps of one index, by asset ascending, each asset once. `indexGaps` makes them. */
export type IndexGaps = Branded<{ readonly index: string; readonly gaps: readonly AssetGap[] }, 'IndexGaps'>;

/** What an index holds of an asset and what it should hold, in value {base}. */
export interface ValuedPosition {
  readonly asset: string;
  readonly value: bigint;
  readonly target: bigint;
  readonly gap: bigint;
}

/**
 * The gap of a holding {base}: its value less its target's, 0 when that is no more than dust and there is a target
 * (docs/rules.md 8): what is no order (6) is no gap.
 *
 * @param value {base} of what is held
 * @param target {base} of what should be held
 */
export const gapOf = ({ value, target }: { readonly value: bigint; readonly target: bigint }): bigint => {
  const gap = value - target;
  return abs(gap) <= Orders.ORDER_DUST && target !== 0n ? 0n : gap;
};

/**
 * The gaps of an index, checked.
 *
 * @throws {MathError} DUPLICATE_ASSET; OUT_OF_RANGE for a gap of 2^84 {base} or more
 */
export const indexGaps = (of: { readonly index: string; readonly gaps: readonly AssetGap[] }): IndexGaps => {
  const gaps: readonly AssetGap[] = sorted(of.gaps, ({ asset }) => asset).map(({ asset, gap }) => ({ asset, gap }));
  requireOnce(
    gaps.map(({ asset }) => asset),
    'DUPLICATE_ASSET',
    'asset',
  );
  const wide = gaps.find(({ gap }) => abs(gap) >= VALUE_LIMIT);
  if (wide !== undefined) {
    throw new MathError(
      'OUT_OF_RANGE',
      `a gap of ${wide.gap} in ${wide.asset} is outside the range of the rule`,
      'give gaps below 2^84',
    );
  }
  return { index: of.index, gaps } as IndexGaps;
};

/**
 * Value, target and gap {base} of each asset that an index holds or aims at, in the order given (docs/rules.md 8). The target is
 * the value of the amount that the index should hold (6), so an index that holds that amount has no gap.
 *
 * @throws {MathError} OUT_OF_RANGE
 */
export const valued = (positions: readonly Position[]): ValuedPosition[] => {
  const total = nav(positions);
  return positions.map(({ asset, holding, price, weight }) => {
    const value = Orders.valueOf(holding, price);
    const target = Orders.valueOf(Orders.targetAmount(total, weight, price), price);
    return { asset, value, target, gap: gapOf({ value, target }) };
  });
};

/**
 * The gaps of an index from its positions (docs/rules.md 8).
 *
 * @throws {MathError} OUT_OF_RANGE, DUPLICATE_ASSET
 */
export const gapsOf = (of: { readonly index: string; readonly positions: readonly Position[] }): IndexGaps =>
  indexGaps({ index: of.index, gaps: valued(of.positions) });
