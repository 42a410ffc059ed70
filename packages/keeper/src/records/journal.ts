import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Disk } from './disk.ts';
import { type Entry, type Header, lineOf, parseEntries } from './entry.ts';
import { Ledger } from './ledger.ts';

const FILE = 'records.jsonl';
/** {byte} of a file that is written anew with what is still needed of it; later on, when it is twice as long as it was then */
const COMPACT_FROM = 64_000_000;

/** The records of a keeper: lines that are added, and what they say. */
export interface Journal {
  readonly ledger: Ledger;
  /** Writes entries in one go, then applies them; those that say nothing new are left out. Returns those that were written. */
  readonly append: <T extends Entry>(entries: readonly T[]) => readonly T[];
}

const isSame = (a: Header, b: Header): boolean => lineOf(a).toLowerCase() === lineOf(b).toLowerCase();

/**
 * Opens the records in a folder. What a crash tore off is cut; records of another chain or deployment are set aside.
 *
 * @param header which chain and deployment it is
 * @param compactFrom {byte} see {@link COMPACT_FROM}
 */
export const openJournal = (
  disk: Disk,
  dir: string,
  header: Header,
  log: Logger,
  compactFrom = COMPACT_FROM,
): Journal => {
  const path = join(dir, FILE);
  const bytes = disk.read(path);
  const { entries, size } = parseEntries(bytes ?? Buffer.alloc(0));
  const ledger = new Ledger();
  const [first] = entries;
  if (bytes !== undefined && first !== undefined && (first.kind !== 'header' || !isSame(first, header))) {
    const aside = join(
      dir,
      `records-${first.kind === 'header' ? first.genesis.slice(2, 10) : 'unknown'}-${Date.now()}.jsonl`,
    );
    disk.rename(path, aside);
    log.warn({ code: 'OTHER_CHAIN', aside }, 'the records are of another chain or deployment: set aside, begun anew');
    disk.append(path, lineOf(header));
  } else {
    if (bytes !== undefined && size < bytes.length) {
      disk.truncate(path, size);
      log.warn({ code: 'TORN_RECORDS', bytes: bytes.length - size }, 'the last lines were torn: cut off, read again');
    }
    if (first === undefined) disk.append(path, lineOf(header));
    for (const entry of entries) ledger.apply(entry);
  }
  /** {byte} set while the end of the file may be half a line: a full disk, for example */
  let torn: number | undefined;
  let written = disk.read(path)?.length ?? 0;
  const write = (text: string): void => {
    if (torn !== undefined) disk.truncate(path, torn);
    torn = written;
    disk.append(path, text);
    torn = undefined;
    written += Buffer.byteLength(text);
  };
  let limit = compactFrom;
  /** Writes the file anew without old marks, what the chain dropped, and the samples that were thinned out; at once, by a rename. */
  const compact = (): void => {
    const anew = `${path}.new`;
    const text = [header, ...ledger.entries()].map(lineOf).join('');
    try {
      disk.remove(anew);
      disk.append(anew, text);
      disk.rename(anew, path);
      [written, torn] = [Buffer.byteLength(text), undefined];
    } catch (error) {
      // It goes on with the long one.
      log.warn({ code: 'NOT_COMPACTED' }, error instanceof Error ? error.message : String(error));
    }
    limit = Math.max(compactFrom, 2 * written);
  };
  return {
    ledger,
    append: (given) => {
      const fresh = given.filter((entry) => !isRecord(entry) || !ledger.has(entry));
      if (fresh.length === 0) return [];
      if (written > limit) compact();
      write(fresh.map(lineOf).join(''));
      for (const entry of fresh) ledger.apply(entry);
      return fresh;
    },
  };
};

const isRecord = (entry: Entry) => entry.kind === 'opening' || entry.kind === 'round' || entry.kind === 'sample';
