import { parentPort, workerData } from 'node:worker_threads';
import type { SweepContext } from './scenario.ts';
import { takeShare } from './share.ts';

/** What the main thread gives: it made it of the same types, in the same process. */
export interface WorkerTask {
  readonly context: Omit<SweepContext, 'screenings'>;
  readonly next: Int32Array;
  readonly count: number;
}

const { context, next, count }: WorkerTask = workerData;
const own: SweepContext = { ...context, screenings: new Map() };
for (let finished = takeShare(own, next, count); finished.length > 0; finished = takeShare(own, next, count)) {
  parentPort?.postMessage(finished);
}
