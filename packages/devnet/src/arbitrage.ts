import type { Reserves } from './venues.ts';

/** Of 1 000 that go into a Uniswap v2 pool, 997 trade and 3 are the providers' fee. */
const FEE_SCALE = 1_000n;
const AFTER_FEE = 997n;

/** A price as an exact fraction of smallest units: `token` of the token are worth `base` of the base. */
export interface Price {
  readonly base: bigint;
  readonly token: bigint;
}

/** A swap on a pool: what goes in, how much, and how much comes out, in smallest units. */
export interface Swap {
  readonly sell: 'token' | 'base';
  readonly amountIn: bigint;
  readonly amountOut: bigint;
}

/** Floor of the square root of a number that is not negative, by Newton's method from above. */
export const sqrt = (value: bigint): bigint => {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
};

/** What a Uniswap v2 pool pays for `amountIn`, floored, as its own library computes it. */
export const amountOut = (amountIn: bigint, reserveIn: bigint, reserveOut: bigint): bigint => {
  const paid = amountIn * AFTER_FEE;
  return (paid * reserveOut) / (reserveIn * FEE_SCALE + paid);
};

/**
 * With reserves x and y, f = 997/1000 and a price p {out/in}, `a` pays f a y / (x + f a). The gain over p a is greatest
 * where the slope f x y / (x + f a)^2 is p, so at a = sqrt(x y / (f p)) - x / f.
 */
const bestAmountIn = (reserveIn: bigint, reserveOut: bigint, priceIn: bigint, priceOut: bigint): bigint =>
  sqrt((reserveIn * reserveOut * FEE_SCALE * priceIn) / (AFTER_FEE * priceOut)) -
  (reserveIn * FEE_SCALE + AFTER_FEE - 1n) / AFTER_FEE;

/**
 * The swap with the greatest gain on a Uniswap v2 pool for somebody who trades at `price` elsewhere. After it the pool's
 * price is within the fee of `price`.
 *
 * @returns undefined when the pool is so near already that no swap gains
 */
export const arbitrage = (reserves: Reserves, price: Price): Swap | undefined => {
  for (const sell of ['token', 'base'] as const) {
    const buy = sell === 'token' ? 'base' : 'token';
    const amountIn = bestAmountIn(reserves[sell], reserves[buy], price[sell], price[buy]);
    if (amountIn <= 0n) continue;
    const out = amountOut(amountIn, reserves[sell], reserves[buy]);
    if (out > 0n) return { sell, amountIn, amountOut: out };
  }
  return undefined;
};
