import type { PlatformAddresses, WickerClient } from '@wicker/sdk';
import type { Logger } from 'pino';
import { type Address, BlockNotFoundError, getAddress, type Hash } from 'viem';
import { getBlock } from 'viem/actions';
import type { OpeningRecord, RoundRecord, SampleRecord } from '../api.ts';
import type { BlockId } from '../chain/at-block.ts';
import { Registry } from '../chain/registry.ts';
import { eventsBetween, type PlatformEvent } from '../chain/scan.ts';
import { KeeperError, nodeBehind } from '../errors.ts';
import { deriveRecords } from './derive.ts';
import type { Entry, Mark } from './entry.ts';
import type { Journal } from './journal.ts';

/**
 * {blocks} read again at each look: of several nodes behind one address, the one that is asked for events may be behind the one that told
 * the head, and leaves out what it does not know yet without a word
 */
const OVERLAP = 64n;
/** {blocks} recorded in one step, so that a look at a long past can stop and go on */
const STEP = 1_000n;
/** {blocks} after which it is noted how far the records go, also when nothing happened */
const MARK_EVERY = 500n;

/** Follows the chain: what happened goes to the records, what the chain drops is taken back. */
export interface Observer {
  readonly registry: Registry;
  /** Records all up to `head`. Returns the new records. @throws {KeeperError} REORGED when the chain changed meanwhile */
  readonly observe: (head: BlockId) => Promise<readonly (OpeningRecord | RoundRecord)[]>;
  /** The block up to which all is recorded; undefined before the first look. */
  readonly seen: () => bigint | undefined;
  /** Writes samples of the block that was observed last. Returns the new ones. */
  readonly sample: (samples: readonly SampleRecord[]) => readonly SampleRecord[];
}

export interface ObserverParameters {
  readonly client: WickerClient;
  readonly platform: PlatformAddresses;
  /** That of the deployment. */
  readonly fromBlock: bigint;
  readonly journal: Journal;
  /** Hash of block 0. */
  readonly genesis: Hash;
  readonly log: Logger;
}

const markOf = ({ number, hash }: BlockId): Mark => ({ kind: 'mark', block: Number(number), blockHash: hash });

export const createObserver = ({
  client,
  platform,
  fromBlock,
  journal,
  genesis,
  log,
}: ObserverParameters): Observer => {
  const { ledger } = journal;
  const registry = new Registry();
  /** The block up to which all is recorded. */
  let seen: BlockId | undefined;
  let registered = false;

  /**
   * Whether the chain has a block that is not above its head. Only another block in its place says that it has not: a node that does
   * not know any is behind.
   *
   * @throws {KeeperError} NODE_BEHIND
   */
  const isCanonical = async ({ number, hash }: BlockId): Promise<boolean> => {
    try {
      return (await getBlock(client, { blockNumber: number })).hash === hash;
    } catch (error) {
      if (error instanceof BlockNotFoundError) throw nodeBehind();
      throw error;
    }
  };

  /** The newest block, not above `limit`, that the records and the chain have in common; undefined when there is none. */
  const common = async (limit: bigint): Promise<BlockId | undefined> => {
    for (const { block, blockHash } of ledger.seen()) {
      const id = { number: BigInt(block), hash: blockHash };
      if (id.number <= limit && (await isCanonical(id))) return id;
    }
    return undefined;
  };

  /** Takes back what stands above a block. */
  const takeBack = (kept: BlockId | undefined): void => {
    const block = kept?.number ?? fromBlock - 1n;
    const back = { kind: 'reorg', block: Math.max(0, Number(block)) } as const;
    journal.append<Entry>(kept === undefined ? [back] : [back, markOf(kept)]);
    registry.dropAbove(block);
    seen = kept;
  };

  /** Looks whether the chain still has the block up to which all is recorded. A head below that block says nothing about it. */
  const followForks = async (head: BlockId): Promise<void> => {
    if (seen === undefined || (head.number >= seen.number && (await isCanonical(seen)))) return;
    if (!(await isCanonical({ number: 0n, hash: genesis }))) {
      throw new KeeperError('OTHER_CHAIN', 'the node serves another chain now', 'the records are begun anew for it');
    }
    if (head.number < seen.number) throw nodeBehind();
    const kept = await common(seen.number);
    log.warn(
      { code: 'REORG', from: Number(kept?.number ?? -1n) + 1 },
      'the chain dropped blocks: their records are void',
    );
    takeBack(kept);
  };

  /** After a start: what the records do not hold of the time before, the indices and the pools, is read again. */
  const resume = async (head: BlockId): Promise<void> => {
    const { mark } = ledger;
    seen = mark === undefined ? undefined : { number: BigInt(mark.block), hash: mark.blockHash };
    // What stands above the last mark is part of a write that a crash cut short.
    if ((ledger.seen()[0]?.block ?? 0) > (mark?.block ?? 0)) takeBack(seen);
    await followForks(head);
    if (seen !== undefined) registry.add(await eventsBetween(client, platform, fromBlock, seen.number));
    registered = true;
  };

  const openedBefore = (news: readonly PlatformEvent[]) => (index: Address, block: bigint) => {
    const opened = news.flatMap((event) =>
      event.eventName === 'Opened' && event.args.indices.some((one) => getAddress(one) === index)
        ? [event.blockNumber]
        : [],
    );
    const recorded = ledger.openings({ index }).map((record) => BigInt(record.block));
    return [...recorded, ...opened].filter((one) => one < block).reduce(latest, undefined);
  };

  /** The last block of the step that begins at `from`. */
  const stepEnd = async (from: bigint, head: BlockId): Promise<BlockId> => {
    const number = from + STEP - 1n;
    return number < head.number ? { number, hash: (await getBlock(client, { blockNumber: number })).hash } : head;
  };

  /** Records what happened from a block to the end of a step, and is not recorded yet. */
  const record = async (from: bigint, end: BlockId, head: BlockId): Promise<(OpeningRecord | RoundRecord)[]> => {
    const told = await eventsBetween(client, platform, from, end.number);
    registry.add(told);
    const events = told.filter((event) => !ledger.knows(event));
    try {
      const of = { client, platform, registry, head: head.number, openedBefore: openedBefore(events) };
      const records = await deriveRecords(of, events);
      if (!(await isCanonical(end)) || !(await isCanonical(head))) {
        throw new KeeperError('REORGED', 'the chain changed while it was read', 'it is read again');
      }
      const marked = ledger.mark === undefined ? undefined : BigInt(ledger.mark.block);
      const due = records.length > 0 || marked === undefined || end.number - marked >= MARK_EVERY;
      const written = due ? journal.append<Entry>([...records, markOf(end)]) : [];
      seen = end;
      return written.filter((entry) => entry.kind === 'opening' || entry.kind === 'round');
    } catch (error) {
      registry.dropAbove(from - 1n);
      throw error;
    }
  };

  return {
    registry,
    seen: () => seen?.number,
    sample: (samples) => {
      if (seen === undefined || samples.length === 0) return [];
      const written = journal.append<Entry>([...samples, markOf(seen)]);
      return written.filter((entry) => entry.kind === 'sample');
    },
    observe: async (head) => {
      await (registered ? followForks(head) : resume(head));
      const news: (OpeningRecord | RoundRecord)[] = [];
      let again = OVERLAP;
      do {
        const from = seen === undefined ? fromBlock : latest(fromBlock, seen.number + 1n - again);
        news.push(...(await record(from, await stepEnd(from, head), head)));
        again = 0n;
      } while (seen === undefined || seen.number < head.number);
      return news;
    },
  };
};

const latest = (a: bigint | undefined, b: bigint): bigint => (a === undefined || b > a ? b : a);
