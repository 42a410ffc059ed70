import type { World } from '../chain/world.ts';

/** Somebody who acts, once a step at most. */
export interface Agent {
  act(world: World): void;
}
