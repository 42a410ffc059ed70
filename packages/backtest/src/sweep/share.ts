import type { Scenario } from '../result.ts';
import { runScenario, type SweepContext } from './scenario.ts';

/** A scenario with its number. */
export interface Finished {
  readonly place: number;
  readonly scenario: Scenario;
}

/** Scenarios that a thread takes at a time: few enough that none waits long for the last one. */
const CHUNK = 8;

/**
 * Takes the next scenarios of a sweep that several threads share and runs them; empty when none is left.
 *
 * @param next one number that all threads count up: the next scenario that nobody has taken
 */
export const takeShare = (context: SweepContext, next: Int32Array, count: number): Finished[] => {
  const first = Atomics.add(next, 0, CHUNK);
  const finished: Finished[] = [];
  for (let place = first; place < Math.min(first + CHUNK, count); place += 1) {
    finished.push({ place, scenario: runScenario(context, place) });
  }
  return finished;
};
