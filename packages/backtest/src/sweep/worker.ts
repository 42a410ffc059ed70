import { once } from 'node:events';
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

/** Waits for what is known already, then takes its share until nothing is left. */
const work = async (port: MessagePort, { context, next, count }: WorkerTask): Promise<void> => {
  const [known] = await once(port, 'message');
  const screenings: Screenings = known;
  const own: SweepContext = { ...context, screenings };
  for (let finished = takeShare(own, next, count); finished.length > 0; finished = takeShare(own, next, count)) {
    port.postMessage(finished);
  }
};

if (parentPort !== null) await work(parentPort, workerData);
