// npm and its shell stand between a person and a command. When one of them is killed, the command would go on unseen.
import { readFileSync } from 'node:fs';

const CHECK_MS = 500;
const MAX_LEVELS = 4; // npm, its shell, and room for one more of each

/** The parent of a process, or undefined when that cannot be known here. */
const parentOf = (pid) => {
  try {
    // pid (name, which may hold anything) state ppid ...
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[1],
    );
  } catch {
    return undefined;
  }
};

const isNpm = (pid) => {
  try {
    return /\bnpm\b/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, 2).join(' '));
  } catch {
    return false;
  }
};

/** This process' ancestors up to npm; none when npm did not start it. */
const ancestors = () => {
  const chain = [process.ppid];
  while (chain.length < MAX_LEVELS) {
    const last = chain[chain.length - 1];
    if (isNpm(last)) return chain;
    const parent = parentOf(last);
    if (parent === undefined) break;
    chain.push(parent);
  }
  return [];
};

/** Ends this process, as a SIGTERM would, when npm or a shell below it is gone. */
export const endWithNpm = () => {
  if (process.env.npm_execpath === undefined) return;
  const chain = ancestors();
  if (chain.length === 0) return;
  const timer = setInterval(() => {
    const intact = chain.every((pid, i) => (i === 0 ? process.ppid : parentOf(chain[i - 1])) === pid);
    if (intact) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, CHECK_MS);
  timer.unref();
};
