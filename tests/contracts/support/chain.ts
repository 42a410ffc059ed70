import type { DevClient } from '@wicker/devnet';
import { errorsAbi } from '@wicker/sdk';
import {
  type Abi,
  type Address,
  decodeErrorResult,
  encodeFunctionData,
  type Hash,
  type Hex,
  parseAbi,
  type TransactionReceipt,
} from 'viem';
import { afterEach, beforeEach } from 'vitest';
import * as z from 'zod';

/** {gas} the most that a transaction may use (EIP-7825). */
const GAS = 16_777_216n;
const TIMEOUT_MS = 20_000;

export const MINUTE = 60n;
export const HOUR = 3_600n;
export const DAY = 86_400n;

/** The first element; a test that finds none cannot go on. */
export const first = <T>(list: readonly T[]): T => {
  const [found] = list;
  if (found === undefined) throw new Error('nothing was found');
  return found;
};

/** Errors of the token libraries, which the contracts' own ABIs do not name. */
const libraryErrors = parseAbi(['error TransferFailed()', 'error TransferFromFailed()']);

/** A revert's bytes as text: the error's name and values, or the bytes themselves. */
export const revertText = (data: Hex): string => {
  try {
    const { errorName, args = [] } = decodeErrorResult({ abi: [...errorsAbi, ...libraryErrors], data });
    return `${errorName}(${args.join(', ')})`;
  } catch {
    return data;
  }
};

/** A call with all that it called. */
interface Trace {
  readonly from: string;
  readonly to?: string | undefined;
  readonly output: Hex;
  readonly calls: readonly Trace[];
}

const traceSchema: z.ZodType<Trace> = z.lazy(() =>
  z.object({
    from: z.string(),
    to: z.string().optional(),
    output: z.custom<Hex>((value) => typeof value === 'string').default('0x'),
    calls: z.array(traceSchema).default([]),
  }),
);

/** All calls of a transaction, the outermost first. */
export const traceOf = async (client: DevClient, transaction: Hash): Promise<Trace> =>
  traceSchema.parse(
    await client.request<{ Method: string; Parameters: unknown[]; ReturnType: unknown }>({
      method: 'debug_traceTransaction',
      params: [transaction, { tracer: 'callTracer' }],
    }),
  );

const receiptOf = async (client: DevClient, hash: Hash): Promise<TransactionReceipt> => {
  for (const end = Date.now() + TIMEOUT_MS; Date.now() < end; ) {
    const receipt = await client.getTransactionReceipt({ hash }).catch(() => undefined);
    if (receipt !== undefined) return receipt;
  }
  throw new Error(`transaction ${hash} was not mined`);
};

const requireSuccess = async (client: DevClient, receipt: TransactionReceipt): Promise<TransactionReceipt> => {
  if (receipt.status === 'success') return receipt;
  throw new Error(revertText((await traceOf(client, receipt.transactionHash)).output));
};

/** A call to make: a contract, its ABI, the function and its arguments. */
export interface Invocation {
  readonly from: Address;
  readonly to: Address;
  readonly abi: Abi;
  readonly functionName: string;
  readonly args?: readonly unknown[];
  /** {gas} limit; the whole of a transaction when not given. */
  readonly gas?: bigint;
}

export const dataOf = ({ abi, functionName, args = [] }: Omit<Invocation, 'from' | 'to' | 'gas'>): Hex =>
  encodeFunctionData({ abi, functionName, args: [...args] });

/**
 * Sends one transaction without simulating it, in a block one second after the last one, unless `at` or `pass` said another time.
 * A revert is an error whose message is the Solidity error with its values, for example `TooSmall(0x12…, 999999999)`.
 */
export const send = async (client: DevClient, call: Invocation): Promise<TransactionReceipt> => {
  const { from, to, gas = GAS } = call;
  const hash = await client.sendTransaction({ account: from, chain: null, to, gas, data: dataOf(call) });
  return requireSuccess(client, await receiptOf(client, hash));
};

/** Sends transactions into one block, so at one time. */
export const sendTogether = async (
  client: DevClient,
  calls: readonly Invocation[],
): Promise<readonly TransactionReceipt[]> => {
  await client.setAutomine(false);
  const hashes: Hash[] = [];
  for (const call of calls) {
    const { from, to, gas = GAS } = call;
    hashes.push(await client.sendTransaction({ account: from, chain: null, to, gas, data: dataOf(call) }));
  }
  await client.mine({ blocks: 1 });
  await client.setAutomine(true);
  const receipts = await Promise.all(hashes.map((hash) => receiptOf(client, hash)));
  return Promise.all(receipts.map((receipt) => requireSuccess(client, receipt)));
};

/** {s} the time of the last block: what views see. */
export const now = async (client: DevClient): Promise<bigint> => (await client.getBlock()).timestamp;

/** The next block, hence the next transaction, has this time {s}. */
export const at = (client: DevClient, timestamp: bigint): Promise<void> => client.setNextBlockTimestamp({ timestamp });

/** Mines one block `seconds` after the last one: views see the new time. */
export const pass = async (client: DevClient, seconds: bigint): Promise<void> => {
  await at(client, (await now(client)) + seconds);
  await client.mine({ blocks: 1 });
};

/** Undoes on the chain whatever each test of this file (or of this `describe`) does. */
export const isolate = (clientOf: () => DevClient): void => {
  let id: Hex;
  beforeEach(async () => {
    id = await clientOf().snapshot();
  });
  afterEach(async () => {
    await clientOf().revert({ id });
  });
};
