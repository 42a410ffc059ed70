import { marketOf } from './market/market.ts';
import { policyResult } from './measure/report.ts';
import type { SimulationResult } from './result.ts';
import { agentDaysOf, type Run, run } from './run.ts';
import type { Scenario } from './scenario.ts';

/**
 * Lives through the markets of all seeds of a scenario under each of its policies. The same scenario gives the same result.
 *
 * @throws {MathError} when a price or an amount leaves the range of the rules: a market that runs away
 */
export const simulate = (scenario: Scenario): SimulationResult => {
  const { name, about, days, stepSeconds, seeds, assets, indices, agents, policies } = scenario;
  const runs = policies.map((): Run[] => []);
  for (const seed of seeds) {
    const market = marketOf(scenario, seed);
    policies.forEach((policy, i) => {
      runs[i]?.push(run(scenario, policy, market, seed));
    });
  }
  return {
    scenario: {
      ...{ name, about, days, stepSeconds, seeds, indices: indices.count, assets: assets.length },
      pools: assets.reduce((sum, { pools }) => sum + pools.length, 0),
      agents: agents.reduce((sum, { count }) => sum + count, 0),
    },
    agentDays: agentDaysOf(scenario) * policies.length * seeds.length,
    policies: policies.map((policy, i) => policyResult(policy, runs[i] ?? [])),
  };
};
