import type { Party } from '../chain/ledger.ts';
import type { Agent } from './agent.ts';
import { swap } from './trader.ts';

/** Trades every pool back towards the true price when that pays more than its gas. */
export const arbitrageur = (party: Party): Agent => ({
  act(world) {
    const { at, market } = world;
    const gas = world.gas.swap;
    for (const pool of world.pools) {
      const price = market.truth[at + pool.asset] ?? 0;
      if (pool.isNear(price)) continue;
      const found = pool.arbitrage(price);
      if (found === undefined || found.gain <= gas) continue;
      swap(world, party, { pool, side: found.side }, BigInt(Math.floor(found.amountIn)));
    }
  },
});
