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
 * Takes scenarios of a sweep that several threads share and runs them, some at a time, until none is left.
 *
 * @param next one number that all threads count up: the next scenario that nobody has taken
 */
export function* takeShares(
  context: SweepContext,
  next: Int32Array,
  count: number,
): Generator<readonly Finished[], undefined> {
  for (let first = Atomics.add(next, 0, CHUNK); first < count; first = Atomics.add(next, 0, CHUNK)) {
    const places = Array.from({ length: Math.min(CHUNK, count - first) }, (_, i) => first + i);
    yield places.map((place) => ({ place, scenario: runScenario(context, place) }));
  }
}
