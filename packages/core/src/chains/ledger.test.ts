import { describe, expect, it } from 'vitest';
import { ONE, Q112 } from '../math/scales.ts';
import { BASE, basket } from './basket.ts';
import { chainId } from './chain-id.ts';
import * as Destination from './destination.ts';
import * as Fund from './fund.ts';
import * as Home from './home.ts';
import type { Message, Sent, ToDestination } from './messages.ts';
import { isInFlight, navs } from './nav.ts';
import {
  ARBITRUM,
  arrival,
  DAY,
  freshChain,
  freshHome,
  GAS,
  HOME,
  marketOf,
  POLYGON,
  pathwayTo,
} from './network.fixture.ts';

const NOW = 20_000n * DAY;
const FAIR = { price: Q112, basePrice: Q112 };
const code = (of: string) => expect.objectContaining({ code: of });
const of = (nonce: bigint, { chain } = ARBITRUM) => ({ chain, nonce });
const tokens = (asset: string, amount: bigint) => basket([{ asset, amount }]);

/** Home with a buy of 60 000 on its way to Arbitrum, and its message. */
const onTheWay = (): Sent<Home.Home, ToDestination> => {
  const terms = { chain: ARBITRUM.chain, asset: 'AETH', amount: 60_000n, now: NOW };
  return Home.send(Home.buy(freshHome(100_000n), terms).state, of(1n), NOW);
};

const received = (message: Message<ToDestination>): Destination.Destination =>
  Destination.receive(freshChain(ARBITRUM), arrival(message), NOW);

/** The same, bought and reported. */
const invested = (): { home: Home.Home; there: Destination.Destination } => {
  const { state, message } = onTheWay();
  const bought = Destination.fill(received(message), { nonce: 1n, given: 60_000n, received: 60_000n, ...FAIR });
  const told = Destination.report(bought);
  return { home: Home.receive(state, arrival(told.message)), there: told.state };
};

const navOf = (home: Home.Home, now = NOW) => navs(home, marketOf(0n), now);

describe('docs/rules.md 11: USDC that goes to a chain', () => {
  it('leaves the reserve, is in flight at cost, and counts where it was reported', () => {
    const { state, message } = onTheWay();
    expect(state.books.reserve).toBe(40_000n);
    expect([isInFlight(state), navOf(state)]).toEqual([true, { mint: 100_000n, redeem: 100_000n }]);
    const { home, there } = invested();
    expect(message.body).toEqual({ kind: 'buy', asset: 'AETH', amount: 60_000n });
    expect(there.holdings).toEqual(tokens('AETH', 60_000n));
    expect(Home.free(Home.remoteOf(home, ARBITRUM.chain))).toEqual(tokens('AETH', 60_000n));
    expect([isInFlight(home), navOf(home)]).toEqual([false, { mint: 100_000n, redeem: 100_000n }]);
  });

  it('is bought in parts, at most 100 bp below the prices of now', () => {
    const there = received(onTheWay().message);
    expect(Destination.leastReceived('buy', { given: 10_000n, ...FAIR })).toBe(9_900n);
    expect(Destination.leastReceived('sell', { given: 10_000n, price: 2n * Q112, basePrice: Q112 })).toBe(19_800n);
    expect(() => Destination.fill(there, { nonce: 1n, given: 10_000n, received: 9_899n, ...FAIR })).toThrow(
      code('BELOW_LIMIT'),
    );
    const part = Destination.fill(there, { nonce: 1n, given: 10_000n, received: 9_900n, ...FAIR });
    expect(part.orders).toMatchObject([{ left: 50_000n, got: 9_900n }]);
    expect(part.holdings).toEqual([]);
    expect(() => Destination.fill(part, { nonce: 1n, given: 50_001n, received: 60_000n, ...FAIR })).toThrow(
      code('MORE_THAN_ORDERED'),
    );
  });

  it('is not given away while an asset or USDC has no price', () => {
    const given = { given: 10_000n, price: Q112, basePrice: Q112 };
    for (const kind of ['buy', 'sell'] as const) {
      for (const unpriced of [{ price: 0n }, { basePrice: 0n }]) {
        expect(() => Destination.leastReceived(kind, { ...given, ...unpriced })).toThrow(code('NO_PRICE'));
      }
    }
    const there = received(onTheWay().message);
    const nothing = { nonce: 1n, given: 60_000n, received: 0n, price: Q112, basePrice: 0n };
    expect(() => Destination.fill(there, nothing)).toThrow(code('NO_PRICE'));
  });

  it('brings amounts that a message can carry, or is refused: no order gets stuck by one that cannot', () => {
    const there = received(onTheWay().message);
    const filled = (given: bigint, brought: bigint) =>
      Destination.fill(there, { nonce: 1n, given, received: brought, ...FAIR });
    expect(() => filled(10_000n, 1n << 112n)).toThrow(code('AMOUNT_OUT_OF_RANGE'));
    expect(filled(10_000n, (1n << 112n) - 1n).orders).toMatchObject([{ got: (1n << 112n) - 1n }]);
  });

  it('buys no USDC: nobody would fill that', () => {
    const terms = { chain: ARBITRUM.chain, asset: BASE, amount: 60_000n, now: NOW };
    expect(() => Home.buy(freshHome(100_000n), terms)).toThrow(code('BUYS_USDC'));
  });

  it('waits, counted once, while nobody reports', () => {
    const { state, message } = onTheWay();
    const bought = Destination.fill(received(message), { nonce: 1n, given: 60_000n, received: 60_000n, ...FAIR });
    expect(bought.holdings).toEqual(tokens('AETH', 60_000n));
    expect(navOf(state).mint).toBe(100_000n);
  });

  it('comes back exactly when the bridge gives it up, and can be sent again', () => {
    const { state } = onTheWay();
    expect(() => Home.refund(state, of(1n), 60_001n)).toThrow(code('REFUND_NOT_EXACT'));
    const failed = Home.refund(state, of(1n), 60_000n);
    expect(Home.transferOf(failed, of(1n)).state).toBe('failed');
    expect([failed.books.reserve, navOf(failed).redeem]).toEqual([40_000n, 100_000n]);
    expect(() => Home.refund(failed, of(1n), 60_000n)).toThrow(code('WRONG_STATE'));
    const again = Home.send(failed, of(1n), NOW + DAY);
    expect(again.message).toEqual(onTheWay().message);
    expect(again.state).toEqual(onTheWay().state);
  });
});

describe('docs/rules.md 11: every message', () => {
  const { state, message } = onTheWay();

  it('is heard from the known peer only', () => {
    const forged = { ...message, from: { ...message.from, address: POLYGON.address } };
    expect(() => received(forged)).toThrow(code('UNKNOWN_PEER'));
    expect(() => received({ ...message, from: { ...HOME, chain: POLYGON.chain } })).toThrow(code('UNKNOWN_PEER'));
    expect(() => received({ ...message, to: POLYGON.chain })).toThrow(code('WRONG_CHAIN'));
    const report = Destination.report(freshChain(ARBITRUM)).message;
    expect(() => Home.receive(state, arrival({ ...report, from: { ...ARBITRUM, address: HOME.address } }))).toThrow(
      code('UNKNOWN_PEER'),
    );
    expect(() => Home.receive(state, arrival({ ...report, from: { ...ARBITRUM, chain: chainId(10n) } }))).toThrow(
      code('UNKNOWN_CHAIN'),
    );
  });

  it('is applied once', () => {
    const there = received(message);
    expect(Destination.receive(there, arrival(message), NOW + 1n)).toBe(there);
    const { home } = invested();
    const again = Destination.report(invested().there).message;
    const heard = Home.receive(home, arrival(again));
    expect(Home.receive(heard, arrival(again))).toEqual(heard);
  });

  it('has a least gas, and is retried after it failed', () => {
    expect(() => Destination.receive(freshChain(ARBITRUM), arrival(message, GAS - 1n), NOW)).toThrow(
      code('TOO_LITTLE_GAS'),
    );
    const retried = Home.retry(state, of(1n));
    expect(retried).toEqual(message);
    expect(Destination.receive(freshChain(ARBITRUM), arrival(retried), NOW)).toEqual(received(message));
    expect(() => Home.retry(invested().home, of(1n))).toThrow(code('WRONG_STATE'));
  });

  it('that is an older report never overwrites a newer one', () => {
    const { state: sent, message: buy } = onTheWay();
    const empty = Destination.report(received(buy));
    const bought = Destination.fill(empty.state, { nonce: 1n, given: 60_000n, received: 60_000n, ...FAIR });
    const full = Destination.report(bought);
    const newest = Home.receive(sent, arrival(full.message));
    expect(Home.receive(newest, arrival(empty.message))).toEqual(newest);
    expect(Home.receive(Home.receive(sent, arrival(empty.message)), arrival(full.message))).toEqual(newest);
  });
});

describe('docs/rules.md 11: what is sold on a chain', () => {
  const selling = () => {
    const { home, there } = invested();
    const terms = { chain: ARBITRUM.chain, asset: 'AETH', amount: 20_005n, price: Q112, now: NOW };
    const sent = Home.send(Home.sell(home, terms), of(2n), NOW);
    const arrived = Destination.receive(there, arrival(sent.message), NOW);
    return { home: sent.state, there: arrived };
  };

  it('comes home as USDC, whichever message is first; dust below the bridge unit stays there', () => {
    const { home, there } = selling();
    expect(navOf(home).redeem).toBe(100_000n);
    expect(() => Destination.fill(there, { nonce: 2n, given: 20_004n, received: 20_005n, ...FAIR })).toThrow(
      code('NOT_WHOLE'),
    );
    const sold = Destination.fill(there, { nonce: 2n, given: 20_005n, received: 20_005n, ...FAIR });
    expect(sold.holdings).toEqual(basket([...tokens('AETH', 39_995n), ...tokens(BASE, 5n)]));
    const proceeds = Destination.send(sold, 2n);
    const report = Destination.report(proceeds.state);
    const between = Home.receive(home, arrival(report.message));
    expect([between.books.reserve, navOf(between).mint]).toEqual([40_000n, 100_000n]);
    const last = Home.receive(between, arrival(proceeds.message));
    expect([last.books.reserve, navOf(last).mint]).toEqual([60_000n, 100_000n]);
    expect(Home.receive(last, arrival(proceeds.message))).toEqual(last);
    expect(Home.receive(Home.receive(home, arrival(proceeds.message)), arrival(report.message))).toEqual(last);
  });

  it('is refused above what is free there, and when nobody would fill it', () => {
    const { home } = selling();
    const terms = { chain: ARBITRUM.chain, asset: 'AETH', price: Q112, now: NOW };
    expect(() => Home.sell(home, { ...terms, amount: 39_996n })).toThrow(code('NOT_HELD'));
    expect(() => Home.sell(home, { ...terms, amount: 10_000n })).toThrow(code('ONLY_DUST'));
    expect(() => Home.sell(home, { ...terms, amount: 30_000n, chain: chainId(2n) })).toThrow(code('UNKNOWN_CHAIN'));
  });

  it('counts at cost from the moment it is made: the limits of what is in flight hold before it is sent', () => {
    const { home } = invested();
    const terms = { chain: ARBITRUM.chain, asset: 'AETH', amount: 60_000n, price: Q112, now: NOW };
    const made = Home.sell(home, terms);
    expect(isInFlight(made)).toBe(true);
    const pricing = { market: marketOf(0n), spread: 0n };
    expect(() => Fund.mint(Fund.fund(made), { amount: 1_001n, pricing, now: NOW })).toThrow(code('DAILY_LIMIT'));
    // AETH halves and nobody sends: the reserve does not pay for it what it was worth.
    const all = { shares: 50_000n, holder: 'thief', pricing, now: NOW };
    expect(Fund.redeem(Fund.fund(made), all).redemption.paid).toBe(1_000n);
    expect(navOf(made, NOW + DAY - 1n)).toEqual({ mint: 100_000n, redeem: 100_000n });
    expect(navOf(made, NOW + DAY)).toEqual({ mint: 100_000n, redeem: 40_000n });
    // Sending it does not make its price younger.
    const sent = Home.send(made, of(2n), NOW + DAY - 1n).state;
    expect(navOf(sent, NOW + DAY)).toEqual({ mint: 100_000n, redeem: 40_000n });
  });

  it('has nothing to send before it is sold', () => {
    expect(() => Destination.send(selling().there, 2n)).toThrow(code('NOTHING_TO_SEND'));
  });
});

describe('docs/rules.md 11: a rebalance that is stuck for 7 days', () => {
  const WEEK = 7n * DAY;

  it('is cancelled at home with what is really held: nothing of what is on its way, until it turns up', () => {
    const { state, message } = onTheWay();
    expect(() => Home.cancel(state, of(1n), NOW + WEEK - 1n)).toThrow(code('NOT_STUCK'));
    const cancelled = Home.cancel(state, of(1n), NOW + WEEK);
    expect(isInFlight(cancelled)).toBe(false);
    expect(navOf(cancelled, NOW + WEEK)).toEqual({ mint: 100_000n, redeem: 40_000n });
    expect(() => Home.cancel(cancelled, of(1n), NOW + WEEK)).toThrow(code('WRONG_STATE'));

    const late = Destination.fill(received(message), { nonce: 1n, given: 60_000n, received: 60_000n, ...FAIR });
    const heard = Home.receive(cancelled, arrival(Destination.report(late).message));
    expect(navOf(heard)).toEqual({ mint: 100_000n, redeem: 100_000n });
    const refunded = Home.refund(cancelled, of(1n), 60_000n);
    expect(refunded.books.reserve).toBe(100_000n);
  });

  it('gives back what was never sent, and what the bridge gave back', () => {
    const made = Home.buy(freshHome(100_000n), {
      chain: ARBITRUM.chain,
      asset: 'AETH',
      amount: 60_000n,
      now: NOW,
    }).state;
    expect(made.books.reserve).toBe(40_000n);
    expect(Home.cancel(made, of(1n), NOW + WEEK).books.reserve).toBe(100_000n);
    const failed = Home.refund(onTheWay().state, of(1n), 60_000n);
    expect(Home.cancel(failed, of(1n), NOW + WEEK).books.reserve).toBe(100_000n);
    expect(() => Home.send(Home.cancel(made, of(1n), NOW + WEEK), of(1n), NOW)).toThrow(code('WRONG_STATE'));
  });

  it('is cancelled on its chain with what was bought and what is left', () => {
    const there = received(onTheWay().message);
    const part = Destination.fill(there, { nonce: 1n, given: 25_000n, received: 24_900n, ...FAIR });
    expect(() => Destination.cancel(part, 1n, NOW + WEEK - 1n)).toThrow(code('NOT_STUCK'));
    const cancelled = Destination.cancel(part, 1n, NOW + WEEK);
    expect(cancelled.orders).toEqual([]);
    expect(cancelled.holdings).toEqual(basket([...tokens('AETH', 24_900n), ...tokens(BASE, 35_000n)]));
    const home = Home.receive(onTheWay().state, arrival(Destination.report(cancelled).message));
    expect(navOf(home).mint).toBe(99_900n);
  });
});

describe('docs/rules.md 11: to come and to leave over chains', () => {
  const pricing = { market: marketOf(0n), spread: 0n };
  const fundOf = (home: Home.Home) => Fund.fund(home);

  it('takes the reserve first, the rest of every chain as a credit that is paid there once', () => {
    const { home, there } = invested();
    const { redemption, messages, claims, state } = Fund.redeem(fundOf(home), {
      shares: 70_000n,
      holder: 'alice',
      pricing,
      now: NOW,
    });
    expect(redemption).toMatchObject({ paid: 40_000n, inKindShares: 30_000n, inKindSupply: 60_000n });
    expect(claims).toEqual([]);
    expect(messages.map(({ body }) => body)).toEqual([
      { kind: 'credit', holder: 'alice', amounts: tokens('AETH', 30_000n) },
    ]);
    expect(navOf(state.home)).toEqual({ mint: 30_000n, redeem: 30_000n });
    const credited = messages.reduce((all, one) => Destination.receive(all, arrival(one), NOW), there);
    const { state: after, paid } = Destination.payOut(credited, 2n);
    expect([paid.holder, paid.amounts, after.holdings]).toEqual([
      'alice',
      tokens('AETH', 30_000n),
      tokens('AETH', 30_000n),
    ]);
    expect(() => Destination.payOut(after, 2n)).toThrow(code('NOTHING_READY'));
    expect(Destination.receive(after, arrival(Home.retry(state.home, of(2n))), NOW)).toBe(after);
  });

  it('is limited to 1 % of NAV a day while value is in flight; the rest is in kind, with claims on what arrives', () => {
    const fund = fundOf(onTheWay().state);
    expect(() => Fund.mint(fund, { amount: 1_001n, pricing, now: NOW })).toThrow(code('DAILY_LIMIT'));
    expect(Fund.mint(fund, { amount: 1_000n, pricing, now: NOW }).shares).toBe(1_000n);
    const left = Fund.redeem(fund, { shares: 10_900n, holder: 'alice', pricing, now: NOW });
    expect(left.redemption).toMatchObject({ paid: 1_000n, inKindShares: 9_900n, inKindSupply: 99_000n });
    expect(left.redemption.reserveInKind).toBe(3_900n);
    expect(left.claims).toEqual([{ chain: ARBITRUM.chain, nonce: 1n, amount: 6_000n }]);
    const second = Fund.redeem(left.state, { shares: 891n, holder: 'bob', pricing, now: NOW });
    expect(second.redemption.paid).toBe(0n);
    const next = Fund.redeem(left.state, { shares: 891n, holder: 'bob', pricing, now: NOW + DAY - 1n });
    expect(next.redemption.paid).toBe(0n);
  });

  it('takes at most 5 % of NAV a day when nothing is in flight', () => {
    const fund = fundOf(invested().home);
    expect(() => Fund.mint(fund, { amount: 5_001n, pricing, now: NOW })).toThrow(code('DAILY_LIMIT'));
    const { state } = Fund.mint(fund, { amount: 5_000n, pricing, now: NOW });
    expect(() => Fund.mint(state, { amount: 1n, pricing, now: NOW })).toThrow(code('DAILY_LIMIT'));
    expect(Fund.mint(state, { amount: 1n, pricing, now: NOW + DAY }).shares).toBe(1n);
  });

  it('pays what is in flight for 24 h as a claim on what arrives, also of the shares that the reserve paid', () => {
    const { state: home, message } = onTheWay();
    const later = NOW + DAY;
    expect(navOf(home, later - 1n).redeem).toBe(100_000n);
    expect(navOf(home, later)).toEqual({ mint: 100_000n, redeem: 40_000n });
    const left = Fund.redeem(fundOf(home), { shares: 1_000n, holder: 'alice', pricing, now: later });
    expect(left.redemption).toMatchObject({ paid: 400n, paidShares: 1_000n });
    expect(left.claims).toEqual([{ chain: ARBITRUM.chain, nonce: 1n, amount: 600n }]);
    const claim = { holder: 'alice', amount: 600n };
    expect(() => Home.collect(left.state.home, of(1n), claim)).toThrow(code('WRONG_STATE'));

    const bought = Destination.fill(received(message), { nonce: 1n, given: 60_000n, received: 59_400n, ...FAIR });
    const heard = Home.receive(left.state.home, arrival(Destination.report(bought).message));
    expect(navOf(heard).mint).toBe(39_600n + 58_806n);
    const collected = Home.collect(heard, of(1n), claim);
    expect(collected.message?.body).toEqual({ kind: 'credit', holder: 'alice', amounts: tokens('AETH', 594n) });
    expect(() => Home.collect(collected.state, of(1n), claim)).toThrow(code('NOT_CLAIMED'));
    expect(navOf(collected.state).mint).toBe(39_600n + 58_806n);
  });

  it('who comes pays for what is late, and may come for 1 % of what is not', () => {
    const fund = fundOf(onTheWay().state);
    const later = { pricing, now: NOW + DAY };
    expect(Fund.mint(fund, { amount: 400n, ...later }).shares).toBe(400n);
    expect(() => Fund.mint(fund, { amount: 401n, ...later })).toThrow(code('DAILY_LIMIT'));
  });

  it('needs no price in kind', () => {
    const { home } = invested();
    const { redemption, messages } = Fund.redeem(fundOf(home), { shares: 50_000n, holder: 'alice', now: NOW });
    expect(redemption).toMatchObject({ paid: 0n, reserveInKind: 20_000n });
    expect(messages.map(({ body }) => body)).toMatchObject([{ amounts: tokens('AETH', 30_000n) }]);
    const blind = { market: { holdings: [], prices: [] }, spread: 0n };
    const terms = { shares: 1n, holder: 'alice', pricing: blind, now: NOW };
    expect(() => Fund.redeem(fundOf(home), terms)).toThrow(code('UNKNOWN_ASSET'));
  });

  it('is not stopped by a chain that lost what was promised', () => {
    const { home } = invested();
    const first = Fund.redeem(fundOf(home), { shares: 50_000n, holder: 'alice', now: NOW });
    const { message } = Destination.report({ ...invested().there, holdings: tokens('AETH', 20_000n) });
    const poorer = Home.receive(first.state.home, arrival(message));
    expect(navOf(poorer)).toEqual({ mint: 20_000n, redeem: 20_000n });
    const second = Fund.redeem({ ...first.state, home: poorer }, { shares: 50_000n, holder: 'bob', pricing, now: NOW });
    expect(second.redemption.paid).toBe(20_000n);
    expect(second.messages).toEqual([]);
  });

  it('a sale or credit above what a loss left takes that, and nothing waits for ever', () => {
    const { home, there } = invested();
    const credited = Fund.redeem(fundOf(home), { shares: 50_000n, holder: 'alice', now: NOW });
    const terms = { chain: ARBITRUM.chain, asset: 'AETH', amount: 30_000n, price: Q112, now: NOW };
    const selling = Home.send(Home.sell(credited.state.home, terms), of(3n), NOW);
    const [credit] = credited.messages;
    if (credit === undefined) throw new Error('expected a credit');
    const poor = { ...there, holdings: tokens('AETH', 45_000n) };
    const first = Destination.receive(poor, arrival(credit), NOW);
    const second = Destination.receive(first, arrival(selling.message), NOW);
    expect([first.ready, first.holdings]).toMatchObject([
      [{ amounts: tokens('AETH', 30_000n) }],
      tokens('AETH', 15_000n),
    ]);
    expect([second.orders, second.holdings]).toMatchObject([[{ left: 15_000n }], []]);
    // Nothing is left for a sale or a credit that comes last: it is over, and waits for nothing.
    const empty = { ...there, holdings: basket([]) };
    const over = [credit, selling.message].reduce((all, one) => Destination.receive(all, arrival(one), NOW), empty);
    expect([over.orders, over.ready]).toEqual([[], []]);
    expect(over.outcomes).toMatchObject([{ nonce: 1n }, { nonce: 3n, kept: [], sent: 0n }]);
    const heard = Home.receive(selling.state, arrival(Destination.report(over).message));
    expect(Home.transferOf(heard, of(3n)).state).toBe('ended');
  });

  it('names every chain once, and not home', () => {
    const books = { supply: ONE, effective: ONE, reserve: 0n };
    for (const pathways of [[pathwayTo(ARBITRUM), pathwayTo(ARBITRUM)], [pathwayTo(HOME)]]) {
      expect(() => Home.home(HOME, books, pathways)).toThrow(code('REPEATED_CHAIN'));
    }
    const chains = [pathwayTo(ARBITRUM), pathwayTo(POLYGON)];
    expect(Home.home(HOME, books, chains)).toEqual(Home.home(HOME, books, [...chains].reverse()));
  });
});
