import { expect, it } from 'vitest';
import type { Finished } from './share.ts';
import { openThread } from './thread.ts';
import type { WorkerTask } from './worker.ts';

it('a thread whose answer cannot be taken tells who ran it, and nobody else', async () => {
  const program = `require('node:worker_threads').parentPort.postMessage([]);`;
  const take = (_: readonly Finished[]): void => {
    throw new Error('no room');
  };
  const { ended, stop } = openThread(program, {} as WorkerTask, take);
  await expect(ended).rejects.toThrow('no room');
  await stop();
});
