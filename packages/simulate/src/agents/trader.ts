import type { Party } from '../chain/ledger.ts';
import type { World } from '../chain/world.ts';
import type { AssetPool, Side } from '../market/pool.ts';
import { arrivals, exponential, type Random } from '../random.ts';
import type { AgentGroup } from '../scenario/agents.ts';
import { type ScheduledAgent, scheduled } from './agent.ts';

interface Swap {
  readonly step: number;
  /** {1} place of the pool among all, as a part. */
  readonly pool: number;
  readonly side: Side;
  /** {USD} */
  readonly size: number;
}

/** {1} the most of a pool's reserve that one swap takes: nobody gives away more than that. */
const MOST_OF_POOL = 0.02;

/** A swap of an outsider, booked. */
export const swap = (
  world: World,
  by: Party,
  { pool, side }: { readonly pool: AssetPool; readonly side: Side },
  amountIn: bigint,
): bigint => {
  const out = pool.swap(side, amountIn);
  const [assetIn, assetOut] = side === 'asset' ? [pool.asset, 0] : [0, pool.asset];
  world.ledger.transfer({ from: by, to: pool.providers, asset: assetIn, amount: amountIn });
  world.ledger.transfer({ from: pool.providers, to: by, asset: assetOut, amount: out });
  world.payGas(by, world.gas.swap);
  world.counts.swaps += 1;
  return out;
};

/** Swaps at random times on random pools, in random directions; the same whatever the policy. */
export const trader = (
  { swapsPerDay, size: mean }: Extract<AgentGroup, { kind: 'trader' }>,
  party: Party,
  random: Random,
  time: { readonly days: number; readonly stepSeconds: number },
): ScheduledAgent => {
  const swaps = arrivals(random, { perDay: swapsPerDay, ...time }).map(
    (step): Swap => ({
      ...{ step, pool: random(), side: random() < 0.5 ? 'asset' : 'base', size: exponential(random, mean) },
    }),
  );
  return scheduled(swaps, (world, { pool: place, side, size }) => {
    const pool = world.pools[Math.floor(place * world.pools.length)];
    if (pool === undefined) return;
    const price = side === 'asset' ? world.truth(pool.asset) : 1;
    const amount = Math.min((size * 1e6) / price, pool.reserves[side] * MOST_OF_POOL);
    if (amount * price > world.gas.swap) swap(world, party, { pool, side }, BigInt(Math.floor(amount)));
  });
};
