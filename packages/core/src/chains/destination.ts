import { MathError } from '../math/errors.ts';
import { BASIS_POINT, ONE } from '../math/scales.ts';
import { min, mul, sub } from '../math/word.ts';
import * as Clock from '../rebalance/clock.ts';
import * as Orders from '../rebalance/orders.ts';
import { amountIn, BASE, type Basket, basket, EMPTY, messageAmount, minus, plus, within } from './basket.ts';
import { ChainsError } from './errors.ts';
import {
  type Arrival,
  type Outcome,
  type Party,
  type Report,
  requireHeard,
  type Sent,
  type ToDestination,
  type ToHome,
} from './messages.ts';
import { hasNonce, NO_NONCES, type NonceSet, withNonce } from './nonces.ts';
import { bridged, type Pathway } from './pathway.ts';
import { requireStuck } from './transfers.ts';

/** How far below the prices of now a fill on another chain may be {bp}: what no clock may go below at home either (6). */
export const SLIPPAGE_BPS = Clock.FLOOR_BPS;

/** A transfer that arrived and is being filled. Its amounts are apart from the holdings until it ends. */
export interface OpenOrder {
  readonly nonce: bigint;
  readonly kind: 'buy' | 'sell';
  readonly asset: string;
  /** Still to be given: {base} of a buy, {tok} of a sale. */
  readonly left: bigint;
  /** What it brought: {tok} of a buy, {base} of a sale. */
  readonly got: bigint;
  /** {s} of its arrival. */
  readonly since: bigint;
}

/** What lies ready for a holder who left. */
export interface Ready {
  readonly nonce: bigint;
  readonly holder: string;
  readonly amounts: Basket;
}

/** The books of an index at another chain: they know this chain only (docs/rules.md 11). */
export interface Destination {
  readonly party: Party;
  /** To home. */
  readonly pathway: Pathway;
  /** Free: neither in an order nor ready for somebody. */
  readonly holdings: Basket;
  readonly applied: NonceSet;
  readonly orders: readonly OpenOrder[];
  readonly outcomes: readonly Outcome[];
  readonly ready: readonly Ready[];
  /** Of the last message home. */
  readonly sequence: bigint;
}

/** Another chain before any message. */
export const destination = (party: Party, pathway: Pathway): Destination => ({
  party,
  pathway,
  holdings: EMPTY,
  applied: NO_NONCES,
  orders: [],
  outcomes: [],
  ready: [],
  sequence: 0n,
});

/** @throws {ChainsError} UNKNOWN_ORDER */
const orderOf = ({ orders }: Destination, nonce: bigint): OpenOrder => {
  const found = orders.find((one) => one.nonce === nonce);
  if (found !== undefined) return found;
  throw new ChainsError('UNKNOWN_ORDER', `there is no open order ${nonce}`, 'see the open orders');
};

/** Ends an order with what is really held: it joins the holdings, or goes home as far as the bridge takes it. */
const end = (state: Destination, { nonce, kind, asset, left, got }: OpenOrder): Destination => {
  const { sent, kept } = kind === 'sell' ? bridged(state.pathway, got) : { sent: 0n, kept: 0n };
  const stays =
    kind === 'sell'
      ? basket([
          { asset, amount: left },
          { asset: BASE, amount: kept },
        ])
      : basket([
          { asset, amount: got },
          { asset: BASE, amount: left },
        ]);
  return {
    ...state,
    holdings: plus(state.holdings, stays),
    orders: state.orders.filter((one) => one.nonce !== nonce),
    outcomes: [...state.outcomes, { nonce, kept: stays, sent }].sort((a, b) => (a.nonce < b.nonce ? -1 : 1)),
  };
};

/** A buy with no more than dust to give, or a sale of everything, is done: it never waits for a fill that nobody makes. */
const settle = (state: Destination, order: OpenOrder): Destination => {
  const others = state.orders.filter(({ nonce }) => nonce !== order.nonce);
  const orders = [...others, order].sort((a, b) => (a.nonce < b.nonce ? -1 : 1));
  const done = order.kind === 'sell' ? order.left === 0n : order.left <= Orders.ORDER_DUST;
  return done ? end({ ...state, orders }, order) : { ...state, orders };
};

/**
 * Applies a message from home: in any order, each once; one that is known already changes nothing. Home promises only what is
 * here, so less is here after a loss alone: then a sale or credit takes what that left, and is over (docs/rules.md 11).
 *
 * @param now {s}
 * @throws {ChainsError} WRONG_CHAIN, UNKNOWN_PEER, TOO_LITTLE_GAS: the books stay, the message can be delivered again
 */
export const receive = (state: Destination, arrival: Arrival<ToDestination>, now: bigint): Destination => {
  requireHeard(state.party.chain, state.pathway, arrival);
  const { nonce, body } = arrival.message;
  if (hasNonce(state.applied, nonce)) return state;
  const heard = { ...state, applied: withNonce(state.applied, nonce) };
  switch (body.kind) {
    case 'buy':
      return settle(heard, { nonce, kind: 'buy', asset: body.asset, left: body.amount, got: 0n, since: now });
    case 'sell': {
      const { asset } = body;
      const amount = min(body.amount, amountIn(heard.holdings, asset));
      const holdings = minus(heard.holdings, basket([{ asset, amount }]));
      const isCash = asset === BASE;
      const [left, got] = isCash ? [0n, amount] : [amount, 0n];
      return settle({ ...heard, holdings }, { nonce, kind: 'sell', asset, left, got, since: now });
    }
    case 'credit': {
      const amounts = within(body.amounts, heard.holdings);
      if (amounts.length === 0) return heard;
      const { holder } = body;
      const ready = [...heard.ready, { nonce, holder, amounts }].sort((a, b) => (a.nonce < b.nonce ? -1 : 1));
      return { ...heard, holdings: minus(heard.holdings, amounts), ready };
    }
  }
};

/** A fill of an open order. */
export interface FillTerms {
  readonly nonce: bigint;
  /** {base} of a buy, {tok} of a sale. */
  readonly given: bigint;
  /** {tok} of a buy, {base} of a sale. */
  readonly received: bigint;
  /** {base/tok} UQ112 of now. */
  readonly price: bigint;
  /** {base/USDC} UQ112 of now. */
  readonly basePrice: bigint;
}

/**
 * The least that a fill must bring, rounded up: the prices of now less 100 bp (docs/rules.md 11).
 *
 * @throws {MathError} NO_PRICE; OVERFLOW
 */
export const leastReceived = (
  kind: 'buy' | 'sell',
  { given, price, basePrice }: Pick<FillTerms, 'given' | 'price' | 'basePrice'>,
): bigint => {
  if (price === 0n || basePrice === 0n) {
    throw new MathError(
      'NO_PRICE',
      'the asset or USDC has no price now',
      'fill when both have one: no price is no limit',
    );
  }
  const factor = sub(ONE, mul(SLIPPAGE_BPS, BASIS_POINT));
  const [sold, bought] = kind === 'buy' ? [basePrice, price] : [price, basePrice];
  return Clock.minReceived(given, sold, bought, factor);
};

/**
 * This chain's keeper fills an order, at the prices of now or at most 100 bp below. A sale is filled whole, so that whoever has a
 * claim on it knows what it is of; a buy may be filled in parts (docs/rules.md 11).
 *
 * @throws {ChainsError} UNKNOWN_ORDER, MORE_THAN_ORDERED, NOT_WHOLE, BELOW_LIMIT
 * @throws {MathError} NO_PRICE, AMOUNT_OUT_OF_RANGE, OVERFLOW
 */
export const fill = (state: Destination, terms: FillTerms): Destination => {
  const order = orderOf(state, terms.nonce);
  const { given, received } = terms;
  if (given <= 0n || given > order.left) {
    throw new ChainsError('MORE_THAN_ORDERED', `${given} are given of ${order.left}`, 'give above 0 and at most that');
  }
  if (order.kind === 'sell' && given !== order.left) {
    throw new ChainsError('NOT_WHOLE', `${given} of the ${order.left} for sale are given`, 'fill a sale whole');
  }
  const least = leastReceived(order.kind, terms);
  if (received < least) {
    throw new ChainsError('BELOW_LIMIT', `the fill brings ${received}`, `the prices of now ask for ${least}`);
  }
  return settle(state, { ...order, left: order.left - given, got: messageAmount(order.got + received) });
};

/**
 * Ends an order that is 7 days old, with what is really held.
 *
 * @throws {ChainsError} UNKNOWN_ORDER, NOT_STUCK
 */
export const cancel = (state: Destination, nonce: bigint, now: bigint): Destination => {
  const order = orderOf(state, nonce);
  requireStuck(order, now);
  return end(state, order);
};

const nextReport = ({ sequence, holdings, applied, outcomes }: Destination): Report => ({
  sequence: sequence + 1n,
  holdings,
  applied,
  outcomes,
});

const tell = (state: Destination, report: Report, body: ToHome): Sent<Destination, ToHome> => ({
  state: { ...state, sequence: report.sequence },
  message: { from: state.party, to: state.pathway.chain, nonce: report.sequence, body },
});

/** Tells home what is held here. */
export const report = (state: Destination): Sent<Destination, ToHome> => {
  const held = nextReport(state);
  return tell(state, held, { kind: 'report', report: held });
};

/**
 * Sends the USDC of a sale home; once more under the same transfer, so that it cannot count twice, when the message was lost.
 *
 * @throws {ChainsError} NOTHING_TO_SEND for a transfer that is not a sale that brought something
 */
export const send = (state: Destination, transfer: bigint): Sent<Destination, ToHome> => {
  const outcome = state.outcomes.find(({ nonce }) => nonce === transfer);
  if (outcome === undefined || outcome.sent === 0n) {
    throw new ChainsError('NOTHING_TO_SEND', `transfer ${transfer} sent nothing home`, 'see the outcomes');
  }
  const held = nextReport(state);
  const amount = messageAmount(outcome.sent);
  return tell(state, held, { kind: 'proceeds', transfer, amount, report: held });
};

/**
 * Pays what lies ready for a holder; each credit once, at any time, whatever else waits.
 *
 * @throws {ChainsError} NOTHING_READY
 */
export const payOut = (state: Destination, nonce: bigint): { state: Destination; paid: Ready } => {
  const paid = state.ready.find((one) => one.nonce === nonce);
  if (paid === undefined) {
    throw new ChainsError(
      'NOTHING_READY',
      `credit ${nonce} is not here, or was paid`,
      'wait for its message, or retry it',
    );
  }
  return { state: { ...state, ready: state.ready.filter((one) => one !== paid) }, paid };
};
