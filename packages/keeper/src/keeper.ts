import { setTimeout as pause } from 'node:timers/promises';
import type { WickerError } from '@wicker/core';
import { addressOf, type PlatformAddresses, type Sender, type WickerClient } from '@wicker/sdk';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Address } from 'viem';
import type { KeeperReport, OpeningRecord, RoundRecord } from './api.ts';
import type { Decision } from './decide/decide.ts';
import { troubleOf } from './errors.ts';
import { type HistoryPoint, historyOf } from './history.ts';
import { silent } from './log.ts';
import { createMetrics } from './metrics.ts';
import { type Disk, nodeDisk } from './records/disk.ts';
import type { ChainRecord, RecordFilter } from './records/ledger.ts';
import { takeFolder } from './records/lock.ts';
import { createWorker } from './worker.ts';

export interface KeeperOptions {
  /** Any viem client; one that batches asks less often. */
  readonly client: WickerClient;
  readonly platform: PlatformAddresses;
  /** The block of the deployment: no event is older. */
  readonly fromBlock: bigint;
  /** Who sends: an account that viem or the node signs for. */
  readonly account: Sender;
  /** The folder of the records. */
  readonly dir: string;
  /** Says nothing when not given. */
  readonly log?: Logger;
  /** {ms} between two looks at the chain, and how long a look waits for its transaction; 12 000 when not given */
  readonly interval?: number;
  /** {wei/gas} above it nothing is sent; any price when not given */
  readonly maxGasPrice?: bigint | undefined;
  /** {ms} after which a transaction that is not mined is replaced by one that offers more; 120 000 when not given */
  readonly replaceAfter?: number;
  /** Plans and simulates, sends nothing. */
  readonly dryRun?: boolean;
  /** Files of this machine when not given. */
  readonly disk?: Disk;
}

/** What one look at the chain came to. */
export interface Tick {
  readonly action: Decision['action'];
  /** One sentence: what it did and why. */
  readonly says: string;
  /** The records that are new. */
  readonly records: readonly ChainRecord[];
  /** Why the look was not finished; the next one tries again. */
  readonly trouble?: WickerError;
}

/** Brings the indices of a deployment back to their targets, and records what happens to them. */
export interface Keeper {
  /** Looks again and again, until `stop`. */
  readonly start: () => void;
  /** Ends after the current step, and gives the folder free. */
  readonly stop: () => Promise<void>;
  /** One look: does at most one thing, and waits for it for one interval. Never rejects: see {@link Tick.trouble}. */
  readonly tick: () => Promise<Tick>;
  readonly report: () => KeeperReport;
  /** {ms} the pause between two looks */
  readonly interval: number;
  /** Newest first. */
  readonly rounds: (filter?: RecordFilter) => readonly RoundRecord[];
  readonly openings: (filter?: RecordFilter) => readonly OpeningRecord[];
  /** Oldest first, some hundreds. */
  readonly history: (index: Address) => readonly HistoryPoint[];
  readonly metrics: Registry;
}

const INTERVAL = 12_000;
const REPLACE_AFTER = 120_000;
/** {ms} the pause after the first trouble; it doubles up to the longest */
const FIRST_BACKOFF = 1_000;
const LONGEST_BACKOFF = 30_000;

const STATES = { open: 'opening', trade: 'trading', wait: 'waiting', hold: 'waiting', watch: 'watching' } as const;

/** {ms} the pause after so many troubles in a row */
export const backoff = (failures: number): number => Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** (failures - 1));

/** @throws {KeeperError} RECORDS_TAKEN when another process records into the folder */
export const createKeeper = (options: KeeperOptions): Keeper => {
  const { log = silent, interval = INTERVAL, disk = nodeDisk, account, dryRun = false } = options;
  const metrics = createMetrics();
  const release = takeFolder(disk, options.dir);
  const startedAt = Date.now();
  const own = addressOf(account).toLowerCase();
  let says = 'Starts: reads what happened so far.';
  let state: KeeperReport['state'] = 'starting';
  let lastTickAt: number | null = null;
  let trouble: (KeeperReport['trouble'] & object) | null = null;
  let errors = 0;
  let failures = 0;

  const worker = createWorker({
    ...{ ...options, log, interval, disk, dryRun, metrics },
    replaceAfter: options.replaceAfter ?? REPLACE_AFTER,
    onDecision: (decision) => {
      state = STATES[decision.action];
      says = decision.says;
    },
  });

  const work = async (): Promise<Tick> => {
    try {
      const { decision, records } = await worker.tick();
      for (const record of records) metrics.count(record, record.kind !== 'sample' && record.by.toLowerCase() === own);
      if (trouble !== null) log.info({ code: 'RECOVERED', after: trouble.code }, 'the trouble is over');
      [trouble, failures, lastTickAt] = [null, 0, Date.now()];
      metrics.ticks.inc();
      metrics.lastTick.setToCurrentTime();
      return { action: decision.action, says: decision.says, records };
    } catch (error) {
      const { code, message, hint } = troubleOf(error);
      failures += 1;
      errors += 1;
      metrics.errors.inc({ code });
      if (trouble?.code !== code || trouble.message !== message) log.error({ code, hint }, message);
      [state, says] = ['troubled', `Has trouble: ${message}.`];
      trouble = { at: Date.now(), code, message, hint };
      return { action: 'wait', says, records: [], trouble: troubleOf(error) };
    }
  };

  let ticking: Promise<Tick> | undefined;
  const tick = (): Promise<Tick> => {
    ticking ??= work().finally(() => {
      ticking = undefined;
    });
    return ticking;
  };

  const ended = new AbortController();
  let loop: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      const { action, trouble: met } = await tick();
      const acted = met === undefined && !dryRun && (action === 'open' || action === 'trade');
      const rest = met === undefined ? interval : backoff(failures);
      // After a deed there may be another one.
      if (!acted) await pause(rest, undefined, { signal: ended.signal }).catch(() => undefined); // it only ends early
    }
  };

  const ledger = () => worker.ledger();
  return {
    interval,
    tick,
    start: () => {
      loop ??= run();
    },
    stop: async () => {
      ended.abort();
      await loop;
      await ticking;
      release();
    },
    report: () => {
      const head = worker.head();
      const ownRounds = (ledger()?.rounds() ?? []).filter(({ by }) => by.toLowerCase() === own);
      const ownOpenings = (ledger()?.openings() ?? []).filter(({ by }) => by.toLowerCase() === own);
      const fills = ownRounds.reduce((sum, round) => sum + round.fills.length, 0);
      return {
        ...{ state, says, account: addressOf(account), dryRun, startedAt, lastTickAt, trouble },
        block: head === undefined ? null : { number: Number(head.number), at: Number(head.timestamp) },
        counts: { opened: ownOpenings.length, rounds: ownRounds.length, fills, errors },
      };
    },
    rounds: (filter) => ledger()?.rounds(filter) ?? [],
    openings: (filter) => ledger()?.openings(filter) ?? [],
    history: (index) => historyOf(ledger()?.samples(index) ?? []),
    metrics: metrics.registry,
  };
};
