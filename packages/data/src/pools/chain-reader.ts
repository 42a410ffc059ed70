import { BaseError, createPublicClient, http, type PublicClient } from 'viem';
import { DataError } from '../errors.ts';

/** A chain as of one block: everything that is read of it fits together. */
export interface ChainReader {
  readonly client: Pick<PublicClient, 'readContract'>;
  readonly blockNumber: bigint;
}

/**
 * A chain as of its latest block, over JSON-RPC; questions asked at the same time go out together.
 *
 * @throws DataError RPC_FAILED
 */
export const openChain = async (url: string): Promise<ChainReader> => {
  const client = createPublicClient({ transport: http(url, { batch: true }) });
  return { client, blockNumber: await told(client.getBlockNumber({ cacheTime: 0 })) };
};

/**
 * What a node answers. Its URL is never told: it may hold the key of a provider.
 *
 * @throws DataError RPC_FAILED
 */
export const told = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof BaseError)) throw error;
    const message = `the node does not answer: ${error.shortMessage.split('\n')[0]}`;
    throw new DataError(
      'RPC_FAILED',
      message,
      'Check the URL of the node, and that it serves the chain of the venues.',
    );
  }
};
