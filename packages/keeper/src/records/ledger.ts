import { type Address, getAddress, type Hash } from 'viem';
import type { OpeningRecord, RoundRecord, SampleRecord } from '../api.ts';
import type { PlatformEvent } from '../chain/scan.ts';
import { thinned } from '../history.ts';
import type { Entry, Mark, SentNote } from './entry.ts';

/** What is recorded. */
export type ChainRecord = OpeningRecord | RoundRecord | SampleRecord;

/** Which records to tell. */
export interface RecordFilter {
  readonly index?: Address;
  /** {1} the newest so many */
  readonly limit?: number;
}

/** A block that the records saw. */
export interface SeenBlock {
  readonly block: number;
  readonly blockHash: Hash;
}

/** {1} marks kept in memory: where forks are looked for first */
const KEPT_MARKS = 100;
/** {1} samples of an index kept in memory, evenly by time; thinned to so many when there are twice as many */
const KEPT_SAMPLES = 500;

const openingKey = (tx: Hash, id: string): string => `opening ${tx} ${id}`;
const roundKey = (tx: Hash): string => `round ${tx}`;

const keyOf = (record: ChainRecord): string => {
  if (record.kind === 'opening') return openingKey(record.tx, record.id);
  if (record.kind === 'round') return roundKey(record.tx);
  return `sample ${record.blockHash} ${getAddress(record.index)}`;
};

/** The records in memory: what the lines say, applied one after the other. */
export class Ledger {
  #openings: OpeningRecord[] = [];
  #rounds: RoundRecord[] = [];
  readonly #samples = new Map<Address, SampleRecord[]>();
  #keys = new Set<string>();
  /** Where all events up to a block are recorded, ascending. */
  #marks: Mark[] = [];
  #sent: SentNote | undefined;

  /** Applies a line. Returns whether it said something new. */
  apply(entry: Entry): boolean {
    switch (entry.kind) {
      case 'header':
        return false;
      case 'mark':
        this.#marks.push(entry);
        if (this.#marks.length > 2 * KEPT_MARKS) this.#marks = this.#marks.slice(-KEPT_MARKS);
        return true;
      case 'sent':
        this.#sent = entry;
        return true;
      case 'reorg':
        this.#dropAbove(entry.block);
        return true;
      default:
        return this.#add(entry);
    }
  }

  has(record: ChainRecord): boolean {
    return this.#keys.has(keyOf(record));
  }

  /** Whether what an event tells is recorded. */
  knows({ eventName, transactionHash: tx, args }: PlatformEvent): boolean {
    if (eventName === 'Opened') return this.#keys.has(openingKey(tx, `${args.opening}`));
    return (eventName === 'Crossed' || eventName === 'Traded') && this.#keys.has(roundKey(tx));
  }

  /** The fewest lines that say the same, without the header. */
  entries(): readonly Entry[] {
    const sent = this.#sent === undefined ? [] : [this.#sent];
    return [...this.#openings, ...this.#rounds, ...[...this.#samples.values()].flat(), ...sent, ...this.#marks];
  }

  /** Newest first. */
  openings({ index, limit }: RecordFilter = {}): readonly OpeningRecord[] {
    return newest(this.#openings, ({ indices }) => touches(indices, index), limit);
  }

  /** Newest first. */
  rounds({ index, limit }: RecordFilter = {}): readonly RoundRecord[] {
    return newest(this.#rounds, ({ indices }) => touches(indices, index), limit);
  }

  /** Oldest first; the newest close together, all others evenly by time. */
  samples(index: Address): readonly SampleRecord[] {
    return this.#samples.get(getAddress(index)) ?? [];
  }

  /** The last transaction that was about to be sent. */
  get sent(): SentNote | undefined {
    return this.#sent;
  }

  /** The block up to which all events are recorded. */
  get mark(): SeenBlock | undefined {
    return this.#marks.at(-1);
  }

  /** Blocks that were seen, newest first, each once: where a fork of the chain is looked for. */
  seen(): readonly SeenBlock[] {
    const samples = [...this.#samples.values()].flat();
    const all = [...this.#marks, ...this.#openings, ...this.#rounds, ...samples];
    const byHash = new Map(all.map(({ block, blockHash }) => [blockHash, { block, blockHash }]));
    return [...byHash.values()].sort((a, b) => b.block - a.block);
  }

  #add(record: ChainRecord): boolean {
    const key = keyOf(record);
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    if (record.kind === 'opening') insert(this.#openings, record);
    else if (record.kind === 'round') insert(this.#rounds, record);
    else this.#addSample(record);
    return true;
  }

  #addSample(sample: SampleRecord): void {
    const index = getAddress(sample.index);
    const samples = this.#samples.get(index) ?? [];
    samples.push(sample);
    this.#samples.set(index, samples);
    if (samples.length <= 2 * KEPT_SAMPLES) return;
    const kept = thinned(samples, KEPT_SAMPLES);
    const left = new Set(kept);
    for (const each of samples) if (!left.has(each)) this.#keys.delete(keyOf(each));
    this.#samples.set(index, kept);
  }

  #dropAbove(block: number): void {
    const stays = (record: { readonly block: number }): boolean => record.block <= block;
    this.#openings = this.#openings.filter(stays);
    this.#rounds = this.#rounds.filter(stays);
    this.#marks = this.#marks.filter(stays);
    for (const [index, samples] of this.#samples) this.#samples.set(index, samples.filter(stays));
    const left = [...this.#openings, ...this.#rounds, ...[...this.#samples.values()].flat()];
    this.#keys = new Set(left.map(keyOf));
  }
}

/** Adds a record; one that was found late goes before those of later blocks. */
const insert = <T extends { readonly block: number }>(list: T[], record: T): void => {
  const isLate = record.block < (list.at(-1)?.block ?? 0);
  list.push(record);
  if (isLate) list.sort((a, b) => a.block - b.block);
};

const touches = (indices: readonly { readonly index: Address }[], index: Address | undefined): boolean =>
  index === undefined || indices.some((one) => one.index.toLowerCase() === index.toLowerCase());

const newest = <T>(list: readonly T[], matches: (one: T) => boolean, limit = list.length): readonly T[] => {
  const found: T[] = [];
  for (let i = list.length - 1; i >= 0 && found.length < limit; i -= 1) {
    const one = list[i];
    if (one !== undefined && matches(one)) found.push(one);
  }
  return found;
};
