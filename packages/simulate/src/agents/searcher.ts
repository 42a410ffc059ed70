import { Call } from '../chain/call.ts';
import type { Party } from '../chain/ledger.ts';
import type { Demand } from '../chain/opening.ts';
import type { World } from '../chain/world.ts';
import type { AgentGroup } from '../scenario/agents.ts';
import type { Agent } from './agent.ts';

/** {s} how long nobody tries again what the rules refused, and what was less than it looked. */
const REFUSED = 600;
const DECLINED = 60;

/**
 * Takes demands from own stock, the best first, while each leaves `margin` {1} of what it brings after its gas; the rules say how
 * much of each.
 */
export const takeFromStock = (world: World, party: Party, demands: readonly Demand[], margin: number): void => {
  let gas = world.gas.round + world.gas.fill;
  const ranked = demands
    .filter(({ value, gain }) => value * (gain - margin) > gas)
    .sort((a, b) => b.value * (b.gain - margin) - a.value * (a.gain - margin));
  for (const demand of ranked) {
    const { o, u, opening } = demand;
    const call = new Call(world, opening, [...demand.funds], o < u ? [o, u] : [u, o]);
    const done = call.fillFromStock(
      o,
      u,
      party,
      ({ given, received }) => Number(given) * world.truth(o) * (1 - margin) - Number(received) * world.truth(u) > gas,
    );
    if (done !== 'filled') {
      demand.retryAt = world.now + (done === 'refused' ? REFUSED : DECLINED);
      continue;
    }
    call.end();
    world.payGas(party, gas);
    gas = world.gas.fill;
  }
};

/** Fills orders from its own stock as soon as a limit is better than the true price by its margin. */
export const searcher = ({ marginBps }: Extract<AgentGroup, { kind: 'searcher' }>, party: Party): Agent => {
  const margin = marginBps / 1e4;
  return {
    act(world) {
      const { best, demands } = world.offers;
      if (best <= world.gas.round + world.gas.fill) return;
      const wanted = demands.filter(({ gain, retryAt }) => gain > margin && retryAt <= world.now);
      takeFromStock(world, party, wanted, margin);
    },
  };
};
