import { ONE } from '../math/scales.ts';
import { partOf } from './basket.ts';
import type { ChainId } from './chain-id.ts';
import * as DailyUse from './daily-use.ts';
import { ChainsError } from './errors.ts';
import { credit, free, type Home, remoteOf, withRemote } from './home.ts';
import type { Message, ToDestination } from './messages.ts';
import { isInFlight, type Market, navs } from './nav.ts';
import * as Reserve from './reserve.ts';
import * as Transfers from './transfers.ts';

/** An index over many chains, open to those who come and leave (docs/rules.md 11). The fees of 3 come on top. */
export interface Fund {
  readonly home: Home;
  /** Of reserve mints. */
  readonly minted: DailyUse.DailyUse;
  /** Of redemptions from the reserve. */
  readonly redeemed: DailyUse.DailyUse;
}

/** A fund that nobody came to or left today. */
export const fund = (home: Home): Fund => ({ home, minted: DailyUse.UNUSED, redeemed: DailyUse.UNUSED });

/** What prices a reserve mint or redemption. */
export interface Pricing {
  readonly market: Market;
  /** {1e18}, see `TwoPrices.spread` */
  readonly spread: bigint;
}

/**
 * A mint into the reserve, at most 5 % of NAV a day, 1 % while value is in flight (docs/rules.md 11).
 *
 * @param amount {base}
 * @param now {s}
 * @returns `shares` {share}, before the fee of 3
 * @throws {ChainsError} DAILY_LIMIT
 * @throws {MathError} NOTHING_MINTED, DIVISION_BY_ZERO for an index worth nothing, UNKNOWN_ASSET, OVERFLOW
 */
export const mint = (
  state: Fund,
  { amount, pricing, now }: { readonly amount: bigint; readonly pricing: Pricing; readonly now: bigint },
): { readonly state: Fund; readonly shares: bigint } => {
  const { mint: high, redeem: low } = navs(state.home, pricing.market, now);
  const part = isInFlight(state.home) ? DailyUse.WHILE_IN_FLIGHT : DailyUse.MINTS_A_DAY;
  const limit = { part, nav: low, now };
  const room = DailyUse.room(state.minted, limit);
  if (amount > room) {
    throw new ChainsError(
      'DAILY_LIMIT',
      `${amount} (1e-6 USDC) are above the ${room} that the reserve still takes today`,
      'mint less, or wait for the next UTC day',
    );
  }
  const { books, shares } = Reserve.mint(state.home.books, { amount, nav: high, spread: pricing.spread });
  const minted = DailyUse.record(state.minted, amount, limit);
  return { state: { ...state, home: { ...state.home, books }, minted }, shares };
};

/** A claim on what arrives, with the chain of its transfer. */
export interface ChainClaim extends Transfers.Claim {
  readonly chain: ChainId;
}

/** What a redemption brings. */
export interface Left {
  readonly state: Fund;
  /** USDC, shares and effective supply at home. */
  readonly redemption: Reserve.Redemption;
  /** Credits on other chains. */
  readonly messages: readonly Message<ToDestination>[];
  /** On what is on its way. */
  readonly claims: readonly ChainClaim[];
}

/** What a redemption asks for. */
export interface LeaveTerms {
  readonly shares: bigint;
  /** Who gets credits and claims. */
  readonly holder: string;
  /** Without it everything is in kind, and no price is needed. */
  readonly pricing?: Pricing;
  /** {s} */
  readonly now: bigint;
}

/** What the reserve may pay {base}, and at which prices. */
const reserveTerms = ({ home, redeemed }: Fund, { pricing, now }: LeaveTerms) => {
  if (pricing === undefined) return { nav: 0n, spread: 0n, room: 0n };
  const nav = navs(home, pricing.market, now).redeem;
  const limit = { part: DailyUse.WHILE_IN_FLIGHT, nav, now };
  const room = isInFlight(home) ? DailyUse.room(redeemed, limit) : home.books.reserve;
  return { nav, spread: pricing.spread, room };
};

/**
 * A redemption: the reserve first, the rest in kind, pro rata, of everything that is not promised to somebody else: E, what is
 * left of the reserve, what other chains reported, and claims on what is on its way. Of what is late even the shares that the
 * reserve paid get a claim: its price left it out (docs/rules.md 11). No switch and no message stands before it.
 *
 * @throws {MathError} NOT_THAT_MANY_SHARES; UNKNOWN_ASSET, OVERFLOW only with prices
 */
export const redeem = (state: Fund, terms: LeaveTerms): Left => {
  const { shares, holder, now } = terms;
  const { nav, spread, room } = reserveTerms(state, terms);
  const before = state.home.books;
  const redemption = Reserve.redeem(before, { shares, nav, spread, room });
  const { inKindShares, inKindSupply, paid } = redemption;

  let home: Home = { ...state.home, books: redemption.books };
  const messages: Message<ToDestination>[] = [];
  const claims: ChainClaim[] = [];
  for (const { pathway } of state.home.remotes) {
    const { chain } = pathway;
    const remote = remoteOf(home, chain);
    const transfers = remote.transfers.map((transfer) => {
      const [part, whole] = Transfers.isCash(transfer, now) ? [inKindShares, inKindSupply] : [shares, before.supply];
      if (part === 0n) return transfer;
      const made = Transfers.claim(transfer, part, whole);
      if (made.claim > 0n) claims.push({ chain, nonce: transfer.nonce, amount: made.claim });
      return made.transfer;
    });
    home = withRemote(home, { ...remote, transfers });
    if (inKindShares === 0n) continue;
    const amounts = partOf(free(remote), inKindShares, inKindSupply);
    if (amounts.length === 0) continue;
    const sent = credit(home, { chain, holder, amounts });
    home = sent.state;
    messages.push(sent.message);
  }
  const limit = { part: ONE, nav, now };
  const redeemed = paid === 0n ? state.redeemed : DailyUse.record(state.redeemed, paid, limit);
  return { state: { ...state, home, redeemed }, redemption, messages, claims };
};
