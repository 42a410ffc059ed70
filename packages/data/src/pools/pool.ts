import type { Address } from 'viem';

/** An ERC-20 with its price. */
export interface PricedToken {
  readonly address: Address;
  readonly decimals: number;
  /** {USD/tok} of a whole token = digits / 10^scale */
  readonly price: { readonly digits: bigint; readonly scale: number };
}

/** A pool of two tokens, as of one block. */
export interface Pool {
  /** Name of the exchange. */
  readonly venue: string;
  readonly address: Address;
  /** {tok} of the token and of what it trades against. */
  readonly held: { readonly token: bigint; readonly quote: bigint };
  /**
   * What a trade loses against the price before it, pool fee aside {1e18}, rounded up (docs/rules.md 6).
   *
   * @param sell whether the token goes in
   * @param amountIn {in} > 0
   */
  readonly impact: (sell: boolean, amountIn: bigint) => Promise<bigint>;
}

const CENTS = 100n;

/** {USD/100}, floored */
export const centsOf = (amount: bigint, { decimals, price }: PricedToken): bigint =>
  (amount * price.digits * CENTS) / 10n ** BigInt(decimals + price.scale);

/** {tok} that so many {USD/100} buy, floored; 0 where the token has no price. */
export const amountOf = (cents: bigint, { decimals, price }: PricedToken): bigint =>
  price.digits === 0n ? 0n : (cents * 10n ** BigInt(decimals + price.scale)) / (CENTS * price.digits);
