import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { SweepContext } from './scenario.ts';
import { takeShare } from './share.ts';

/** What the main thread gives: it made it of the same types, in the same process. */
export interface WorkerTask {
  readonly context: SweepContext;
  readonly next: Int32Array;
  readonly count: number;
}

/** Takes its share until nothing is left. */
const work = (port: MessagePort, { context, next, count }: WorkerTask): void => {
  for (
    let finished = takeShare(context, next, count);
    finished.length > 0;
    finished = takeShare(context, next, count)
  ) {
    port.postMessage(finished);
  }
};

if (parentPort !== null) work(parentPort, workerData);
