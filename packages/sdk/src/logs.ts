import { min } from '@wicker/core';
import { BaseError, HttpRequestError } from 'viem';
import { getBlockNumber } from 'viem/actions';
import type { WickerClient } from './client.ts';

/** {blocks} asked for at first: what public nodes commonly answer */
const FIRST_CHUNK = 10_000n;
/** {blocks} asked for at most, so that a node without limits answers in time */
const LARGEST_CHUNK = 160_000n;
/** {1} answers in a row after which a node that has refused once is asked for twice as many blocks again */
const PATIENCE = 16;
/** HTTP statuses with which nodes and the proxies before them refuse what is too much, or gave up on it. */
const TOO_MUCH: readonly number[] = [400, 408, 413, 500, 504];
/** Of viem, for an error without a code. */
const NO_CODE = -1;

/** Blocks, the first and the last included. */
interface BlockRange {
  readonly fromBlock: bigint;
  readonly toBlock: bigint;
}

/**
 * Whether a node answered, and the answer is no. Nodes word a range that is too wide in many ways and with many codes (-32005, -32602,
 * -32603, -32000, 35: "query returned more than 10000 results", "range 20000 exceeds limit of 10000", "query timeout"), so that
 * no wording is looked at.
 */
const isRefusal = (error: unknown): boolean =>
  error instanceof BaseError &&
  error.walk((cause) => {
    if (cause instanceof HttpRequestError) return TOO_MUCH.includes(cause.status ?? 0);
    return cause instanceof Error && 'code' in cause && typeof cause.code === 'number' && cause.code !== NO_CODE;
  }) !== null;

/**
 * Reads logs of a range of any length in chunks of blocks: half as many when the node refuses a chunk, more again when it answers.
 *
 * @param range up to the newest block when it has no `toBlock`
 * @param read the logs of a chunk
 * @returns all of them, in the order of the chain
 * @throws what `read` throws for a single block, and anything that is no refusal
 */
export const readLogs = async <T>(
  client: WickerClient,
  { fromBlock, toBlock }: Pick<BlockRange, 'fromBlock'> & { readonly toBlock?: bigint | undefined },
  read: (range: BlockRange) => Promise<readonly T[]>,
): Promise<T[]> => {
  const last = toBlock ?? (await getBlockNumber(client, { cacheTime: 0 }));
  const found: T[] = [];
  let size = FIRST_CHUNK;
  let answers = 0;
  let patience = 1;
  for (let start = fromBlock; start <= last; ) {
    const end = min(start + size - 1n, last);
    try {
      for (const one of await read({ fromBlock: start, toBlock: end })) found.push(one);
    } catch (error) {
      if (end === start || !isRefusal(error)) throw error;
      // Half of what was asked for: the last chunk of a range may be shorter than the others.
      [size, answers, patience] = [(end - start + 1n) / 2n, 0, PATIENCE];
      continue;
    }
    start = end + 1n;
    answers += 1;
    if (answers >= patience) [size, answers] = [min(size * 2n, LARGEST_CHUNK), 0];
  }
  return found;
};
