import { type Disk, nodeDisk } from '@wicker/keeper';
import type { WickerClient } from '@wicker/sdk';
import { createClient, custom } from 'viem';

/** Something between a keeper and the node: sees each request, may answer, delay or refuse it. */
export type Wire = (method: string, pass: () => Promise<unknown>, params: readonly unknown[]) => Promise<unknown>;

/** A client whose requests all go through a wire. */
export const wired = (client: WickerClient, wire: Wire): WickerClient =>
  createClient({
    ...(client.chain === undefined ? {} : { chain: client.chain }),
    transport: custom(
      {
        request: ({ method, params }: { method: string; params?: unknown }) =>
          wire(
            method,
            () => client.transport.request({ method, ...(params === undefined ? {} : { params }) }),
            Array.isArray(params) ? params : [],
          ),
      },
      { retryCount: 0 },
    ),
    ...{ pollingInterval: 5, cacheTime: 0 },
  });

/** The end of a process: from then on nothing has any effect. */
class Crash extends Error {}

/** A process that dies at one of its effects: a request to the node, or a change of a file. */
export interface Mortal {
  readonly client: WickerClient;
  readonly disk: Disk;
  readonly isDead: () => boolean;
}

/** Requests that change something. */
const SENDS: readonly string[] = ['eth_sendTransaction', 'eth_sendRawTransaction'];

/**
 * A process that dies at its k-th effect: before it, after it (and does not hear of the outcome), or, of a text that it writes, in
 * the middle.
 *
 * @param counted which effects are counted: all, or those that change something
 * @param random {1} 0 to below 1
 */
export const mortal = (client: WickerClient, k: number, counted: 'all' | 'changes', random: () => number): Mortal => {
  let count = 0;
  let dead = false;
  /** Whether this effect is the last one. */
  const last = (changes = true): boolean => {
    if (dead) throw new Crash('this process is gone');
    if (changes || counted === 'all') count += 1;
    dead = count === k;
    return dead;
  };
  const effect = <T>(change: () => T): T => {
    if (!last()) return change();
    if (random() < 0.5) change();
    throw new Crash('killed');
  };
  return {
    isDead: () => dead,
    client: wired(client, async (method, pass) => {
      const ends = last(SENDS.includes(method));
      if (!ends) {
        const answer = await pass();
        if (dead) throw new Crash('this process is gone');
        return answer;
      }
      if (random() < 0.5) await pass();
      throw new Crash('killed');
    }),
    disk: {
      ...nodeDisk,
      append: (path, text) => {
        if (!last()) return nodeDisk.append(path, text);
        nodeDisk.append(path, text.slice(0, Math.floor(random() * (text.length + 1))));
        throw new Crash('killed');
      },
      create: (path, text) => effect(() => nodeDisk.create(path, text)),
      truncate: (path, size) => effect(() => nodeDisk.truncate(path, size)),
      rename: (from, to) => effect(() => nodeDisk.rename(from, to)),
      remove: (path) => effect(() => nodeDisk.remove(path)),
    },
  };
};
