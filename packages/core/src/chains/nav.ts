import { type Holding, nav } from '../index-fund/nav.ts';
import { MathError } from '../math/errors.ts';
import { Q112 } from '../math/scales.ts';
import { BASE } from './basket.ts';
import { free, type Home, type Remote } from './home.ts';
import * as Transfers from './transfers.ts';

/** The price of an asset at another chain {base/tok} UQ112. */
export interface Price {
  readonly asset: string;
  readonly price: bigint;
}

/** What an index is valued with. */
export interface Market {
  /** What the index holds at home, E x unit of each asset, with prices. */
  readonly holdings: readonly Holding[];
  /** Of all that other chains hold; USDC is 1. */
  readonly prices: readonly Price[];
}

/** NAV for those who come and those who leave {base}. */
export interface Navs {
  /** With everything on its way at cost, also what is late: whoever comes buys no hope for nothing. */
  readonly mint: bigint;
  /** Without what is late: whoever leaves gets a claim on it instead. */
  readonly redeem: bigint;
}

const priceOf = (prices: readonly Price[], asset: string): bigint => {
  if (asset === BASE) return Q112;
  const found = prices.find((one) => one.asset === asset);
  if (found !== undefined) return found.price;
  throw new MathError('UNKNOWN_ASSET', `there is no price of ${asset}`, 'give one, or redeem in kind: that needs none');
};

const remoteNav = (remote: Remote, prices: readonly Price[]): bigint =>
  nav(free(remote).map(({ asset, amount }) => ({ asset, holding: amount, price: priceOf(prices, asset) })));

const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);

/** Whether value counts at cost: then reserve mints and redemptions are limited to 1 % of NAV a day (docs/rules.md 11). */
export const isInFlight = ({ remotes }: Home): boolean =>
  remotes.some(({ transfers }) => transfers.some(Transfers.isAtCost));

/**
 * NAV over all chains: home, what other chains reported and is not promised, and what is on its way; each once
 * (docs/rules.md 11). Every value is floored.
 *
 * @param now {s}
 * @throws {MathError} UNKNOWN_ASSET, OUT_OF_RANGE
 */
export const navs = ({ books, remotes }: Home, { holdings, prices }: Market, now: bigint): Navs => {
  const here = nav(holdings) + books.reserve;
  const there = sum(remotes.map((remote) => remoteNav(remote, prices)));
  const transfers = remotes.flatMap((remote) => remote.transfers);
  const cash = transfers.filter((one) => Transfers.isCash(one, now));
  return {
    mint: here + there + sum(transfers.map(Transfers.worthOf)),
    redeem: here + there + sum(cash.map(Transfers.worthOf)),
  };
};
