import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Screenings } from './fast-determinations.ts';
import type { SweepContext } from './scenario.ts';
import { takeShare } from './share.ts';

/** What the main thread gives: it made it of the same types, in the same process. */
export interface WorkerTask {
  readonly context: Omit<SweepContext, 'screenings'>;
  readonly next: Int32Array;
  readonly count: number;
}

/** Takes its share until nothing is left. */
const work = (port: MessagePort, { context, next, count }: WorkerTask, screenings: Screenings): void => {
  const own = { ...context, screenings };
  for (let finished = takeShare(own, next, count); finished.length > 0; finished = takeShare(own, next, count)) {
    port.postMessage(finished);
  }
};

const port = parentPort;
// It is begun before the screening is done, and waits for it.
port?.once('message', (screenings: Screenings) => work(port, workerData, screenings));
