import { uptime } from 'node:os';
import { join } from 'node:path';
import { KeeperError } from '../errors.ts';
import type { Disk } from './disk.ts';

const LOCK = 'lock';

/** {ms} of what clocks differ by */
const SLACK = 60_000;

/** Whether a process that took a lock at `since` {ms} can be one of those that run now: one of before the machine started cannot. */
const isAlive = (pid: number, since: number): boolean => {
  if (since < Date.now() - uptime() * 1_000 - SLACK) return false;
  if (pid === process.pid) return false; // left by a keeper that this process had before
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/**
 * Takes a folder for the records of one keeper: two that write into one would mix their lines. A lock that a killed process left
 * holds nobody up. Returns what gives the folder free.
 *
 * @throws {KeeperError} RECORDS_TAKEN
 */
export const takeFolder = (disk: Disk, dir: string): (() => void) => {
  const lock = join(dir, LOCK);
  const hint = 'use another folder: --dir; several keepers on one chain do no harm';
  const [holder = Number.NaN, since = Number.NaN] =
    (disk.read(lock)?.toString('utf8') ?? '').match(/\d+/g)?.map(Number) ?? [];
  if (Number.isInteger(holder) && isAlive(holder, since)) {
    throw new KeeperError('RECORDS_TAKEN', `another keeper (process ${holder}) writes into ${dir}`, hint);
  }
  disk.remove(lock);
  if (!disk.create(lock, `${process.pid} ${Date.now()}\n`)) {
    throw new KeeperError('RECORDS_TAKEN', `another keeper took ${dir} just now`, hint);
  }
  return () => disk.remove(lock);
};
