import { MathError } from '../math/errors.ts';
import { ceilDiv } from '../math/fixed-point.ts';
import { ONE, Q112 } from '../math/scales.ts';
import { min } from '../math/word.ts';

/** A difference worth no more than this is no order: 0.01 USDC {base}. Roundings never make an order. */
export const ORDER_DUST = 10_000n;
/** An index that is worth less is neither traded nor reweighed: 1 000 USDC {base}. */
export const MIN_NAV = 1_000_000_000n;
/** A fill need not be worth more than this: 100 USDC {base}. */
export const MIN_FILL_VALUE = 100_000_000n;

const requireRange = (input: bigint, price: bigint, inside: boolean): void => {
  if (inside && input >= 0n && price >= 0n) return;
  throw new MathError(
    'OUT_OF_RANGE',
    `${input} at the price ${price} is outside the range of the rule`,
    'give amounts and prices below 2^128, values below 2^84 and weights below 2^60',
  );
};

/** What an index does about an asset {tok}: sell the excess or buy the deficit; at most one is above 0. */
export interface Order {
  readonly excess: bigint;
  readonly deficit: bigint;
}

/**
 * Value of an amount {base}, floored (docs/rules.md 6).
 *
 * @param amount {tok} < 2^128
 * @param price {base/tok} UQ112 < 2^128
 * @throws {MathError} OUT_OF_RANGE
 */
// biome-ignore lint/suspicious/noShadowRestrictedNames: the rule has this name on chain too
export const valueOf = (amount: bigint, price: bigint): bigint => {
  requireRange(amount, price, (amount | price) >> 128n === 0n);
  return (amount * price) >> 112n;
};

/**
 * The amount {tok} that an index should hold of an asset: its part of NAV, floored, at its price, floored (docs/rules.md 6).
 *
 * @param nav {base} < 2^84
 * @param weight {1e18} < 2^60
 * @param price {base/tok} UQ112 > 0
 * @throws {MathError} OUT_OF_RANGE
 */
export const targetAmount = (nav: bigint, weight: bigint, price: bigint): bigint => {
  requireRange(nav, price, nav >> 84n === 0n && weight >> 60n === 0n && price !== 0n);
  return (((nav * weight) / ONE) << 112n) / price;
};

/**
 * The order of an index in an asset; both amounts are 0 when the difference is dust. What has no target is sold whole: dust that
 * stayed would keep the leg (docs/rules.md 6).
 *
 * @param holding {tok}
 * @param target {tok}
 * @param price {base/tok} UQ112
 * @throws {MathError} OUT_OF_RANGE
 */
export const order = (holding: bigint, target: bigint, price: bigint): Order => {
  const excess = holding > target ? holding - target : 0n;
  const deficit = holding > target ? 0n : target - holding;
  const dust = valueOf(excess + deficit, price) <= ORDER_DUST && target !== 0n;
  return dust ? { excess: 0n, deficit: 0n } : { excess, deficit };
};

/**
 * The smallest fill of an order {tok}: the order, 1 % of the holding or 100 USDC worth, whichever is least; the last two
 * rounded up (docs/rules.md 6).
 *
 * @param orderAmount {tok}
 * @param holding {tok}
 * @param price {base/tok} UQ112 > 0
 * @throws {MathError} DIVISION_BY_ZERO
 */
export const minFill = (orderAmount: bigint, holding: bigint, price: bigint): bigint => {
  const worth = ceilDiv(MIN_FILL_VALUE * Q112, price);
  const part = ceilDiv(holding, 100n);
  return min(orderAmount, min(worth, part));
};
