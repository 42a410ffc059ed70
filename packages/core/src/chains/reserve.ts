import { BP, effectiveDown } from '../index-fund/shares.ts';
import { MathError } from '../math/errors.ts';
import { mulDivDown } from '../math/fixed-point.ts';
import { min, mul } from '../math/word.ts';
import * as TwoPrices from './two-prices.ts';

/** The reserve from which on a rebalancing is due, of NAV {bp}: 5 %. */
export const RESERVE_DUE_BPS = 500n;

/** The absolute amounts of an index at home. Home's holdings are E times their units, so they are not here. */
export interface Books {
  /** S {share}, with every fee accrued. */
  readonly supply: bigint;
  /** E {share}: moves only when assets at home move. */
  readonly effective: bigint;
  /** {base} USDC at home that waits to be invested. */
  readonly reserve: bigint;
}

/**
 * A mint into the reserve at NAV x (1 + s): S and the reserve grow, E does not (docs/rules.md 11). The shares are floored.
 *
 * @param amount {base}
 * @param nav {base} of the index before the mint
 * @param spread {1e18}
 * @throws {MathError} DIVISION_BY_ZERO for an index worth nothing; NOTHING_MINTED; OVERFLOW
 */
export const mint = (
  books: Books,
  { amount, nav, spread }: { readonly amount: bigint; readonly nav: bigint; readonly spread: bigint },
): { readonly books: Books; readonly shares: bigint } => {
  const shares = TwoPrices.sharesFor(amount, { nav, supply: books.supply, spread });
  if (shares === 0n) throw new MathError('NOTHING_MINTED', `${amount} (1e-6 USDC) buy no share`, 'give more');
  return { books: { ...books, supply: books.supply + shares, reserve: books.reserve + amount }, shares };
};

/** What a redemption asks for. */
export interface RedemptionTerms {
  readonly shares: bigint;
  /** {base} */
  readonly nav: bigint;
  /** {1e18} */
  readonly spread: bigint;
  /** {base} the most that the reserve may pay; 0 takes everything in kind, at no price. */
  readonly room: bigint;
}

/** A redemption: first from the reserve, the rest in kind. */
export interface Redemption {
  /** After it. */
  readonly books: Books;
  /** {base} of all shares, at NAV x (1 - s). */
  readonly value: bigint;
  /** {base} from the reserve, at that price. */
  readonly paid: bigint;
  /** {share} that this took. */
  readonly paidShares: bigint;
  /** {share} the rest; it takes the part `inKindShares / inKindSupply` of everything that is left. */
  readonly inKindShares: bigint;
  /** {share} */
  readonly inKindSupply: bigint;
  /** {share} of E that the rest takes: of each asset at home floor(effective x unit). */
  readonly effective: bigint;
  /** {base} of a reserve that `room` left: in kind like everything else. */
  readonly reserveInKind: bigint;
}

/**
 * A redemption: the reserve first, at NAV x (1 - s), then the rest in kind, pro rata (docs/rules.md 11). Shares that the reserve
 * takes are rounded up, what is paid is floored: NAV / S of those who stay never falls.
 *
 * @throws {MathError} NOT_THAT_MANY_SHARES unless 0 < shares <= S; OVERFLOW
 */
export const redeem = (books: Books, { shares, nav, spread, room }: RedemptionTerms): Redemption => {
  if (shares <= 0n || shares > books.supply) {
    throw new MathError(
      'NOT_THAT_MANY_SHARES',
      `${shares} shares of a supply of ${books.supply} cannot be redeemed`,
      'give above 0 and at most the supply',
    );
  }
  const priced = { nav, supply: books.supply, spread };
  const value = TwoPrices.redeemValue(shares, priced);
  const covered = min(books.reserve, room);
  const paid = min(value, covered);
  // A value of 0 takes nothing from the reserve, so the shares go in kind instead of vanishing.
  const paidShares = value === 0n ? 0n : value <= covered ? shares : TwoPrices.sharesOf(paid, priced);
  const inKindShares = shares - paidShares;
  const inKindSupply = books.supply - paidShares;
  const part = (whole: bigint): bigint => (inKindShares === 0n ? 0n : mulDivDown(whole, inKindShares, inKindSupply));
  const effective = inKindShares === 0n ? 0n : effectiveDown(inKindShares, books.effective, inKindSupply);
  const reserveInKind = part(books.reserve - paid);
  return {
    books: {
      supply: books.supply - shares,
      effective: books.effective - effective,
      reserve: books.reserve - paid - reserveInKind,
    },
    value,
    paid,
    paidShares,
    inKindShares,
    inKindSupply,
    effective,
    reserveInKind,
  };
};

/**
 * Whether the reserve is to be invested: from 5 % of NAV on (docs/rules.md 11).
 *
 * @throws {MathError} OVERFLOW
 */
export const rebalancingDue = ({ reserve, nav }: { readonly reserve: bigint; readonly nav: bigint }): boolean =>
  reserve > 0n && mul(reserve, BP) >= mul(nav, RESERVE_DUE_BPS);
