import type { PoolFill } from './call.ts';
import type { World } from './world.ts';

/** Somebody who may swap before a fill on pools: gives what it does afterwards, or undefined when it does nothing. */
export type Sandwich = (world: World, fill: PoolFill) => (() => void) | undefined;
