import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { SweepContext } from './scenario.ts';
import { takeShares } from './share.ts';

/** What the main thread gives: it made it of the same types, in the same process. */
export interface WorkerTask {
  readonly context: SweepContext;
  readonly next: Int32Array;
  readonly count: number;
}

/** Takes its share until nothing is left. */
const work = (port: MessagePort, { context, next, count }: WorkerTask): void => {
  for (const finished of takeShares(context, next, count)) port.postMessage(finished);
};

if (parentPort !== null) work(parentPort, workerData);
