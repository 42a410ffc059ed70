import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import type { Finished } from './share.ts';
import type { WorkerTask } from './worker.ts';

/**
 * The program of a thread in one piece. A thread does not inherit what makes TypeScript run, and one that read its modules one by one
 * would take longer to begin than to do its share.
 */
export const threadProgram = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('worker.ts', import.meta.url))],
    ...{ bundle: true, write: false, platform: 'node', format: 'cjs', logLevel: 'silent' },
  });
  return outputFiles.map(({ text }) => text).join('');
};

/** Runs one more thread on the scenarios that are left; settles when it has ended. */
export const inThread = (
  program: string,
  task: WorkerTask,
  take: (finished: readonly Finished[]) => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(program, { eval: true, workerData: task });
    worker.on('message', take);
    worker.on('error', reject);
    worker.on('exit', () => resolve());
  });
