// A lock between processes: a file that holds the number of the process that made it. It outlives a killed owner, so a
// lock whose owner is gone is taken over.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const POLL_MS = 200;
const SETTLE_MS = 50; // two may find the same dead owner's lock at once; after this time one of them has it

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const owner = (file) => {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
};

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Tries to get the lock; answers the number of the living process that has it, or 0 when this one does. */
const take = async (file) => {
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      await sleep(SETTLE_MS);
      if (owner(file) === process.pid) return 0;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      await sleep(SETTLE_MS); // its owner may be between making the file and writing to it
    }
    const holder = owner(file);
    if (holder !== 0 && isAlive(holder)) return holder;
    if (owner(file) === holder) rmSync(file, { force: true });
  }
};

/**
 * Does `work` while no other process holds the lock.
 *
 * @template T
 * @param {string} file path of the lock
 * @param {string} what what the other process is doing, for the line that says why this one waits
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export const withLock = async (file, what, work) => {
  mkdirSync(dirname(file), { recursive: true });
  for (let waiting = 0, holder = await take(file); holder !== 0; holder = await take(file)) {
    if (holder !== waiting) process.stderr.write(`waiting: process ${holder} is ${what} (${file})\n`);
    waiting = holder;
    await sleep(POLL_MS);
  }
  const release = () => {
    if (owner(file) === process.pid) rmSync(file, { force: true });
  };
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
};
