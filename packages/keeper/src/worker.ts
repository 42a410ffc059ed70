import {
  ContractRevertError,
  openEpochCall,
  type PlatformAddresses,
  rebalanceCall,
  type Sender,
  type WickerClient,
} from '@wicker/sdk';
import type { Logger } from 'pino';
import type { Hash } from 'viem';
import { getBlock, getChainId } from 'viem/actions';
import type { SampleRecord } from './api.ts';
import { atBlock, type BlockId } from './chain/at-block.ts';
import { type Look, look, planRounds } from './chain/look.ts';
import { feesFor, type Nonces, type OutgoingCall, simulate, TooMuchGasError, tipNow } from './chain/outbox.ts';
import { type Decision, type Deed, decide } from './decide/decide.ts';
import type { Snapshot } from './decide/snapshot.ts';
import { KeeperError, nodeBehind } from './errors.ts';
import { gwei, type Metrics } from './metrics.ts';
import { createPostbox } from './postbox.ts';
import type { Disk } from './records/disk.ts';
import { type Journal, openJournal } from './records/journal.ts';
import type { ChainRecord, Ledger } from './records/ledger.ts';
import { createObserver, type Observer } from './records/observe.ts';

/** {s} of the chain between two samples of an index, at least */
const SAMPLE_EVERY = 60;

export interface WorkerParameters {
  readonly client: WickerClient;
  readonly platform: PlatformAddresses;
  readonly fromBlock: bigint;
  readonly account: Sender;
  readonly dir: string;
  readonly log: Logger;
  /** {ms} */
  readonly interval: number;
  readonly replaceAfter: number;
  /** {wei/gas} */
  readonly maxGasPrice?: bigint | undefined;
  readonly dryRun: boolean;
  readonly disk: Disk;
  readonly metrics: Metrics;
  readonly onDecision: (decision: Decision) => void;
}

/** A block as the keeper needs it. */
interface Head extends BlockId {
  /** {s} */
  readonly timestamp: bigint;
  /** {wei/gas} */
  readonly baseFee: bigint;
}

/** The steps of a keeper; each may fail anywhere and be begun anew. */
export interface Worker {
  readonly tick: () => Promise<{ readonly decision: Decision; readonly records: readonly ChainRecord[] }>;
  readonly ledger: () => Ledger | undefined;
  /** The last block that was looked at. */
  readonly head: () => Head | undefined;
}

export const createWorker = (parameters: WorkerParameters): Worker => {
  const { client, platform, account, log, dryRun, metrics } = parameters;
  let journal: Journal | undefined;
  let observer: Observer | undefined;
  let head: Head | undefined;
  const postbox = createPostbox(parameters);
  let refused: { readonly block: Hash; readonly keys: Set<string> } | undefined;
  let lastSaid: string | undefined;
  let dead: ReadonlyMap<string, string> = new Map();

  const readHead = async (): Promise<Head> => {
    const { number, hash, timestamp, baseFeePerGas } = await getBlock(client);
    return { number, hash, timestamp, baseFee: baseFeePerGas ?? 0n };
  };

  const open = async (): Promise<{ journal: Journal; observer: Observer }> => {
    if (journal !== undefined && observer !== undefined) return { journal, observer };
    const [{ hash: genesis }, chainId] = await Promise.all([getBlock(client, { blockNumber: 0n }), getChainId(client)]);
    const header = { kind: 'header', version: 1, chainId, genesis, rebalancer: platform.rebalancer } as const;
    const opened = openJournal(parameters.disk, parameters.dir, header, log);
    observer = createObserver({ ...parameters, journal: opened, genesis });
    journal = opened;
    return { journal, observer };
  };

  /** Samples that are due: at most one per index and minute of the chain. */
  const dueSamples = ({ ledger }: Journal, samples: readonly SampleRecord[]): SampleRecord[] =>
    samples.filter((sample) => {
      const last = ledger.samples(sample.index).at(-1);
      return last === undefined || sample.at >= last.at + SAMPLE_EVERY;
    });

  const watchFeeds = ({ quotes }: Look): void => {
    const now = new Map<string, string>(
      quotes.flatMap(({ asset, status }) => (status === 'live' ? [] : [[asset, status] as const])),
    );
    for (const [asset, status] of now) {
      if (dead.get(asset) === status) continue;
      log.warn({ code: 'FEED_DEAD', asset, status }, 'an asset has no live price: it is not traded, the others are');
    }
    for (const asset of dead.keys()) {
      if (!now.has(asset)) log.info({ code: 'FEED_LIVE', asset }, 'an asset has a live price again');
    }
    dead = now;
    metrics.deadFeeds.set(now.size);
  };

  const callOf = (deed: Deed): Promise<OutgoingCall> | OutgoingCall =>
    deed.action === 'open'
      ? openEpochCall(client, { platform, indices: deed.indices })
      : rebalanceCall({ ...deed.round, platform });

  const say = (decision: Decision): void => {
    parameters.onDecision(decision);
    const said = 'key' in decision ? decision.key : decision.action;
    const level = said === lastSaid ? 'debug' : 'info';
    lastSaid = said;
    log[level]({ action: decision.action, block: Number(head?.number ?? 0n) }, decision.says);
  };

  /** Simulates; false when the chain refuses it now: somebody was faster, or prices moved since they were read. */
  const tried = async (deed: Deed, outgoing: OutgoingCall, keys: Set<string>): Promise<bigint | undefined> => {
    try {
      return await simulate(client, account, outgoing);
    } catch (error) {
      if (error instanceof TooMuchGasError) {
        keys.add(deed.key);
        log.warn({ code: error.code, action: deed.action }, error.message);
        return undefined;
      }
      if (!(error instanceof ContractRevertError)) throw error;
      keys.add(deed.key);
      log.info({ code: 'LOST_RACE', action: deed.action, reason: error.code }, error.message);
      return undefined;
    }
  };

  const recorded = async (watcher: Observer, seen: Head): Promise<readonly ChainRecord[]> => {
    try {
      return await watcher.observe(seen);
    } catch (error) {
      // The next look opens records of its own for the chain that is there now.
      if (error instanceof KeeperError && error.code === 'OTHER_CHAIN') [journal, observer] = [undefined, undefined];
      throw error;
    }
  };

  /** Records all that happened up to the newest block. */
  const observe = async (): Promise<{ readonly seen: Head; readonly records: readonly ChainRecord[] }> => {
    const { observer } = await open();
    const seen = await readHead();
    metrics.blockLag.set(Number(seen.number - (observer.seen() ?? parameters.fromBlock - 1n)));
    const records = await recorded(observer, seen);
    head = seen;
    metrics.blockLag.set(0);
    return { seen, records };
  };

  const snapshotOf = async (seen: Look, { pending }: Nonces, at: WickerClient, tip: bigint): Promise<Snapshot> => {
    const age = pending === undefined ? 0 : Math.max(0, Date.now() - pending.since);
    const waiting =
      pending === undefined ? undefined : { nonce: pending.nonce, age, late: age >= parameters.replaceAfter };
    const plans = waiting !== undefined && !waiting.late ? [] : await planRounds(at, platform, pools(), seen);
    const gasPrice = (head?.baseFee ?? 0n) + tip;
    metrics.gasPrice.set(gwei(gasPrice));
    return {
      ...{ now: seen.now, indices: seen.indices, rounds: plans, gasPrice },
      ...{ maxGasPrice: parameters.maxGasPrice, waiting },
    };
  };

  const pools = () => observer?.registry.pools ?? [];

  /** Decides and does, until something was sent or nothing is left that the chain takes. */
  const act = async (opened: Journal, snapshot: Snapshot, nonces: Nonces, tip: bigint, at: Head): Promise<Decision> => {
    if (refused?.block !== at.hash) refused = { block: at.hash, keys: new Set() };
    const { keys } = refused;
    for (;;) {
      const decision = decide(snapshot, keys);
      if (!('key' in decision)) {
        say(decision);
        return decision;
      }
      if (postbox.cools(at.number)) {
        const waits: Decision = { action: 'wait', says: 'Waits some blocks: its last transaction came too late.' };
        say(waits);
        return waits;
      }
      const fees = feesFor(at.baseFee, tip, parameters.maxGasPrice, nonces.pending?.fees);
      if (fees === undefined) {
        const holds: Decision = {
          action: 'hold',
          says: 'Sends nothing: to outbid its own transaction costs too much.',
        };
        say(holds);
        return holds;
      }
      const outgoing = await callOf(decision);
      const gas = await tried(decision, outgoing, keys);
      if (gas === undefined) continue;
      say(decision);
      if (dryRun) {
        keys.add(decision.key);
        log.info({ code: 'DRY_RUN', action: decision.action, gas: Number(gas) }, `would send: ${decision.says}`);
        return decision;
      }
      if (await postbox.send(opened, decision.action, outgoing, { gas, nonce: nonces.next, fees })) return decision;
      const waits: Decision = {
        action: 'wait',
        says: `Waits: another transaction of its account has the nonce ${nonces.next}.`,
      };
      say(waits);
      return waits;
    }
  };

  return {
    ledger: () => journal?.ledger,
    head: () => head,
    tick: async () => {
      const opened = await open();
      const { seen, records } = await observe();
      const at = atBlock(client, seen);
      const [found, counted, tip] = await Promise.all([
        look(at, platform, opened.observer.registry.indices, seen),
        postbox.nonces(opened.journal),
        tipNow(client),
      ]);
      await postbox.conclude(counted, seen.number);
      if (seen.number < postbox.minedIn()) throw nodeBehind();
      watchFeeds(found);
      const samples = opened.observer.sample(dueSamples(opened.journal, found.samples));
      const snapshot = await snapshotOf(found, counted, at, tip);
      const before = postbox.outstanding();
      const decision = await act(opened.journal, snapshot, counted, tip, seen);
      if (postbox.outstanding() === before) return { decision, records: [...records, ...samples] };
      const after = await observe();
      await postbox.conclude(await postbox.nonces(opened.journal), after.seen.number);
      return { decision, records: [...records, ...samples, ...after.records] };
    },
  };
};
