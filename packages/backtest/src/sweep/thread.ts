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

/** A thread that takes its share of the scenarios that are left. */
export interface Thread {
  /** Settles when none is left. */
  readonly ended: Promise<void>;
  readonly stop: () => Promise<unknown>;
}

/** Begins one more thread. */
export const openThread = (
  program: string,
  task: WorkerTask,
  take: (finished: readonly Finished[]) => void,
): Thread => {
  const worker = new Worker(program, { eval: true, workerData: task });
  const ended = new Promise<void>((resolve, reject) => {
    worker.on('message', (finished: readonly Finished[]) => {
      // An error that leaves a listener would end the whole process.
      try {
        take(finished);
      } catch (error) {
        reject(error);
      }
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`a thread of the sweep ended with code ${code}`));
    });
  });
  return { ended, stop: () => worker.terminate() };
};
