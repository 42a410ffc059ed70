import { type Address, getAddress } from 'viem';
import type { PlatformEvent } from './scan.ts';

const NAMES: readonly PlatformEvent['eventName'][] = ['Founded', 'Reweighed', 'PoolSet'];

const placeOf = ({ blockHash, logIndex }: PlatformEvent): string => `${blockHash} ${logIndex}`;

/** What the events of a deployment tell about it: its indices, its pools, and when weights were set. */
export class Registry {
  #events: PlatformEvent[] = [];

  /** Takes those that are not here yet, in any order. */
  add(events: readonly PlatformEvent[]): void {
    const known = new Set(this.#events.map(placeOf));
    const news = events.filter((event) => NAMES.includes(event.eventName) && !known.has(placeOf(event)));
    if (news.length === 0) return;
    this.#events.push(...news);
    this.#events.sort((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex);
  }

  /** Forgets what the chain has dropped above a block. */
  dropAbove(block: bigint): void {
    this.#events = this.#events.filter(({ blockNumber }) => blockNumber <= block);
  }

  /** Every index of the vault, the oldest first. */
  get indices(): readonly Address[] {
    return this.#events.flatMap((event) => (event.eventName === 'Founded' ? [getAddress(event.args.index)] : []));
  }

  /** Every pool that is listed. */
  get pools(): readonly Address[] {
    const listed = new Map<Address, boolean>();
    for (const event of this.#events) {
      if (event.eventName === 'PoolSet') listed.set(getAddress(event.args.pool), event.args.listed);
    }
    return [...listed].flatMap(([pool, isListed]) => (isListed ? [pool] : []));
  }

  /** Whether the weights of an index were set anew between two blocks, the later one included; its founding is not anew. */
  reweighedBetween(index: Address, after: bigint, upTo: bigint): boolean {
    const one = getAddress(index);
    const founding = this.#events.find(
      (event) => event.eventName === 'Founded' && getAddress(event.args.index) === one,
    );
    return this.#events.some(
      (event) =>
        event.eventName === 'Reweighed' &&
        getAddress(event.args.index) === one &&
        event.transactionHash !== founding?.transactionHash &&
        event.blockNumber > after &&
        event.blockNumber <= upTo,
    );
  }
}
