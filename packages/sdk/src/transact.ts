import { type Address, type Hash, type Hex, type TransactionReceipt, TransactionReceiptNotFoundError } from 'viem';
import { call, estimateGas, getTransactionReceipt, sendTransaction } from 'viem/actions';
import type { Sender, WickerClient } from './client.ts';
import { TransactionFailedError, TransactionLateError, withReverts } from './errors.ts';

/** {gas} the most that a transaction may use (EIP-7825). */
export const TRANSACTION_GAS_LIMIT = 16_777_216n;

/** What a transaction asks of a contract. */
export interface Call {
  readonly to: Address;
  readonly data: Hex;
}

export interface TransactParameters extends Call {
  readonly account: Sender;
  /** {gas} limit; estimated, with a fifth to spare, when not given. */
  readonly gas?: bigint;
}

/** What every action that writes tells about its transaction. */
export interface Mined {
  readonly hash: Hash;
  readonly receipt: TransactionReceipt;
}

/** {ms} */
const RECEIPT_TIMEOUT = 180_000;

/** Not of `node:timers`: these actions run in browsers, too. */
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Asks for a receipt until there is one. viem's own waiting asks once per new block: a node that announces a block a moment
 * before its receipts, and mines no other, would let it wait for ever.
 */
const receiptOf = async (client: WickerClient, hash: Hash): Promise<TransactionReceipt> => {
  for (const end = Date.now() + RECEIPT_TIMEOUT; Date.now() < end; await pause(client.pollingInterval)) {
    try {
      return await getTransactionReceipt(client, { hash });
    } catch (error) {
      if (!(error instanceof TransactionReceiptNotFoundError)) throw error;
    }
  }
  throw new TransactionLateError(hash);
};

/**
 * Simulates a call, sends it, and waits until it is mined.
 *
 * @throws {ContractRevertError} when the simulation reverts, {TransactionFailedError} when the mined transaction failed,
 * {TransactionLateError} when it is not mined within 3 minutes
 */
export const transact = async (
  client: WickerClient,
  { account, to, data, gas }: TransactParameters,
): Promise<Mined> => {
  const limit = await withReverts(async () => {
    if (gas === undefined) return ((await estimateGas(client, { account, to, data })) * 6n) / 5n;
    await call(client, { account, to, data, gas });
    return gas;
  });
  const capped = limit < TRANSACTION_GAS_LIMIT ? limit : TRANSACTION_GAS_LIMIT;
  const hash = await sendTransaction(client, { account, to, data, gas: capped, chain: client.chain ?? null });
  const receipt = await receiptOf(client, hash);
  if (receipt.status !== 'success') throw new TransactionFailedError(hash);
  return { hash, receipt };
};
