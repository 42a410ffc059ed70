import type { Branded } from '../brand.ts';
import { BP } from '../index-fund/shares.ts';
import { mulDivDown, mulDivUp } from '../math/fixed-point.ts';
import { Q112 } from '../math/scales.ts';
import { FamilyError } from './errors.ts';

/** The highest performance fee: 20 % {bp}. */
export const MAX_PERFORMANCE_BPS = 2_000n;

/** {bp} of gains above the mark, checked by `performanceFee`. */
export type PerformanceFee = Branded<bigint, 'PerformanceFee'>;

/** A performance fee {bp}. @throws {FamilyError} FEE_OUT_OF_RANGE outside 0 .. 2 000 */
export const performanceFee = (bps: bigint): PerformanceFee => {
  if (bps >= 0n && bps <= MAX_PERFORMANCE_BPS) return bps as PerformanceFee;
  throw new FamilyError('FEE_OUT_OF_RANGE', `${bps} bp are outside 0 .. ${MAX_PERFORMANCE_BPS}`, 'take at most 20 %');
};

/** {base/share} UQ112, the highest token price that a fee was taken at, or the first one. Only `markAt` and `take` make one. */
export type HighWaterMark = Branded<bigint, 'HighWaterMark'>;

/** An index as it stands, every fee accrued and each asset that it holds at a live price: what was left out and returns is no gain. */
export interface Standing {
  /** {base} < 2^84 */
  readonly nav: bigint;
  /** S {share} > 0 */
  readonly supply: bigint;
}

/**
 * The mark where a performance fee begins: the token price of then, rounded up (docs/rules.md 4.2).
 *
 * @throws {MathError} DIVISION_BY_ZERO, OVERFLOW
 */
export const markAt = ({ nav, supply }: Standing): HighWaterMark => mulDivUp(nav, Q112, supply) as HighWaterMark;

/** What taking the fee does. */
export interface Taken {
  /** The gain above the mark {base}, floored. */
  readonly gain: bigint;
  /** What of it is the manager's {base}, floored. */
  readonly fee: bigint;
  /** New shares {share}, floored: worth the fee at the price after them. */
  readonly shares: bigint;
  /**
   * Where the next gain begins: the price before the new shares, rounded up, where that is higher. It rises at a fee of 0 as well: a
   * fee set later never reaches back.
   */
  readonly mark: HighWaterMark;
}

/**
 * Takes the performance fee in new shares (docs/rules.md 4.2): `gain = nav - ceil(mark x supply / 2^112)`,
 * `fee = floor(gain x bps / 10 000)`, `shares = floor(fee x supply / (nav - fee))`. All roundings are against the manager.
 *
 * @throws {MathError} OVERFLOW
 * @example
 * // 1.00 -> 1.20 at 10 %: 0.02 a token, holders keep 1.18; from 1.20 to 1.00 and back nothing
 */
export const take = ({
  nav,
  supply,
  mark,
  bps,
}: Standing & { readonly mark: HighWaterMark; readonly bps: PerformanceFee }): Taken => {
  const due = mulDivUp(mark, supply, Q112);
  const gain = nav > due ? nav - due : 0n;
  const fee = mulDivDown(gain, bps, BP);
  const reached = markAt({ nav, supply });
  return {
    gain,
    fee,
    shares: fee === 0n ? 0n : mulDivDown(fee, supply, nav - fee),
    mark: reached > mark ? reached : mark,
  };
};
