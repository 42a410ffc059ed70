import { type Address, getAddress, type Hash, type Hex, type TransactionReceipt } from 'viem';
import type { DevClient } from './chain.ts';
import { DevnetError } from './errors.ts';

/** {gas} enough to deploy the largest contract allowed, and below the limit of EIP-7825. */
const DEFAULT_GAS = 8_000_000n;
const TIMEOUT_MS = 60_000;

/** A transaction to send: a call, or a deployment when there is no `to`. */
export interface Call {
  readonly to?: Address;
  readonly data: Hex;
  /** {wei} */
  readonly value?: bigint;
  /** {gas} limit; 8 000 000 when not given. */
  readonly gas?: bigint;
}

/** Mines blocks until every transaction has its receipt. */
const mineAll = async (client: DevClient, hashes: readonly Hash[]): Promise<TransactionReceipt[]> => {
  const found = new Map<Hash, TransactionReceipt>();
  for (const end = Date.now() + TIMEOUT_MS; Date.now() < end; ) {
    const missing = hashes.filter((hash) => !found.has(hash));
    if (missing.length === 0) return hashes.flatMap((hash) => found.get(hash) ?? []);
    await client.mine({ blocks: 1 });
    await Promise.all(
      missing.map((hash) =>
        client.getTransactionReceipt({ hash }).then(
          (receipt) => found.set(hash, receipt),
          () => undefined,
        ),
      ),
    );
  }
  const late = hashes.length - found.size;
  throw new DevnetError('TX_LATE', `${late} of ${hashes.length} transactions were not mined in time`, 'try again');
};

const reason = async (client: DevClient, from: Address, call: Call): Promise<string> => {
  try {
    await client.call({ account: from, gas: DEFAULT_GAS, ...call });
    return 'it passes when repeated';
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
};

/**
 * The node must not mine while a batch comes in: a transaction that is checked before its predecessor is mined, and
 * queued after, would wait for it for ever.
 */
const sendAndMine = async (
  client: DevClient,
  from: Address,
  calls: readonly Call[],
): Promise<readonly TransactionReceipt[]> => {
  await client.setAutomine(false);
  try {
    const first = await client.getTransactionCount({ address: from, blockTag: 'pending' });
    const hashes = await Promise.all(
      calls.map(({ to = null, data, value = 0n, gas = DEFAULT_GAS }, i) =>
        client.sendTransaction({ account: from, chain: null, to, data, value, gas, nonce: first + i }),
      ),
    );
    return await mineAll(client, hashes);
  } finally {
    await client.setAutomine(true); // mines what others sent meanwhile
  }
};

const send = async (
  client: DevClient,
  from: Address,
  calls: readonly Call[],
): Promise<readonly TransactionReceipt[]> => {
  const mined = await sendAndMine(client, from, calls);
  for (const [i, receipt] of mined.entries()) {
    const call = calls[i];
    if (receipt.status === 'success' || call === undefined) continue;
    const what = call.to === undefined ? 'a deployment' : `a call to ${call.to}`;
    throw new DevnetError(
      'TX_REVERTED',
      `${what} (${i + 1} of ${calls.length}) reverted: ${await reason(client, from, call)}`,
      `transaction ${receipt.transactionHash}`,
    );
  }
  return mined;
};

const queues = new WeakMap<DevClient, Promise<unknown>>();

/**
 * Sends transactions of one unlocked account all at once, in this order, and waits until every one is mined: some
 * thousand a second, where sending one after the other makes a hundred. Batches wait for each other.
 *
 * @returns their receipts, in the same order
 * @throws {DevnetError} TX_REVERTED with the first reverted call and its reason, TX_LATE
 */
export const sendAll = (
  client: DevClient,
  from: Address,
  calls: readonly Call[],
): Promise<readonly TransactionReceipt[]> => {
  const next = (queues.get(client) ?? Promise.resolve()).then(() => send(client, from, calls));
  queues.set(
    client,
    next.catch(() => undefined),
  );
  return next;
};

/**
 * Deploys contracts from their whole creation codes (constructor arguments included), all at once.
 *
 * @returns their addresses, in the same order
 * @throws {DevnetError} as `sendAll`
 */
export const deployAll = async (client: DevClient, from: Address, codes: readonly Hex[]): Promise<Address[]> => {
  const mined = await sendAll(
    client,
    from,
    codes.map((data) => ({ data })),
  );
  return mined.map(({ contractAddress, transactionHash }) => {
    if (contractAddress) return getAddress(contractAddress);
    throw new DevnetError('NOT_DEPLOYED', 'a deployment made no contract', `transaction ${transactionHash}`);
  });
};
