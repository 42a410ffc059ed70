import type { Hash } from 'viem';
import { describe, expect, it } from 'vitest';
import type { RoundRecord, SampleRecord } from '../api.ts';
import { historyOf } from '../history.ts';
import { silent } from '../log.ts';
import type { Disk } from './disk.ts';
import { lineOf, parseEntries } from './entry.ts';
import { openJournal } from './journal.ts';
import { takeFolder } from './lock.ts';

const hashOf = (n: number): Hash => `0x${n.toString(16).padStart(64, '0')}`;
const HEADER = { kind: 'header', version: 1, chainId: 1, genesis: hashOf(1), rebalancer: '0xabc' } as const;
const INDEX = `0x${'1'.repeat(40)}` as const;

const roundAt = (block: number, tx: number): RoundRecord => ({
  ...{ kind: 'round', block, blockHash: hashOf(block), at: block * 12, tx: hashOf(tx), opening: '1', by: INDEX },
  ...{ gasUsed: '1', gasPrice: '1', fills: [], skipped: [] },
  indices: [{ index: INDEX, driftBefore: null, driftAfter: null, deltas: [] }],
});
const sampleAt = (block: number, at: number): SampleRecord => ({
  ...{ kind: 'sample', block, blockHash: hashOf(block), at, index: INDEX, nav: '1', price: '1', supply: '1' },
  driftBps: 1,
});

/** Files in memory. */
const memory = (): Disk & { readonly files: Map<string, Buffer> } => {
  const files = new Map<string, Buffer>();
  return {
    files,
    read: (path) => files.get(path),
    append: (path, text) =>
      void files.set(path, Buffer.concat([files.get(path) ?? Buffer.alloc(0), Buffer.from(text)])),
    create: (path, text) => {
      if (files.has(path)) return false;
      files.set(path, Buffer.from(text));
      return true;
    },
    truncate: (path, size) => void files.set(path, (files.get(path) ?? Buffer.alloc(0)).subarray(0, size)),
    rename: (from, to) => {
      files.set(to, files.get(from) ?? Buffer.alloc(0));
      files.delete(from);
    },
    remove: (path) => void files.delete(path),
  };
};
const PATH = 'dir/records.jsonl';
const open = (disk: Disk) => openJournal(disk, 'dir', HEADER, silent);

describe('records', () => {
  it('are the same after a restart', () => {
    const disk = memory();
    const journal = open(disk);
    journal.append([roundAt(5, 50), { kind: 'mark', block: 6, blockHash: hashOf(6) }]);
    journal.append([roundAt(7, 70)]);
    const { ledger } = open(disk);
    expect(ledger.rounds().map(({ block }) => block)).toEqual([7, 5]);
    expect(ledger.mark).toMatchObject({ block: 6 });
  });

  it('take nothing twice', () => {
    const disk = memory();
    const journal = open(disk);
    expect(journal.append([roundAt(5, 50)])).toHaveLength(1);
    expect(journal.append([roundAt(5, 50)])).toEqual([]);
    expect(disk.files.get(PATH)?.toString().split('\n')).toHaveLength(3);
    expect(open(disk).append([roundAt(5, 50)])).toEqual([]);
  });

  it('lose no more than what was torn, at whatever byte', () => {
    const whole = memory();
    open(whole).append([roundAt(5, 50), roundAt(6, 60)]);
    const bytes = whole.files.get(PATH) ?? Buffer.alloc(0);
    for (let size = 0; size <= bytes.length; size += 1) {
      const disk = memory();
      disk.files.set(PATH, bytes.subarray(0, size));
      const journal = open(disk);
      const kept = journal.ledger.rounds().length;
      expect(journal.append([roundAt(5, 50), roundAt(6, 60)])).toHaveLength(2 - kept);
      expect(disk.files.get(PATH)?.equals(bytes)).toBe(true);
    }
  });

  it('mend a write that failed in the middle, without a restart', () => {
    const disk = memory();
    let full = false;
    const journal = open({
      ...disk,
      append: (path, text) => {
        disk.append(path, full ? text.slice(0, 20) : text);
        if (full) throw new Error('no space left');
      },
    });
    full = true;
    expect(() => journal.append([roundAt(5, 50)])).toThrow('no space');
    full = false;
    expect(journal.append([roundAt(5, 50)])).toHaveLength(1);
    expect(open(disk).ledger.rounds()).toHaveLength(1);
  });

  it('cut off what is no entry, and all behind it', () => {
    const good = lineOf(HEADER);
    expect(parseEntries(Buffer.from(`${good}{"kind":"other"}\n${good}`))).toEqual({
      ...{ entries: [HEADER], size: good.length },
    });
  });

  it('take back what the chain dropped, and take it again', () => {
    const disk = memory();
    const journal = open(disk);
    journal.append([roundAt(5, 50), roundAt(8, 80), sampleAt(8, 96), { kind: 'mark', block: 8, blockHash: hashOf(8) }]);
    journal.append([{ kind: 'reorg', block: 6 }]);
    expect(journal.ledger.rounds().map(({ block }) => block)).toEqual([5]);
    expect(journal.ledger.samples(INDEX)).toEqual([]);
    expect(journal.ledger.mark).toBeUndefined();
    expect(journal.append([roundAt(8, 80)])).toHaveLength(1);
    expect(
      open(disk)
        .ledger.rounds()
        .map(({ block }) => block),
    ).toEqual([8, 5]);
  });

  it('of another chain are set aside', () => {
    const disk = memory();
    open(disk).append([roundAt(5, 50)]);
    const other = openJournal(disk, 'dir', { ...HEADER, genesis: hashOf(2) }, silent);
    expect(other.ledger.rounds()).toEqual([]);
    expect([...disk.files.keys()].some((path) => path.startsWith('dir/records-00000000-'))).toBe(true);
  });

  it('of an index are told newest first, as many as asked for', () => {
    const journal = open(memory());
    journal.append([1, 2, 3].map((n) => roundAt(n, n)));
    expect(journal.ledger.rounds({ index: INDEX, limit: 2 }).map(({ block }) => block)).toEqual([3, 2]);
    expect(journal.ledger.rounds({ index: `0x${'2'.repeat(40)}` })).toEqual([]);
  });

  it('of years fit into memory: old samples are thinned, the newest stay', () => {
    const { append, ledger } = open(memory());
    append(Array.from({ length: 10_000 }, (_, i) => sampleAt(i + 1, (i + 1) * 60)));
    const samples = ledger.samples(INDEX);
    expect(samples.length).toBeLessThanOrEqual(2_000);
    expect([samples[0]?.block, samples.at(-1)?.block]).toEqual([1, 10_000]);
    const points = historyOf(samples);
    expect(points.length).toBeLessThanOrEqual(402);
    expect(points.length).toBeGreaterThan(200);
    expect([points[0]?.block, points.at(-1)?.block]).toEqual([1, 10_000]);
  });

  it('stay small on disk, however long they are written: what is still needed is written anew', () => {
    const disk = memory();
    const journal = openJournal(disk, 'dir', HEADER, silent, 200_000);
    const sent = { kind: 'sent', nonce: 7, maxFeePerGas: '1', maxPriorityFeePerGas: '1', at: 5 } as const;
    journal.append([roundAt(1, 10), sent]);
    for (let n = 2; n < 10_000; n += 1) {
      journal.append([sampleAt(n, n * 60), { kind: 'mark', block: n, blockHash: hashOf(n) }]);
      if (n % 1_000 === 0) journal.append([roundAt(n, n + 1)]);
      expect(disk.files.get(PATH)?.length).toBeLessThan(800_000);
    }
    expect([...disk.files.keys()]).toEqual([PATH]);
    const { ledger } = open(disk);
    expect(ledger.rounds()).toEqual(journal.ledger.rounds());
    expect(ledger.mark).toEqual(journal.ledger.mark);
    expect(ledger.sent).toEqual(sent);
    expect(historyOf(ledger.samples(INDEX)).length).toBeGreaterThan(200);
    expect(ledger.samples(INDEX).at(-1)?.block).toBe(9_999);
  });

  it('go on in the long file when there is no room for a shorter one', () => {
    const disk = memory();
    let full = false;
    const append: Disk['append'] = (path, text) => {
      if (full && path !== PATH) throw new Error('no space left');
      disk.append(path, text);
    };
    const journal = openJournal({ ...disk, append }, 'dir', HEADER, silent, 1_000);
    full = true;
    for (let n = 1; n < 20; n += 1) expect(journal.append([roundAt(n, n)])).toHaveLength(1);
    expect(open(disk).ledger.rounds()).toHaveLength(19);
  });

  it('that are found late are told in the order of the chain', () => {
    const disk = memory();
    const journal = open(disk);
    journal.append([roundAt(5, 50), roundAt(9, 90)]);
    journal.append([roundAt(7, 70)]);
    for (const { ledger } of [journal, open(disk)])
      expect(ledger.rounds().map(({ block }) => block)).toEqual([9, 7, 5]);
  });

  it('belong to one process; a lock that a dead one left holds nobody up', () => {
    const disk = memory();
    disk.files.set('dir/lock', Buffer.from('1\n')); // init, which always lives
    expect(() => takeFolder(disk, 'dir')).toThrow('another keeper (process 1)');
    disk.files.set('dir/lock', Buffer.from('1 1000\n')); // of before this machine started: its number is another's now
    takeFolder(disk, 'dir')();
    disk.files.set('dir/lock', Buffer.from('4194304999\n')); // above all process ids
    takeFolder(disk, 'dir')();
    expect(disk.files.has('dir/lock')).toBe(false);
  });
});
