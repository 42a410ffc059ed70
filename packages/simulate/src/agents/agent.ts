import type { World } from '../chain/world.ts';

/** Somebody who looks at every step whether to act. */
export interface Agent {
  act(world: World): void;
}

/** Somebody who acts at times of its own. */
export interface ScheduledAgent extends Agent {
  /** {1} the step at which it acts next. */
  readonly due: number;
}

/** A list of things to do by step, ascending, each done once. */
export const scheduled = <T extends { readonly step: number }>(
  things: readonly T[],
  act: (world: World, thing: T) => void,
): ScheduledAgent => {
  let next = 0;
  return {
    get due() {
      return things[next]?.step ?? Number.POSITIVE_INFINITY;
    },
    act(world) {
      for (let thing = things[next]; thing !== undefined && thing.step <= world.step; thing = things[next]) {
        next += 1;
        act(world, thing);
      }
    },
  };
};
