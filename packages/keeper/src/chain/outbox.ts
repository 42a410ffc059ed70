import { max, min } from '@wicker/core';
import { addressOf, decodeRevert, type Sender, TRANSACTION_GAS_LIMIT, type WickerClient } from '@wicker/sdk';
import { type Address, type Hash, type Hex, type TransactionReceipt, TransactionReceiptNotFoundError } from 'viem';
import {
  call,
  estimateGas,
  estimateMaxPriorityFeePerGas,
  getTransactionCount,
  getTransactionReceipt,
  sendTransaction,
} from 'viem/actions';
import { isAnswer, KeeperError } from '../errors.ts';
import type { SentNote } from '../records/entry.ts';

/** {wei/gas} what a transaction offers (EIP-1559). */
export interface Fees {
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

/** A call to send. */
export interface OutgoingCall {
  readonly to: Address;
  readonly data: Hex;
  /** {gas} limit; estimated, with a fifth to spare, when not given */
  readonly gas?: bigint;
}

/** The gas that a call needs is more than a transaction may use. */
export class TooMuchGasError extends KeeperError {}

/** Transactions of the account that are not mined yet: there is never more than one of this keeper. */
export interface Pending {
  readonly nonce: number;
  /** {ms} of this machine's clock: when it was sent, or first seen after a start */
  readonly since: number;
  /** What it offers, as far as the keeper knows. */
  readonly fees: Fees | undefined;
}

/** The nonces of the account. */
export interface Nonces {
  /** The next one to be mined. */
  readonly next: number;
  readonly pending: Pending | undefined;
}

/** Nodes take a replacement that offers at least a tenth more; geth's rule, with room for roundings. */
const BUMP_NUMERATOR = 1_125n;
const BUMP_DENOMINATOR = 1_000n;
/** {1} base fees that an offer bears: it rises by an eighth a block at most */
const BASE_FEES = 2n;

const bumped = (fee: bigint): bigint => (fee * BUMP_NUMERATOR + BUMP_DENOMINATOR - 1n) / BUMP_DENOMINATOR;

/**
 * What to offer now {wei/gas}; undefined when it would have to be above `most`.
 *
 * @param baseFee of the last block
 * @param tip that gets a transaction mined soon
 * @param outbid what a transaction with the same nonce offers already
 */
export const feesFor = (
  baseFee: bigint,
  tip: bigint,
  most: bigint | undefined,
  outbid: Fees | undefined,
): Fees | undefined => {
  const leastTip = outbid === undefined ? tip : max(tip, bumped(outbid.maxPriorityFeePerGas));
  const least = max(baseFee + leastTip, outbid === undefined ? 0n : bumped(outbid.maxFeePerGas));
  if (most !== undefined && least > most) return undefined;
  const offer = max(least, BASE_FEES * baseFee + leastTip);
  return { maxFeePerGas: most === undefined ? offer : min(offer, most), maxPriorityFeePerGas: leastTip };
};

/** {wei/gas} the tip that the node would give. */
export const tipNow = (client: WickerClient): Promise<bigint> => estimateMaxPriorityFeePerGas(client);

/** What a keeper knows itself of its account's transactions. */
export interface KnownTransactions {
  /** Of the last one that it sent, or was about to send when it ended. */
  readonly note: SentNote | undefined;
  /** Of one that a node took and this process has not heard of since: it waits, whether nodes tell of it or not. */
  readonly outstanding: number | undefined;
  /** {ms} when the pending transaction was first seen, for one that nobody noted */
  readonly firstSeen: number;
}

/** The nonces of an account: what is mined, and whether something waits. */
export const readNonces = async (
  client: WickerClient,
  account: Sender,
  { note, outstanding, firstSeen }: KnownTransactions,
): Promise<Nonces> => {
  const address = addressOf(account);
  const [next, after] = await Promise.all([
    getTransactionCount(client, { address, blockTag: 'latest' }),
    getTransactionCount(client, { address, blockTag: 'pending' }),
  ]);
  if (after <= next && outstanding !== next) return { next, pending: undefined };
  if (note?.nonce !== next) return { next, pending: { nonce: next, since: firstSeen, fees: undefined } };
  const fees = {
    maxFeePerGas: BigInt(note.maxFeePerGas),
    maxPriorityFeePerGas: BigInt(note.maxPriorityFeePerGas),
  };
  // A note of the future was written before this machine's clock was set back.
  return { next, pending: { nonce: next, since: note.at > Date.now() ? firstSeen : note.at, fees } };
};

/**
 * Tries a call on the newest block, without what waits to be mined: it may be to replace that. Returns the gas limit to send it with {gas}.
 *
 * @throws {ContractRevertError} when it reverts; {TooMuchGasError} when no transaction may use what it needs
 */
export const simulate = async (client: WickerClient, account: Sender, outgoing: OutgoingCall): Promise<bigint> => {
  const { to, data, gas } = outgoing;
  try {
    if (gas === undefined) {
      const needed = await estimateGas(client, { account, to, data, blockTag: 'latest' });
      if (needed > TRANSACTION_GAS_LIMIT) throw tooMuchGas();
      return min((needed * 6n) / 5n, TRANSACTION_GAS_LIMIT);
    }
    await call(client, { account, to, data, gas });
    return gas;
  } catch (error) {
    throw isTooMuchGas(error) ? tooMuchGas() : decodeRevert(error);
  }
};

/** What nodes say when a call needs more gas than they allow; some tell how much that is. */
const GAS_EXCEEDED = /gas required exceeds(?: allowance\D*(\d+))?|out of gas|exceeds (?:the )?block gas limit/i;

/** An allowance below that of any transaction is what the account can pay for: trouble of another kind. */
const isTooMuchGas = (error: unknown): boolean => {
  const said = isAnswer(error) && error instanceof Error ? GAS_EXCEEDED.exec(error.message) : null;
  return said !== null && (said[1] === undefined || BigInt(said[1]) >= TRANSACTION_GAS_LIMIT);
};

const tooMuchGas = (): TooMuchGasError =>
  new TooMuchGasError('TOO_MUCH_GAS', 'it needs more gas than a transaction may use', 'it is tried in parts');

/** What nodes say when a nonce is used already, or held by a transaction that offers as much. */
const TAKEN =
  /nonce too low|old ?nonce|already (known|imported)|alreadyknown|known transaction|underpriced|replacement ?not ?allowed/i;

/** Sends a call with a nonce and an offer of one's own; undefined when another transaction has that nonce. */
export const dispatch = async (
  client: WickerClient,
  account: Sender,
  { to, data }: OutgoingCall,
  { gas, nonce, fees }: { readonly gas: bigint; readonly nonce: number; readonly fees: Fees },
): Promise<Hash | undefined> => {
  try {
    return await sendTransaction(client, {
      ...{ account, to, data, gas, nonce, chain: client.chain ?? null },
      ...fees,
    });
  } catch (error) {
    if (isAnswer(error) && error instanceof Error && TAKEN.test(error.message)) return undefined;
    throw error;
  }
};

/** The receipt of a transaction; undefined while it is not mined. */
export const receiptOf = async (client: WickerClient, hash: Hash): Promise<TransactionReceipt | undefined> => {
  try {
    return await getTransactionReceipt(client, { hash });
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return undefined;
    throw error;
  }
};
