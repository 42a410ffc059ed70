import { MathError } from '../math/errors.ts';
import { sub } from '../math/word.ts';
import type { Basket, MessageAmount } from './basket.ts';
import type { ChainId } from './chain-id.ts';
import { ChainsError } from './errors.ts';
import type { NonceSet } from './nonces.ts';
import type { Pathway } from './pathway.ts';

/** What home tells a chain. Every amount is absolute and was free there, so the order of these messages does not matter. */
export type ToDestination =
  /** USDC comes along {base}: buy the asset with it. */
  | { readonly kind: 'buy'; readonly asset: string; readonly amount: MessageAmount }
  /** Sell so much of the asset {tok} and send the USDC home. */
  | { readonly kind: 'sell'; readonly asset: string; readonly amount: MessageAmount }
  /** Set these amounts aside for somebody who left. */
  | { readonly kind: 'credit'; readonly holder: string; readonly amounts: Basket };

/** What became of a transfer at its destination. */
export interface Outcome {
  /** Of the transfer. */
  readonly nonce: bigint;
  /** What it added to the holdings there. */
  readonly kept: Basket;
  /** {base} what was sent home. */
  readonly sent: bigint;
}

/** What a chain holds for the index, after everything that it applied. */
export interface Report {
  /** Grows with every message home: an older report never overwrites a newer one. */
  readonly sequence: bigint;
  /** Free: neither in an open order nor set aside. */
  readonly holdings: Basket;
  /** Messages from home that are in these holdings. */
  readonly applied: NonceSet;
  /** Of all transfers that ended here, by number. */
  readonly outcomes: readonly Outcome[];
}

/** What a chain tells home. */
export type ToHome =
  | { readonly kind: 'report'; readonly report: Report }
  /** USDC comes along {base}: what the sale of a transfer brought. The report already has it as sent. */
  | { readonly kind: 'proceeds'; readonly transfer: bigint; readonly amount: MessageAmount; readonly report: Report };

/** A contract on a chain. */
export interface Party {
  readonly chain: ChainId;
  readonly address: string;
}

/** A message between chains. */
export interface Message<Body> {
  readonly from: Party;
  readonly to: ChainId;
  /** Its number on this way: whoever receives it applies each number once. */
  readonly nonce: bigint;
  readonly body: Body;
}

/** Books after a message left, and the message. */
export interface Sent<State, Body> {
  readonly state: State;
  readonly message: Message<Body>;
}

/** A message that came, with the gas that is there to apply it. */
export interface Arrival<Body> {
  readonly message: Message<Body>;
  readonly gas: bigint;
}

/**
 * A message is heard only from the known peer, only by the chain that it is for, and only with the least gas: a refused one
 * can be delivered again (docs/rules.md 11).
 *
 * @throws {ChainsError} WRONG_CHAIN, UNKNOWN_PEER, TOO_LITTLE_GAS
 */
export const requireHeard = <Body>(own: ChainId, { chain, peer, minGas }: Pathway, arrival: Arrival<Body>): void => {
  const { from, to } = arrival.message;
  if (to !== own) {
    throw new ChainsError('WRONG_CHAIN', `chain ${own} got a message for chain ${to}`, 'deliver it where it belongs');
  }
  if (from.chain !== chain || from.address.toLowerCase() !== peer) {
    throw new ChainsError(
      'UNKNOWN_PEER',
      `${from.address} on chain ${from.chain} is not the peer of this pathway`,
      `only ${peer} on chain ${chain} is heard`,
    );
  }
  if (arrival.gas < minGas) {
    throw new ChainsError(
      'TOO_LITTLE_GAS',
      `a message came with ${arrival.gas} gas`,
      `deliver it again with at least ${minGas}`,
    );
  }
};

/**
 * What of the paid fee goes back to who sends a message {wei}: exactly the excess. What else the contract holds is not an input.
 *
 * @throws {MathError} FEE_NOT_PAID, OVERFLOW
 */
export const feeRefund = ({ paid, fee }: { readonly paid: bigint; readonly fee: bigint }): bigint => {
  if (paid < fee) {
    throw new MathError('FEE_NOT_PAID', `a message costs ${fee} and ${paid} were paid`, 'ask for the fee and pay it');
  }
  return sub(paid, fee);
};
