import { Q112 } from '../math/scales.ts';
import type { Basket } from './basket.ts';
import { type ChainId, chainId } from './chain-id.ts';
import * as Destination from './destination.ts';
import * as Fund from './fund.ts';
import * as Home from './home.ts';
import type { Arrival, Message, ToDestination, ToHome } from './messages.ts';
import { type Market, navs } from './nav.ts';
import { hasNonce } from './nonces.ts';
import { type Pathway, pathway } from './pathway.ts';
import * as Transfers from './transfers.ts';

const address = (digit: string): string => `0x${digit.repeat(40)}`;

export const HOME = { chain: chainId(1n), address: address('1') };
/** Neither is its own position among the two. */
export const ARBITRUM = { chain: chainId(42_161n), address: address('2') };
export const POLYGON = { chain: chainId(137n), address: address('3') };
export const ASSETS = ['AETH', 'BETH'] as const;
export const GAS = 200_000n;
export const DAY = 86_400n;

export const pathwayTo = ({ chain, address: peer }: { chain: ChainId; address: string }, bridgeUnit = 10n): Pathway =>
  pathway({
    chain,
    peer,
    sendLibrary: address('a'),
    receiveLibrary: address('b'),
    verifiers: [address('c'), address('d')],
    minGas: GAS,
    bridgeUnit,
    bridgeMinimum: 100n,
  });

/** With enough gas. */
export const arrival = <Body>(message: Message<Body>, gas = GAS): Arrival<Body> => ({ message, gas });

/** E and supply are 1 {base} a {share}: every number of these tests is exact. */
export const freshHome = (reserve: bigint, invested = 0n): Home.Home =>
  Home.home(HOME, { supply: reserve + invested, effective: invested, reserve }, [
    pathwayTo(ARBITRUM),
    pathwayTo(POLYGON),
  ]);

export const freshChain = (party: { chain: ChainId; address: string }): Destination.Destination =>
  Destination.destination(party, pathwayTo(HOME));

/** Everything costs 1 {base} a {tok}. */
export const marketOf = (effective: bigint): Market => ({
  holdings: [{ asset: 'HOME', holding: effective, price: Q112 }],
  prices: ASSETS.map((asset) => ({ asset, price: Q112 })),
});

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
const total = (of: Basket): bigint => sum(of.map(({ amount }) => amount));

/** {base} of a transfer that falls to claims. */
const owedOf = (transfer: Transfers.Transfer): bigint => {
  switch (transfer.state) {
    case 'created':
    case 'failed':
      return transfer.claimed;
    case 'inFlight':
    case 'cancelled':
      return transfer.worth - Transfers.worthOf(transfer);
    case 'ended':
      return transfer.due.home + total(transfer.due.remote);
  }
};

interface ClaimOf extends Fund.ChainClaim {
  readonly holder: string;
}

/** A home, two chains, a bridge, and a network that loses, delays, doubles and reorders. Its clock, prices and fills are fair. */
export class Network {
  fund: Fund.Fund;
  readonly chains = [freshChain(ARBITRUM), freshChain(POLYGON)];
  readonly toChains: Message<ToDestination>[] = [];
  readonly toHome: Message<ToHome>[] = [];
  /** {base} what lies in the bridge, by its way and transfer. */
  readonly bridge = new Map<string, bigint>();
  readonly claims: ClaimOf[] = [];
  /** {base} paid by holders who came. */
  paidIn: bigint;
  /** {base} what each holder has got, in whatever form. */
  readonly paidOut = new Map<string, bigint>();
  /** {share} */
  readonly sharesOf = new Map<string, bigint>();
  /** {base} credits that home gave, paid or not. */
  credited = 0n;
  now = 20_000n * DAY;

  constructor(reserve: bigint) {
    this.fund = Fund.fund(freshHome(reserve));
    this.paidIn = reserve;
    this.sharesOf.set('founder', reserve);
  }

  get home(): Home.Home {
    return this.fund.home;
  }

  set home(home: Home.Home) {
    this.fund = { ...this.fund, home };
  }

  get transfers(): { chain: ChainId; transfer: Transfers.Transfer }[] {
    return this.home.remotes.flatMap(({ pathway: { chain }, transfers }) =>
      transfers.map((transfer) => ({ chain, transfer })),
    );
  }

  chainOf(chain: ChainId): Destination.Destination {
    const found = this.chains.find(({ party }) => party.chain === chain);
    if (found === undefined) throw new Error(`no chain ${chain}`);
    return found;
  }

  setChain(state: Destination.Destination): void {
    this.chains[this.chains.findIndex(({ party }) => party.chain === state.party.chain)] = state;
  }

  pay(holder: string, amount: bigint): void {
    this.paidOut.set(holder, (this.paidOut.get(holder) ?? 0n) + amount);
  }

  get market(): Market {
    return marketOf(this.home.books.effective);
  }

  mint(holder: string, amount: bigint): void {
    const { state, shares } = Fund.mint(this.fund, {
      amount,
      pricing: { market: this.market, spread: 0n },
      now: this.now,
    });
    this.fund = state;
    this.paidIn += amount;
    this.sharesOf.set(holder, (this.sharesOf.get(holder) ?? 0n) + shares);
  }

  redeem(holder: string, shares: bigint, priced: boolean): void {
    const terms = { shares, holder, now: this.now };
    const pricing = { market: this.market, spread: 0n };
    const left = Fund.redeem(this.fund, priced ? { ...terms, pricing } : terms);
    this.fund = left.state;
    this.sharesOf.set(holder, (this.sharesOf.get(holder) ?? 0n) - shares);
    this.pay(holder, left.redemption.paid + left.redemption.reserveInKind + left.redemption.effective);
    for (const message of left.messages) this.#credit(message);
    this.claims.push(...left.claims.map((claim) => ({ ...claim, holder })));
  }

  #credit(message: Message<ToDestination>): void {
    if (message.body.kind === 'credit') this.credited += total(message.body.amounts);
    this.toChains.push(message);
  }

  /** The first send locks the USDC of a buy in the bridge. */
  send(chain: ChainId, nonce: bigint): void {
    const { state, message } = Home.send(this.home, { chain, nonce }, this.now);
    this.home = state;
    if (message.body.kind === 'buy') this.bridge.set(`out ${chain} ${nonce}`, message.body.amount);
    this.toChains.push(message);
  }

  /** The bridge carries USDC once: a message without any is void, unless it was applied already. */
  deliverToChain(message: Message<ToDestination>): void {
    const chain = this.chainOf(message.to);
    const way = `out ${message.to} ${message.nonce}`;
    const isVoid = message.body.kind === 'buy' && !this.bridge.has(way) && !hasNonce(chain.applied, message.nonce);
    if (isVoid) return;
    this.setChain(Destination.receive(chain, arrival(message), this.now));
    this.bridge.delete(way);
  }

  deliverToHome(message: Message<ToHome>): void {
    this.home = Home.receive(this.home, arrival(message));
    if (message.body.kind === 'proceeds') this.bridge.delete(`back ${message.from.chain} ${message.body.transfer}`);
  }

  refund(chain: ChainId, nonce: bigint): void {
    const way = `out ${chain} ${nonce}`;
    const amount = this.bridge.get(way);
    if (amount === undefined) return;
    this.home = Home.refund(this.home, { chain, nonce }, amount);
    this.bridge.delete(way);
  }

  /** An ended sale puts its USDC into the bridge, once. */
  #ended(before: Destination.Destination, after: Destination.Destination): void {
    for (const { nonce, sent } of after.outcomes) {
      const isNew = !before.outcomes.some((one) => one.nonce === nonce);
      if (isNew && sent > 0n) this.bridge.set(`back ${after.party.chain} ${nonce}`, sent);
    }
    this.setChain(after);
  }

  fill(chain: ChainId, nonce: bigint, part: bigint): void {
    const before = this.chainOf(chain);
    const order = before.orders.find((one) => one.nonce === nonce);
    if (order === undefined) return;
    const given = order.kind === 'sell' ? order.left : (order.left * part + 99n) / 100n;
    const prices = { price: Q112, basePrice: Q112 };
    this.#ended(before, Destination.fill(before, { nonce, given, received: given, ...prices }));
  }

  cancelOrder(chain: ChainId, nonce: bigint): void {
    const before = this.chainOf(chain);
    this.#ended(before, Destination.cancel(before, nonce, this.now));
  }

  report(chain: ChainId): void {
    const { state, message } = Destination.report(this.chainOf(chain));
    this.setChain(state);
    this.toHome.push(message);
  }

  proceeds(chain: ChainId, nonce: bigint): void {
    const before = this.chainOf(chain);
    const { state, message } = Destination.send(before, nonce);
    this.setChain(state);
    this.toHome.push(message);
  }

  payOut(chain: ChainId, nonce: bigint): void {
    const { state, paid } = Destination.payOut(this.chainOf(chain), nonce);
    this.setChain(state);
    this.pay(paid.holder, total(paid.amounts));
  }

  collect({ chain, nonce, amount, holder }: ClaimOf): void {
    const collected = Home.collect(this.home, { chain, nonce }, { holder, amount });
    this.home = collected.state;
    this.pay(holder, collected.paid);
    if (collected.message !== undefined) this.#credit(collected.message);
    this.claims.splice(
      this.claims.findIndex(
        (one) => one.chain === chain && one.nonce === nonce && one.holder === holder && one.amount === amount,
      ),
      1,
    );
  }

  /** {base} tokens that exist, wherever they lie, and those that were paid out. */
  get held(): bigint {
    const { reserve, effective } = this.home.books;
    const apart = this.transfers.map(({ transfer }) => {
      if (Transfers.isApart(transfer)) return transfer.amount;
      return transfer.state === 'ended' ? transfer.due.home : 0n;
    });
    const there = this.chains.map(
      ({ holdings, orders, ready }) =>
        total(holdings) +
        sum(orders.map(({ left, got }) => left + got)) +
        sum(ready.map(({ amounts }) => total(amounts))),
    );
    return (
      reserve + effective + sum(apart) + sum(there) + sum([...this.bridge.values()]) + sum([...this.paidOut.values()])
    );
  }

  /** {base} what home's books say there is: for holders, for claims, credited, paid at home. */
  get counted(): bigint {
    const owed = this.transfers.map(({ transfer }) => owedOf(transfer));
    const paidThere = this.credited - this.uncollected;
    const paidHere = sum([...this.paidOut.values()]) - paidThere;
    return navs(this.home, this.market, this.now).mint + sum(owed) + this.credited + paidHere;
  }

  /** {base} credits that nobody was paid yet. */
  get uncollected(): bigint {
    const paid = (chain: ChainId, nonce: bigint): boolean => {
      const { applied, ready } = this.chainOf(chain);
      return hasNonce(applied, nonce) && !ready.some((one) => one.nonce === nonce);
    };
    return sum(
      this.home.remotes.flatMap(({ pathway: { chain }, credits }) =>
        credits.filter(({ nonce }) => !paid(chain, nonce)).map(({ amounts }) => total(amounts)),
      ),
    );
  }

  /** Retries everything until nothing is on its way: what a patient keeper does. */
  bringHome(): void {
    for (const { chain, transfer } of this.transfers) {
      if (transfer.state === 'created' || transfer.state === 'failed') this.send(chain, transfer.nonce);
    }
    for (const {
      pathway: { chain },
      transfers,
      credits,
    } of this.home.remotes) {
      const open = [...transfers.filter(({ state }) => state === 'inFlight' || state === 'cancelled'), ...credits];
      for (const { nonce } of open) this.deliverToChain(Home.retry(this.home, { chain, nonce }));
    }
    for (const {
      party: { chain },
    } of this.chains) {
      for (const { nonce } of this.chainOf(chain).orders) this.fill(chain, nonce, 100n);
      for (const { nonce, sent } of this.chainOf(chain).outcomes) if (sent > 0n) this.proceeds(chain, nonce);
      this.report(chain);
    }
    for (const message of this.toHome) this.deliverToHome(message);
  }

  /** Everybody is paid what is theirs. */
  payEverybody(): void {
    for (const claim of [...this.claims]) this.collect(claim);
    this.bringHome();
    for (const {
      party: { chain },
    } of this.chains) {
      for (const { nonce } of this.chainOf(chain).ready) this.payOut(chain, nonce);
    }
  }
}
