import * as Orders from '../rebalance/orders.ts';
import { BASE, type Basket, basket, type MessageAmount, messageAmount, minus, without } from './basket.ts';
import type { ChainId } from './chain-id.ts';
import { ChainsError } from './errors.ts';
import {
  type Arrival,
  type Message,
  type Party,
  type Report,
  requireHeard,
  type Sent,
  type ToDestination,
  type ToHome,
} from './messages.ts';
import { hasNonce, NO_NONCES } from './nonces.ts';
import { bridged, type Pathway } from './pathway.ts';
import type { Books } from './reserve.ts';
import * as Transfers from './transfers.ts';

/** What a holder who left is to get at another chain. */
export interface Credit {
  readonly nonce: bigint;
  readonly holder: string;
  readonly amounts: Basket;
}

/** Another chain as home knows it. */
export interface Remote {
  readonly pathway: Pathway;
  /** Number of the last message to it. */
  readonly last: bigint;
  readonly transfers: readonly Transfers.Transfer[];
  readonly credits: readonly Credit[];
  /** The newest that was heard. */
  readonly report: Report;
}

/** The books of an index at home, which knows all chains (docs/rules.md 11). */
export interface Home {
  readonly party: Party;
  readonly books: Books;
  /** Ascending by chain id, each chain once. */
  readonly remotes: readonly Remote[];
}

/** A transfer or credit by the chain that it concerns and its number. */
export interface Reference {
  readonly chain: ChainId;
  readonly nonce: bigint;
}

const NOTHING_HEARD: Report = { sequence: 0n, holdings: basket([]), applied: NO_NONCES, outcomes: [] };

/**
 * Home before any message. @param books with the first mint in it
 *
 * @throws {ChainsError} REPEATED_CHAIN for two pathways to one chain, or one to home itself
 */
export const home = (party: Party, books: Books, pathways: readonly Pathway[]): Home => {
  const chains = new Set([party.chain, ...pathways.map(({ chain }) => chain)]);
  if (chains.size !== pathways.length + 1) {
    throw new ChainsError('REPEATED_CHAIN', 'two pathways lead to one chain', 'name each chain once, and not home');
  }
  const remotes = [...pathways]
    .sort((a, b) => (a.chain < b.chain ? -1 : 1))
    .map((pathway) => ({ pathway, last: 0n, transfers: [], credits: [], report: NOTHING_HEARD }));
  return { party, books, remotes };
};

/** A chain by its id, never by its position. @throws {ChainsError} UNKNOWN_CHAIN */
export const remoteOf = ({ remotes }: Home, chain: ChainId): Remote => {
  const found = remotes.find(({ pathway }) => pathway.chain === chain);
  if (found !== undefined) return found;
  throw new ChainsError(
    'UNKNOWN_CHAIN',
    `this index has nothing to do with chain ${chain}`,
    `name one of ${remotes.map(({ pathway }) => pathway.chain).join(', ')}`,
  );
};

/** @throws {ChainsError} UNKNOWN_TRANSFER */
export const transferOf = (state: Home, { chain, nonce }: Reference): Transfers.Transfer => {
  const found = remoteOf(state, chain).transfers.find((one) => one.nonce === nonce);
  if (found !== undefined) return found;
  throw new ChainsError('UNKNOWN_TRANSFER', `there is no transfer ${nonce} with chain ${chain}`, 'see the transfers');
};

export const withRemote = (state: Home, remote: Remote): Home => ({
  ...state,
  remotes: state.remotes.map((one) => (one.pathway.chain === remote.pathway.chain ? remote : one)),
});

const withTransfer = (state: Home, chain: ChainId, transfer: Transfers.Transfer): Home => {
  const remote = remoteOf(state, chain);
  const transfers = remote.transfers.map((one) => (one.nonce === transfer.nonce ? transfer : one));
  return withRemote(state, { ...remote, transfers });
};

const land = (state: Home, chain: ChainId, { transfer, toReserve }: Transfers.Landed): Home => {
  const { books } = state;
  return withTransfer({ ...state, books: { ...books, reserve: books.reserve + toReserve } }, chain, transfer);
};

/**
 * What home may dispose of at a chain: the newest report, less everything that the report cannot know of yet and less what is
 * owed to claims; nothing of an asset of which a chain lost more than is left, so that a loss never stops a redemption
 * (docs/rules.md 11).
 */
export const free = ({ report, transfers, credits }: Remote): Basket => {
  const isOpen = ({ nonce }: { nonce: bigint }): boolean => !hasNonce(report.applied, nonce);
  const promised = [
    ...transfers.filter((one) => one.kind === 'sell' && one.state !== 'ended' && isOpen(one)),
    ...credits.filter(isOpen).flatMap(({ amounts }) => amounts),
    ...transfers.flatMap((one) => (one.state === 'ended' ? one.due.remote : [])),
  ];
  return without(report.holdings, basket(promised));
};

const created = (
  state: Home,
  remote: Remote,
  transfer: Pick<Transfers.Transfer, 'kind' | 'asset' | 'amount' | 'cost'>,
  now: bigint,
): Home => {
  const nonce = remote.last + 1n;
  const made: Transfers.Transfer = { ...transfer, nonce, claimed: 0n, state: 'created', since: now };
  return withRemote(state, { ...remote, last: nonce, transfers: [...remote.transfers, made] });
};

/** A purchase on another chain. */
export interface BuyTerms {
  readonly chain: ChainId;
  readonly asset: string;
  /** {base} from the reserve. */
  readonly amount: bigint;
  /** {s} */
  readonly now: bigint;
}

/**
 * Makes a transfer that buys an asset on another chain with USDC of the reserve. What the bridge cannot carry stays in the
 * reserve at once; when that is all of it no transfer is made, and nothing waits (docs/rules.md 11).
 *
 * @returns `kept` {base} what stayed
 * @throws {ChainsError} UNKNOWN_CHAIN, BUYS_USDC, RESERVE_TOO_SMALL
 * @throws {MathError} AMOUNT_OUT_OF_RANGE
 */
export const buy = (state: Home, { chain, asset, amount, now }: BuyTerms): { state: Home; kept: bigint } => {
  const remote = remoteOf(state, chain);
  const { reserve } = state.books;
  if (asset === BASE) {
    throw new ChainsError('BUYS_USDC', `USDC is sent to chain ${chain} to buy USDC`, 'name the asset to buy');
  }
  const checked = messageAmount(amount);
  if (checked > reserve) {
    throw new ChainsError('RESERVE_TOO_SMALL', `${amount} are wanted of a reserve of ${reserve}`, 'send at most that');
  }
  const { sent, kept } = bridged(remote.pathway, amount);
  if (sent === 0n) return { state, kept };
  const apart = { ...state, books: { ...state.books, reserve: reserve - sent } };
  return { state: created(apart, remote, { kind: 'buy', asset, amount: messageAmount(sent), cost: sent }, now), kept };
};

/** A sale on another chain, its proceeds to come home. */
export interface SellTerms {
  readonly chain: ChainId;
  readonly asset: string;
  /** {tok} of what is free there. */
  readonly amount: bigint;
  /** {base/tok} UQ112: what is sold counts at this until its proceeds are known. */
  readonly price: bigint;
  /** {s} */
  readonly now: bigint;
}

/**
 * Makes a transfer that sells an asset on another chain, or brings USDC home that is free there (docs/rules.md 11).
 *
 * @throws {ChainsError} UNKNOWN_CHAIN, NOT_HELD, ONLY_DUST when it is worth 0.01 USDC or less: nobody would fill it
 * @throws {MathError} AMOUNT_OUT_OF_RANGE, OUT_OF_RANGE
 */
export const sell = (state: Home, { chain, asset, amount, price, now }: SellTerms): Home => {
  const remote = remoteOf(state, chain);
  const checked: MessageAmount = messageAmount(amount);
  minus(free(remote), basket([{ asset, amount }]));
  const cost = asset === BASE ? amount : Orders.valueOf(amount, price);
  if (cost <= Orders.ORDER_DUST) {
    throw new ChainsError(
      'ONLY_DUST',
      `${amount} of ${asset} are worth ${cost} (1e-6 USDC)`,
      'sell more, or let it be',
    );
  }
  return created(state, remote, { kind: 'sell', asset, amount: checked, cost }, now);
};

const envelope = (state: Home, chain: ChainId, nonce: bigint, body: ToDestination): Message<ToDestination> => ({
  from: state.party,
  to: chain,
  nonce,
  body,
});

const transferMessage = (state: Home, chain: ChainId, transfer: Transfers.Transfer): Message<ToDestination> => {
  const { kind, asset, amount, nonce } = transfer;
  return envelope(state, chain, nonce, { kind, asset, amount });
};

const creditMessage = (state: Home, chain: ChainId, { nonce, holder, amounts }: Credit): Message<ToDestination> =>
  envelope(state, chain, nonce, { kind: 'credit', holder, amounts });

/**
 * Sends a transfer that was created, or that failed.
 *
 * @throws {ChainsError} UNKNOWN_CHAIN, UNKNOWN_TRANSFER, WRONG_STATE
 */
export const send = (state: Home, of: Reference, now: bigint): Sent<Home, ToDestination> => {
  const transfer = Transfers.send(transferOf(state, of), now);
  return {
    state: withTransfer(state, of.chain, transfer),
    message: transferMessage(state, of.chain, transfer),
  };
};

/**
 * The same message once more: under its own number, so that it cannot count twice, and without new USDC. For a transfer on its way
 * or a credit; anyone may ask for it.
 *
 * @throws {ChainsError} UNKNOWN_CHAIN, UNKNOWN_TRANSFER, WRONG_STATE
 */
export const retry = (state: Home, of: Reference): Message<ToDestination> => {
  const credit = remoteOf(state, of.chain).credits.find(({ nonce }) => nonce === of.nonce);
  if (credit !== undefined) return creditMessage(state, of.chain, credit);
  const transfer = transferOf(state, of);
  if ('leg' in transfer) return transferMessage(state, of.chain, transfer);
  throw new ChainsError('WRONG_STATE', `transfer ${of.nonce} is ${transfer.state}`, 'retry what is on its way');
};

/** The bridge gave a transfer's USDC back. @throws {ChainsError} as `Transfers.refund`; UNKNOWN_TRANSFER */
export const refund = (state: Home, of: Reference, amount: bigint): Home =>
  land(state, of.chain, Transfers.refund(transferOf(state, of), amount));

/** Gives a transfer up that is 7 days old. @throws {ChainsError} as `Transfers.cancel`; UNKNOWN_TRANSFER */
export const cancel = (state: Home, of: Reference, now: bigint): Home =>
  land(state, of.chain, Transfers.cancel(transferOf(state, of), now));

/** Promises amounts that are free at a chain to a holder who left, and tells the chain. @throws {ChainsError} NOT_HELD */
export const credit = (
  state: Home,
  { chain, holder, amounts }: { readonly chain: ChainId; readonly holder: string; readonly amounts: Basket },
): Sent<Home, ToDestination> => {
  const remote = remoteOf(state, chain);
  minus(free(remote), amounts);
  const made = { nonce: remote.last + 1n, holder, amounts };
  return {
    state: withRemote(state, { ...remote, last: made.nonce, credits: [...remote.credits, made] }),
    message: creditMessage(state, chain, made),
  };
};

/**
 * Pays a claim on an ended transfer: USDC at home, the rest by a credit at the other chain.
 *
 * @param claim the holder's own, which is gone after this: these books have the sum of all claims on the transfer
 * @throws {ChainsError} WRONG_STATE before it ended
 * @throws {MathError} NOT_CLAIMED
 */
export const collect = (
  state: Home,
  of: Reference,
  claim: { readonly holder: string; readonly amount: bigint },
): { readonly state: Home; readonly paid: bigint; readonly message: Message<ToDestination> | undefined } => {
  const { holder, amount } = claim;
  const { transfer, paid } = Transfers.pay(transferOf(state, of), amount);
  const after = withTransfer(state, of.chain, transfer);
  if (paid.remote.length === 0) return { state: after, paid: paid.home, message: undefined };
  return { ...credit(after, { chain: of.chain, holder, amounts: paid.remote }), paid: paid.home };
};

/** The newest report stays, and what it says of transfers is learnt; an older one changes nothing. */
const hear = (remote: Remote, report: Report): Remote => {
  if (report.sequence <= remote.report.sequence) return remote;
  const outcomes = new Map(report.outcomes.map((one) => [one.nonce, one]));
  const transfers = remote.transfers.map((transfer) => {
    const outcome = outcomes.get(transfer.nonce);
    return outcome === undefined ? transfer : Transfers.learn(transfer, outcome);
  });
  return { ...remote, transfers, report };
};

/**
 * Applies a message from another chain: in any order, each once; one that is known already changes nothing (docs/rules.md 11).
 *
 * @throws {ChainsError} WRONG_CHAIN, UNKNOWN_PEER, UNKNOWN_CHAIN, TOO_LITTLE_GAS, UNKNOWN_TRANSFER, PROCEEDS_NOT_EXACT: the books
 *   stay, the message can be delivered again
 */
export const receive = (state: Home, arrival: Arrival<ToHome>): Home => {
  const { from, body } = arrival.message;
  const remote = remoteOf(state, from.chain);
  requireHeard(state.party.chain, remote.pathway, arrival);
  const heard = withRemote(state, hear(remote, body.report));
  switch (body.kind) {
    case 'report':
      return heard;
    case 'proceeds': {
      const transfer = transferOf(heard, { chain: from.chain, nonce: body.transfer });
      return land(heard, from.chain, Transfers.arrive(transfer, body.amount));
    }
  }
};
