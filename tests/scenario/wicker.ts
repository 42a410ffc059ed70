import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const WICKER = fileURLToPath(new URL('../../packages/cli/bin/wicker.mjs', import.meta.url));

/** A run of the `wicker` command as people start it. */
export interface Run {
  readonly process: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the exit code when the process is gone and its output read; null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** Starts `wicker` in a folder. */
export const wicker = (args: readonly string[], cwd: string): Run => {
  const child = spawn(process.execPath, [WICKER, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      text[stream] += chunk;
    });
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { process: child, stdout: () => text.stdout, stderr: () => text.stderr, ended };
};

/** Waits until something holds. @throws when it does not within `timeout` {ms} */
export const until = async (what: string, holds: () => boolean | Promise<boolean>, timeout = 30_000): Promise<void> => {
  for (const end = Date.now() + timeout; Date.now() < end; ) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited ${timeout} ms in vain: ${what}`);
};

/** Whether a chain answers there. */
export const answers = (rpc: string): Promise<boolean> =>
  fetch(rpc, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId' }),
  }).then(
    ({ ok }) => ok,
    () => false,
  );
