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
import { isAnswer } from '../errors.ts';
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

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
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

/**
 * The nonces of an account: what is mined, and whether something waits.
 *
 * @param note of the last transaction that the keeper sent, or was about to send when it ended
 * @param firstSeen {ms} when the pending transaction was first seen, for one that nobody noted
 */
export const readNonces = async (
  client: WickerClient,
  account: Sender,
  note: SentNote | undefined,
  firstSeen: number,
): Promise<Nonces> => {
  const address = addressOf(account);
  const [next, after] = await Promise.all([
    getTransactionCount(client, { address, blockTag: 'latest' }),
    getTransactionCount(client, { address, blockTag: 'pending' }),
  ]);
  if (after <= next) return { next, pending: undefined };
  if (note?.nonce !== next) return { next, pending: { nonce: next, since: firstSeen, fees: undefined } };
  const fees = {
    maxFeePerGas: BigInt(note.maxFeePerGas),
    maxPriorityFeePerGas: BigInt(note.maxPriorityFeePerGas),
  };
  return { next, pending: { nonce: next, since: note.at, fees } };
};

/**
 * Tries a call on the newest block, without what waits to be mined: it may be to replace that. Returns the gas limit to send it with {gas}.
 *
 * @throws {ContractRevertError} when it reverts
 */
export const simulate = async (client: WickerClient, account: Sender, outgoing: OutgoingCall): Promise<bigint> => {
  const { to, data, gas } = outgoing;
  try {
    if (gas === undefined) {
      return min(
        ((await estimateGas(client, { account, to, data, blockTag: 'latest' })) * 6n) / 5n,
        TRANSACTION_GAS_LIMIT,
      );
    }
    await call(client, { account, to, data, gas });
    return gas;
  } catch (error) {
    throw decodeRevert(error);
  }
};

/** What nodes say when a nonce is used already, or held by a transaction that offers as much. */
const TAKEN = /nonce too low|already (known|imported)|underpriced/i;

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
