import { mulDivDown, mulDivUp } from '../math/fixed-point.ts';

/** One in basis points {bp}. */
export const BP = 10_000n;

/**
 * The mint or redeem fee in index tokens, rounded up: against the one who comes or goes, never against those who stay
 * (docs/rules.md 3).
 *
 * @param shares {share} minted or redeemed, before the fee
 * @param feeBps {bp} <= BP
 * @returns {share}
 * @throws {MathError} OVERFLOW
 */
export const feeOf = (shares: bigint, feeBps: bigint): bigint => mulDivUp(shares, feeBps, BP);

/**
 * Effective supply of a mint: ceil(shares * E / S) (docs/rules.md 1).
 *
 * @param shares {share}
 * @param effectiveSupply E {share}
 * @param supply S {share} > 0, with the accrued fee
 * @throws {MathError} DIVISION_BY_ZERO, OVERFLOW
 */
export const effectiveUp = (shares: bigint, effectiveSupply: bigint, supply: bigint): bigint =>
  mulDivUp(shares, effectiveSupply, supply);

/**
 * Effective supply of a redeem: floor(shares * E / S) (docs/rules.md 1).
 *
 * @param shares {share}
 * @param effectiveSupply E {share}
 * @param supply S {share} > 0, with the accrued fee
 * @throws {MathError} DIVISION_BY_ZERO, OVERFLOW
 */
export const effectiveDown = (shares: bigint, effectiveSupply: bigint, supply: bigint): bigint =>
  mulDivDown(shares, effectiveSupply, supply);
