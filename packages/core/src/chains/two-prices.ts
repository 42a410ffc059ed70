import { mulDivDown, mulDivUp } from '../math/fixed-point.ts';
import { BASIS_POINT, ONE } from '../math/scales.ts';
import { add, max, mul, sub } from '../math/word.ts';

/** The least spread on each side of NAV {1e18}: 25 bp. */
export const LEAST_SPREAD = 25n * BASIS_POINT;

/**
 * The spread s on each side of NAV {1e18}: half the largest deviation threshold of the basket, at least 25 bp. It stays in the
 * index: nobody gains by knowing better than the feeds what the basket is worth (docs/rules.md 11).
 *
 * @param qBps deviation threshold of each asset's feeds {bp}
 * @throws {MathError} OVERFLOW
 */
export const spread = (qBps: readonly bigint[]): bigint =>
  qBps.reduce((widest, q) => max(widest, mul(q, BASIS_POINT) / 2n), LEAST_SPREAD);

/** An index at a moment. */
export interface Priced {
  /** {base} */
  readonly nav: bigint;
  /** {share} > 0, with every fee accrued */
  readonly supply: bigint;
  /** {1e18} < ONE */
  readonly spread: bigint;
}

/**
 * What `shares` cost at NAV x (1 + s) {base}, rounded up (docs/rules.md 11).
 *
 * @throws {MathError} DIVISION_BY_ZERO, OVERFLOW
 */
export const mintCost = (shares: bigint, { nav, supply, spread }: Priced): bigint =>
  mulDivUp(shares, mul(nav, add(ONE, spread)), mul(supply, ONE));

/**
 * The shares that `amount` {base} buys at NAV x (1 + s), floored (docs/rules.md 11).
 *
 * @throws {MathError} DIVISION_BY_ZERO for an index worth nothing; OVERFLOW
 */
export const sharesFor = (amount: bigint, { nav, supply, spread }: Priced): bigint =>
  mulDivDown(amount, mul(supply, ONE), mul(nav, add(ONE, spread)));

/**
 * What `shares` are worth at NAV x (1 - s) {base}, floored (docs/rules.md 11).
 *
 * @throws {MathError} DIVISION_BY_ZERO, OVERFLOW
 */
export const redeemValue = (shares: bigint, { nav, supply, spread }: Priced): bigint =>
  mulDivDown(shares, mul(nav, sub(ONE, spread)), mul(supply, ONE));

/**
 * The shares that `paid` {base} at NAV x (1 - s) take away, rounded up (docs/rules.md 11).
 *
 * @throws {MathError} DIVISION_BY_ZERO for an index worth nothing; OVERFLOW
 */
export const sharesOf = (paid: bigint, { nav, supply, spread }: Priced): bigint =>
  mulDivUp(paid, mul(supply, ONE), mul(nav, sub(ONE, spread)));
