import { readFileSync } from 'node:fs';
import { type PolicyResult, parseScenario, parseSweep, type SweepRow, simulate, sweep } from '@wicker/simulate';

/** How fast a scenario runs, and what its policies cost. */
export interface SimulationFigures {
  readonly name: string;
  readonly agentDays: number;
  /** {s} of the processor, all threads: what others use of the machine at the same time does not count. */
  readonly processor: number;
  /** {s} by the clock on the wall. */
  readonly wall: number;
  readonly policies: readonly PolicyResult[];
}

const SCENARIOS = ['one-month', 'hostile'];

const readJson = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../data/scenarios/${name}.json`, import.meta.url), 'utf8'));

/** Runs a scenario of data/scenarios and takes the time. */
export const measureSimulation = (json: unknown): SimulationFigures => {
  const scenario = parseScenario(json);
  const [began, used] = [performance.now(), process.cpuUsage()];
  const { agentDays, policies } = simulate(scenario);
  const { user, system } = process.cpuUsage(used);
  const wall = (performance.now() - began) / 1_000;
  return { name: scenario.name, agentDays, processor: (user + system) / 1e6, wall, policies };
};

/** Runs the scenarios that ship. */
export const measureSimulations = (progress: (text: string) => void): SimulationFigures[] =>
  SCENARIOS.map((name) => {
    progress(`the simulation ${name}`);
    return measureSimulation(readJson(name));
  });

const table = (rows: readonly (readonly string[])[], first: number): string =>
  rows
    .map(([name = '', ...cells]) => `${name.padEnd(first)}${cells.map((cell) => cell.padStart(14)).join('')}\n`)
    .join('');

const rate = (days: number, seconds: number): string => Math.round(days / seconds).toLocaleString('en-US');

/** One row a policy: {bps of what is filled}, {bps of NAV}, {bps}; before it how fast the scenario ran. */
export const simulationTable = (figures: readonly SimulationFigures[]): string =>
  figures
    .map(({ name, agentDays, processor, wall, policies }) => {
      const speed = `${name}: ${agentDays} agent-days, ${rate(agentDays, wall)} a second, ${rate(agentDays, processor)} a second of processor\n`;
      const head = ['policy', 'pool fees', 'impact', 'beyond', 'worst day', 'mean day', 'drift'];
      const rows = policies.map(({ policy, costs, drift }) => [
        ...[policy.name, costs.poolFees.mean.toFixed(2), costs.impact.mean.toFixed(2), costs.beyond.mean.toFixed(2)],
        ...[costs.worstDay.toFixed(1), costs.meanDay.mean.toFixed(2), drift.mean.toFixed(1)],
      ]);
      return speed + table([head, ...rows], 24);
    })
    .join('\n');

/** The sweep of data/scenarios/sweep.json. */
export const measureSweep = (progress: (text: string) => void): SweepRow[] => {
  progress('the sweep of the rules; this takes minutes');
  return sweep(parseSweep(readJson('sweep')));
};

/** One row a policy, its grid's own first; the last column says which are better than that. */
export const sweepTable = (rows: readonly SweepRow[]): string => {
  const head = [
    'policy',
    'beyond',
    '+-',
    'drift',
    'reached',
    'minutes',
    'hostile worst',
    'hostile mean',
    'honest drift',
    'better',
  ];
  const lines = rows.map((row) => [
    ...[row.policy.name, row.beyond.mean.toFixed(2), row.beyond.within.toFixed(2), row.drift.mean.toFixed(1)],
    ...[`${(row.reached.mean * 100).toFixed(1)} %`, row.minutes.mean.toFixed(0)],
    ...[
      row.hostileWorstDay.toFixed(1),
      row.hostileMeanDay.mean.toFixed(2),
      row.honestDrift.mean.toFixed(1),
      row.better ? 'yes' : '',
    ],
  ]);
  return table([head, ...lines], 32);
};
