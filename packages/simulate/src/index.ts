export { PARTIES, usdc } from './report/words.ts';
export {
  type Costs,
  type Counts,
  type DriftDay,
  type Epochs,
  type Estimate,
  type Gain,
  type PartyKind,
  type PolicyResult,
  resultJson,
  type SimulationResult,
  type Volume,
} from './result.ts';
export type { AgentGroup, AgentKind } from './scenario/agents.ts';
export type { Policy } from './scenario/policy.ts';
export { BASE, parseScenario, type Scenario, type ScenarioFile } from './scenario.ts';
export { simulate } from './simulate.ts';
export { hostileAlone, parseSweep, type Sweep, type SweepRow, sweep } from './sweep.ts';
