import type { Party } from '../chain/ledger.ts';
import type { World } from '../chain/world.ts';
import { stream } from '../random.ts';
import type { AgentGroup } from '../scenario/agents.ts';
import type { Agent, ScheduledAgent } from './agent.ts';
import { arbitrageur } from './arbitrageur.ts';
import { honestKeeper } from './honest-keeper.ts';
import { hostileKeeper } from './hostile-keeper.ts';
import { investor } from './investor.ts';
import { manager } from './manager.ts';
import { sandwich } from './sandwich.ts';
import { searcher } from './searcher.ts';
import { trader } from './trader.ts';

/** Somebody who fills orders and opens epochs. */
export interface Filler {
  readonly agent: Agent;
  readonly party: Party;
}

/** All who act in a world: first those who are due, then one of the arbitrageurs, then all fillers in turn. */
export interface Crowd {
  readonly scheduled: readonly ScheduledAgent[];
  readonly arbitrageurs: readonly Agent[];
  readonly fillers: readonly Filler[];
}

/** The members of every group, each with its party and a stream of random numbers of its own. */
export const crowdOf = (world: World): Crowd => {
  const { scenario, ledger, seed } = world;
  const [scheduled, arbitrageurs, fillers]: [ScheduledAgent[], Agent[], Filler[]] = [[], [], []];
  const managers = scenario.agents.reduce((sum, { kind, count }) => sum + (kind === 'manager' ? count : 0), 0);
  let managed = 0;
  const join = (group: AgentGroup, name: string): void => {
    const party = ledger.enter(group.kind, group.name, name);
    const random = stream(seed, `agent ${name}`);
    switch (group.kind) {
      case 'trader':
        scheduled.push(trader(group, party, random, scenario));
        break;
      case 'investor':
        scheduled.push(investor(group, party, random, scenario));
        break;
      case 'manager': {
        const place = managed;
        managed += 1;
        scheduled.push(
          manager(group, party, random, scenario, ({ funds }) => funds.filter((_, i) => i % managers === place)),
        );
        break;
      }
      case 'arbitrageur':
        arbitrageurs.push(arbitrageur(party));
        break;
      case 'searcher':
        fillers.push({ agent: searcher(group, party), party });
        world.leastMargin = Math.min(world.leastMargin, group.marginBps / 1e4);
        if (group.sandwiches) world.sandwiches.push(sandwich(party));
        break;
      case 'keeper':
        fillers.push({ agent: group.behaviour === 'honest' ? honestKeeper(party) : hostileKeeper(party), party });
        if (group.behaviour === 'hostile') world.leastMargin = 0;
    }
  };
  for (const group of scenario.agents) {
    for (let i = 1; i <= group.count; i += 1) join(group, group.count === 1 ? group.name : `${group.name} ${i}`);
  }
  return { scheduled, arbitrageurs, fillers };
};
