import { MathError } from '../math/errors.ts';
import { mulDivDown } from '../math/fixed-point.ts';
import { sub } from '../math/word.ts';
import { type Basket, basket, EMPTY, type MessageAmount, minus, partOf } from './basket.ts';
import { ChainsError } from './errors.ts';
import type { Outcome } from './messages.ts';

/** From this age on what is in flight is no longer cash for who redeems, but a claim on what arrives {s}: 24 h. */
export const FRESH = 86_400n;
/** From this age on a transfer, or an order at its destination, can be cancelled with what is really held {s}: 7 days. */
export const STUCK = 604_800n;

/** What does not change about a transfer of value between home and a chain. */
interface TransferTerms {
  readonly nonce: bigint;
  /** `buy` sends USDC to buy the asset there, `sell` sells the asset there and sends the USDC home. */
  readonly kind: 'buy' | 'sell';
  readonly asset: string;
  /** {base} of a buy, {tok} of a sale. */
  readonly amount: MessageAmount;
  /** {base} that it cost: the amount of a buy, the value of what is sold. Claims are counted in it. */
  readonly cost: bigint;
  /** {base} <= cost: whose that is left with a claim on what arrives. */
  readonly claimed: bigint;
}

/** On its way: out until its outcome is reported, then back as USDC when it was a sale. */
interface OnTheWay {
  readonly leg: 'out' | 'back';
  /** {base} the cost on the way out, the USDC in the bridge on the way back. */
  readonly worth: bigint;
}

/** What of an ended transfer its claims are paid from. */
export interface Due {
  /** {base} at home. */
  readonly home: bigint;
  /** At the other chain. */
  readonly remote: Basket;
}

/**
 * Where a transfer is. `since` {s} is when it was made; of a buy, once it was sent, when that was first: sending it again does not
 * renew it, and a sale keeps the age of its price.
 */
export type TransferState =
  /** Made; its USDC lies at home, apart from the reserve. */
  | { readonly state: 'created'; readonly since: bigint }
  | ({ readonly state: 'inFlight'; readonly since: bigint } & OnTheWay)
  /** The bridge gave the USDC back; it lies at home again, apart. */
  | { readonly state: 'failed'; readonly since: bigint }
  /** Given up after 7 days with nothing of it at home; what turns up later still counts. */
  | ({ readonly state: 'cancelled' } & OnTheWay)
  /** All of it arrived, there or at home. */
  | { readonly state: 'ended'; readonly due: Due };

/** A transfer of value between home and a chain, as home knows it (docs/rules.md 11). */
export type Transfer = TransferTerms & TransferState;

/** A transfer, and what of it falls to the reserve {base}. */
export interface Landed {
  readonly transfer: Transfer;
  readonly toReserve: bigint;
}

const wrongState = (transfer: Transfer, wanted: string): never => {
  throw new ChainsError(
    'WRONG_STATE',
    `transfer ${transfer.nonce} is ${transfer.state}`,
    `this is for a transfer that is ${wanted}`,
  );
};

const ended = (transfer: Transfer, due: Due): Transfer => {
  const { nonce, kind, asset, amount, cost, claimed } = transfer;
  return { nonce, kind, asset, amount, cost, claimed, state: 'ended', due };
};

const claimedOf = (whole: bigint, { claimed, cost }: Transfer): bigint => mulDivDown(whole, claimed, cost);

/** Whether the USDC of a transfer lies at home, apart from the reserve. */
export const isApart = ({ kind, state }: Transfer): boolean =>
  kind === 'buy' && (state === 'created' || state === 'failed');

/** Created or failed -> in flight. @throws {ChainsError} WRONG_STATE */
export const send = (transfer: Transfer, now: bigint): Transfer => {
  switch (transfer.state) {
    case 'created':
      return {
        ...transfer,
        ...{ state: 'inFlight', leg: 'out', worth: transfer.cost },
        since: transfer.kind === 'buy' ? now : transfer.since,
      };
    case 'failed':
      return { ...transfer, state: 'inFlight', leg: 'out', worth: transfer.cost };
    case 'inFlight':
    case 'cancelled':
    case 'ended':
      return wrongState(transfer, 'created or failed');
  }
};

/**
 * The bridge gave the USDC of a buy back: in flight -> failed. After it was cancelled it ends instead: the reserve gets what no
 * claim is on.
 *
 * @param amount {base} that came back: exactly what was sent
 * @throws {ChainsError} WRONG_STATE, REFUND_NOT_EXACT
 */
export const refund = (transfer: Transfer, amount: bigint): Landed => {
  const onTheWay = transfer.state === 'inFlight' || transfer.state === 'cancelled';
  if (!onTheWay || transfer.kind !== 'buy') return wrongState(transfer, 'a buy in flight');
  if (amount !== transfer.amount) {
    throw new ChainsError(
      'REFUND_NOT_EXACT',
      `${amount} came back of the ${transfer.amount} that transfer ${transfer.nonce} sent`,
      'a refund is exactly what was sent, whatever else the contract holds',
    );
  }
  if (transfer.state === 'cancelled') return landAtHome(transfer, amount);
  const { nonce, kind, asset, cost, claimed, since } = transfer;
  return {
    transfer: { nonce, kind, asset, amount: transfer.amount, cost, claimed, state: 'failed', since },
    toReserve: 0n,
  };
};

const landAtHome = (transfer: Transfer, amount: bigint): Landed => {
  const home = claimedOf(amount, transfer);
  return { transfer: ended(transfer, { home, remote: EMPTY }), toReserve: amount - home };
};

/**
 * Gives a transfer up after 7 days with what is really held: all of it when it lies at home, nothing when it is on its way.
 *
 * @throws {ChainsError} WRONG_STATE, NOT_STUCK
 */
export const cancel = (transfer: Transfer, now: bigint): Landed => {
  if (transfer.state === 'cancelled' || transfer.state === 'ended') return wrongState(transfer, 'not over');
  requireStuck(transfer, now);
  if (transfer.state === 'inFlight') {
    const { since: _, ...rest } = transfer;
    return { transfer: { ...rest, state: 'cancelled' }, toReserve: 0n };
  }
  if (transfer.kind === 'buy') return landAtHome(transfer, transfer.cost);
  // The asset never left the holdings there.
  const remote = partOf(basket([transfer]), transfer.claimed, transfer.cost);
  return { transfer: ended(transfer, { home: 0n, remote }), toReserve: 0n };
};

/** @throws {ChainsError} NOT_STUCK before 7 days are over */
export const requireStuck = ({ nonce, since }: { nonce: bigint; since: bigint }, now: bigint): void => {
  if (sub(now, since) < STUCK) {
    throw new ChainsError('NOT_STUCK', `transfer ${nonce} is younger than 7 days`, 'retry it, or wait');
  }
};

/**
 * What its destination says became of a transfer. A buy ends there; a sale that brought USDC is on its way back, worth that.
 * News that is known already changes nothing.
 *
 * @throws {ChainsError} UNSENT_OUTCOME for a transfer whose USDC lies at home
 */
export const learn = (transfer: Transfer, { kept, sent }: Outcome): Transfer => {
  switch (transfer.state) {
    case 'created':
    case 'failed':
      throw new ChainsError(
        'UNSENT_OUTCOME',
        `transfer ${transfer.nonce} is ${transfer.state}, and reported as done`,
        'the peer reports what it never got: find out why before you go on',
      );
    case 'ended':
      return transfer;
    case 'inFlight':
    case 'cancelled':
      if (sent > 0n) return { ...transfer, leg: 'back', worth: sent };
      return ended(transfer, { home: 0n, remote: partOf(kept, transfer.claimed, transfer.cost) });
  }
};

/**
 * The USDC of a sale came home. A second time changes nothing.
 *
 * @throws {ChainsError} WRONG_STATE, PROCEEDS_NOT_EXACT
 */
export const arrive = (transfer: Transfer, amount: bigint): Landed => {
  if (transfer.state === 'ended') return { transfer, toReserve: 0n };
  if (!('leg' in transfer) || transfer.leg !== 'back') return wrongState(transfer, 'on its way back');
  if (amount !== transfer.worth) {
    throw new ChainsError(
      'PROCEEDS_NOT_EXACT',
      `${amount} came of the ${transfer.worth} that were reported as sent`,
      'the bridge brings what it took: find out why before you go on',
    );
  }
  return landAtHome(transfer, amount);
};

/**
 * What a transfer counts for holders {base}: at cost, or at the USDC on its way back, less what falls to claims, which is
 * floored as it will be on arrival. An ended one counts where it arrived.
 */
export const worthOf = (transfer: Transfer): bigint => {
  switch (transfer.state) {
    case 'created':
    case 'failed':
      return transfer.cost - transfer.claimed;
    case 'inFlight':
    case 'cancelled':
      return transfer.worth - claimedOf(transfer.worth, transfer);
    case 'ended':
      return 0n;
  }
};

/**
 * Whether a transfer counts at a cost that its worth may have left: in flight, and a sale from the moment it is made. The USDC of
 * a buy that lies at home is worth its cost.
 */
export const isAtCost = ({ kind, state }: Transfer): boolean =>
  state === 'inFlight' || (state === 'created' && kind === 'sell');

/** Whether a transfer counts as cash for who redeems: USDC at home, or at a cost that is younger than 24 h. */
export const isCash = (transfer: Transfer, now: bigint): boolean => {
  switch (transfer.state) {
    case 'created':
    case 'failed':
    case 'inFlight':
      return isApart(transfer) || sub(now, transfer.since) < FRESH;
    case 'cancelled':
    case 'ended':
      return false;
  }
};

/** A claim on what arrives. */
export interface Claim {
  /** Of the transfer. */
  readonly nonce: bigint;
  /** {base} of its cost. */
  readonly amount: bigint;
}

/** The part `part / whole` of what is not claimed yet becomes a claim, floored. */
export const claim = (transfer: Transfer, part: bigint, whole: bigint): { transfer: Transfer; claim: bigint } => {
  if (transfer.state === 'ended') return { transfer, claim: 0n };
  const amount = mulDivDown(transfer.cost - transfer.claimed, part, whole);
  return { transfer: { ...transfer, claimed: transfer.claimed + amount }, claim: amount };
};

/**
 * Pays a claim on an ended transfer: its part of what is due, floored; the last claim gets what is left.
 *
 * @throws {ChainsError} WRONG_STATE before it ended
 * @throws {MathError} NOT_CLAIMED above all claims
 */
export const pay = (transfer: Transfer, amount: bigint): { transfer: Transfer; paid: Due } => {
  if (transfer.state !== 'ended') return wrongState(transfer, 'ended');
  const { claimed, due } = transfer;
  if (amount <= 0n || amount > claimed) {
    throw new MathError(
      'NOT_CLAIMED',
      `${amount} of the claims on transfer ${transfer.nonce} are wanted, ${claimed} are left`,
      'give above 0 and at most the claim',
    );
  }
  const paid = { home: mulDivDown(due.home, amount, claimed), remote: partOf(due.remote, amount, claimed) };
  const left = { home: due.home - paid.home, remote: minus(due.remote, paid.remote) };
  return { transfer: { ...transfer, claimed: claimed - amount, due: left }, paid };
};
