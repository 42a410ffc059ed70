import type { WickerClient } from '@wicker/sdk';
import { createClient, custom, type Hash, numberToHex } from 'viem';

/** A block to read at. */
export interface BlockId {
  readonly number: bigint;
  readonly hash: Hash;
}

/**
 * A client that reads the state of one block, named by its hash (EIP-1898): what it reads belongs together, and is refused
 * rather than mixed up when the chain has dropped that block.
 */
export const atBlock = (client: WickerClient, { number, hash }: BlockId): WickerClient => {
  const isIt = (tag: unknown): boolean => tag === 'latest' || tag === undefined || tag === numberToHex(number);
  const request = ({ method, params }: { method: string; params?: unknown }): Promise<unknown> => {
    const list: readonly unknown[] = Array.isArray(params) ? params : [];
    const pinned =
      method === 'eth_call' && isIt(list[1])
        ? { method, params: [list[0], { blockHash: hash }] }
        : method === 'eth_getBlockByNumber' && isIt(list[0])
          ? { method: 'eth_getBlockByHash', params: [hash, list[1]] }
          : { method, params: list };
    return client.transport.request(pinned);
  };
  return createClient({
    ...(client.chain === undefined ? {} : { chain: client.chain }),
    transport: custom({ request }, { retryCount: 0 }),
    cacheTime: 0,
  });
};
