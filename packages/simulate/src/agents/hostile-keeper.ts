import type { Party } from '../chain/ledger.ts';
import type { Agent } from './agent.ts';
import { takeFromStock } from './searcher.ts';

/** Waits until a limit is at its lowest, the floor, and takes all it can at it from its own stock. */
export const hostileKeeper = (party: Party): Agent => ({
  act(world) {
    const { best, demands } = world.offers;
    if (best <= world.gas.round + world.gas.fill) return;
    const lowest = demands.filter(
      ({ gain, clock, floor, retryAt }) => clock <= floor && gain > 0 && retryAt <= world.now,
    );
    takeFromStock(world, party, lowest, 0);
  },
});
