import { crowdOf } from './agents/crowd.ts';
import { openEpochs } from './chain/epochs.ts';
import { World } from './chain/world.ts';
import type { Market } from './market/market.ts';
import { DriftBook } from './measure/drift-book.ts';
import { stream } from './random.ts';
import { rulesOf } from './rules.ts';
import type { Policy } from './scenario/policy.ts';
import type { Scenario } from './scenario.ts';

/** {s} how often somebody looks whether an epoch can be opened. */
const MINUTE = 60;

/** A market that was lived through under one policy. */
export interface Run {
  readonly world: World;
  readonly drift: DriftBook;
  /** {base} of all indices at the true prices */
  readonly nav: { readonly start: bigint; readonly end: bigint };
}

const navOf = (world: World): bigint => world.funds.reduce((sum, fund) => sum + fund.nav(world.truthExact), 0n);

/** Lives through a market under one policy. Who of the competing acts first in a step is drawn, the same for all policies. */
export const run = (scenario: Scenario, policy: Policy, market: Market, seed: number): Run => {
  const world = new World(scenario, rulesOf(policy), market, seed);
  const { scheduled, arbitrageurs, fillers } = crowdOf(world);
  const drift = new DriftBook(scenario);
  const turn = stream(seed, 'turns');
  const start = navOf(world);
  let [day, due] = [-1, 0];
  for (let step = 0; step < market.steps; step += 1) {
    world.advance(step);
    if (world.day !== day) {
      day = world.day;
      world.observe();
      world.funds.forEach((fund, i) => {
        const book = world.costs.days[i]?.[day];
        if (book !== undefined) book.nav = fund.navNumber(world.truth);
      });
    }
    drift.look(world);
    const drawn = turn();
    if (step >= due) {
      due = Number.POSITIVE_INFINITY;
      for (const agent of scheduled) {
        if (step >= agent.due) agent.act(world);
        due = Math.min(due, agent.due);
      }
    }
    arbitrageurs[Math.floor(drawn * arbitrageurs.length)]?.act(world);
    const at = Math.floor(drawn * fillers.length);
    const opener = fillers[at];
    if (opener === undefined) continue;
    if (world.now % MINUTE < scenario.stepSeconds) openEpochs(world, opener.party);
    for (let i = 0; i < fillers.length; i += 1) fillers[(at + i) % fillers.length]?.agent.act(world);
  }
  return { world, drift, nav: { start, end: navOf(world) } };
};

/** {1} agents times days of a run. */
export const agentDaysOf = ({ agents, days }: Scenario): number =>
  agents.reduce((sum, { count }) => sum + count, 0) * days;
