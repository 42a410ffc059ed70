import { parseFile, WickerError } from '@wicker/core';
import * as z from 'zod';
import type { Estimate, PolicyResult } from './result.ts';
import type { AgentGroup } from './scenario/agents.ts';
import { type Policy, policyShape } from './scenario/policy.ts';
import { type Scenario, scenarioShape } from './scenario.ts';
import { simulate } from './simulate.ts';

/** The numbers of a policy that can be swept: which part of it each is in. */
const AXES = {
  ...{ marginBps: 'limit', fallBpsPerMinute: 'limit', floorBps: 'limit', bps: 'limit' },
  ...{ dayBps: 'budget', reweighBps: 'budget', hours: 'epoch', reweighHours: 'epoch', toleranceBps: 'trigger' },
  ...{ near: 'trigger', far: 'trigger', multiple: 'trigger', leastNear: 'trigger', mostNear: 'trigger' },
  ...{ leastFar: 'trigger', mostFar: 'trigger', pauseHours: 'trigger' },
} as const satisfies Record<string, 'limit' | 'budget' | 'epoch' | 'trigger'>;

type Axis = keyof typeof AXES;

const isAxis = (name: string): name is Axis => name in AXES;

const varyShape = z
  .record(z.string(), z.array(z.number()).min(1).max(20))
  .refine((vary) => Object.keys(vary).length > 0, 'name at least one number to vary')
  .refine((vary) => Object.keys(vary).every(isAxis), `a number that varies is one of ${Object.keys(AXES).join(', ')}`);

const sweepShape = z
  .strictObject({
    scenario: scenarioShape,
    /** Every grid varies numbers of one of the scenario's policies: all combinations of what each may be. */
    grids: z
      .array(
        z.strictObject({
          of: z.string(),
          vary: varyShape,
        }),
      )
      .min(1)
      .max(20),
  })
  .superRefine(({ scenario, grids }, context) => {
    grids.forEach(({ of }, i) => {
      if (scenario.policies.some(({ name }) => name === of)) return;
      context.addIssue({ code: 'custom', path: ['grids', i, 'of'], message: `the scenario has no policy '${of}'` });
    });
  });

/** What to sweep. */
export type Sweep = z.output<typeof sweepShape>;

/** @throws {InvalidFileError} that names every field at fault by its path */
export const parseSweep = (json: unknown): Sweep => parseFile('sweep', sweepShape, json);

/** One set of numbers, and what it does. */
export interface SweepRow {
  /** Place of its grid; the policy that the grid varies is in the first row of the grid. */
  readonly grid: number;
  readonly policy: Policy;
  /** Among the scenario's own agents: what fills cost beyond pool fees and impact {bps of what is filled}. */
  readonly beyond: Estimate;
  /** Pool fees, impact and the rest {bps of what is filled}. */
  readonly total: Estimate;
  /** {bps} mean drift */
  readonly drift: Estimate;
  /** {1} part of the epochs that came within tolerance, and {min} how long they took. */
  readonly reached: Estimate;
  readonly minutes: Estimate;
  /** The same market with one hostile keeper instead of all keepers and searchers: {bps of NAV} lost by an index on its worst day. */
  readonly hostileWorstDay: number;
  /** {bps of NAV a day} on average. */
  readonly hostileMeanDay: Estimate;
  /** {bps} mean drift then. */
  readonly hostileDrift: Estimate;
  /** With honest keepers and no searchers, so over pools only: {bps} mean drift, and {1} epochs that came within tolerance. */
  readonly honestDrift: Estimate;
  readonly honestReached: Estimate;
  /** No worse in cost, hostile loss and drift, of all three, than the first row of the grid, and better in one by 2 % at least. */
  readonly better: boolean;
}

/** {1} smaller differences are noise. */
const NOISE = 0.02;

/** Same market, but one hostile keeper in place of all who open epochs and fill orders. */
export const hostileAlone = (scenario: Scenario): Scenario => {
  const others = scenario.agents.filter(({ kind }) => kind !== 'keeper' && kind !== 'searcher');
  const hostile: AgentGroup = { kind: 'keeper', name: 'hostile keeper', count: 1, behaviour: 'hostile' };
  return { ...scenario, agents: [...others, hostile] };
};

/** Same market, but nobody who fills from own stock. */
const honestAlone = (scenario: Scenario): Scenario => ({
  ...scenario,
  agents: scenario.agents.filter(
    (group) => group.kind !== 'searcher' && !(group.kind === 'keeper' && group.behaviour === 'hostile'),
  ),
});

/** All combinations of what each axis may be, the last axis fastest. */
const combinations = (axes: readonly (readonly [Axis, readonly number[]])[]): (readonly [Axis, number])[][] =>
  axes.reduce<(readonly [Axis, number])[][]>(
    (all, [name, values]) => all.flatMap((some) => values.map((value) => [...some, [name, value] as const])),
    [[]],
  );

const varied = (base: Policy, values: readonly (readonly [Axis, number])[]): Policy => {
  const words = values.map(([name, value]) => `${name} ${value}`).join(', ');
  const file: Record<string, unknown> = { ...base, name: `${base.name}: ${words}` };
  for (const [name, value] of values) file[AXES[name]] = { ...Object(file[AXES[name]]), [name]: value };
  return parseFile(`sweep's policy '${words}'`, policyShape, file);
};

/** What should be low. */
const measuresOf = (row: Omit<SweepRow, 'better'>): number[] =>
  [row.beyond, row.drift, row.hostileMeanDay, row.hostileDrift, row.honestDrift].map(({ mean }) => mean);

const isBetter = (row: Omit<SweepRow, 'better'>, base: Omit<SweepRow, 'better'>): boolean => {
  const pairs = measuresOf(row).map((value, i) => [value, measuresOf(base)[i] ?? 0] as const);
  return (
    pairs.every(([value, of]) => value <= of + Math.abs(of) * NOISE) &&
    pairs.some(([value, of]) => value < of - Math.abs(of) * NOISE)
  );
};

/**
 * Tries other numbers for the rules of docs/rules.md 6 and 7, in the same markets: what they cost among those who compete, and what
 * one hostile keeper alone can take.
 *
 * @throws {InvalidFileError} when numbers do not fit together
 */
export const sweep = ({ scenario, grids }: Sweep): SweepRow[] => {
  const points = grids.flatMap(({ of, vary }, grid) => {
    const base = scenario.policies.find(({ name }) => name === of);
    if (base === undefined) throw new WickerError('UNKNOWN_POLICY', `no policy '${of}'`, 'name one of the scenario');
    const axes = Object.entries(vary).flatMap(([name, values]) => (isAxis(name) ? [[name, values] as const] : []));
    return [base, ...combinations(axes).map((values) => varied(base, values))].map((policy) => ({ grid, policy }));
  });
  // Grids of one policy share its row: names are unique, and the same name is the same policy.
  const policies = [...new Map(points.map(({ policy }) => [policy.name, policy])).values()];
  const resultsOf = (of: Scenario): ReadonlyMap<string, PolicyResult> =>
    new Map(simulate({ ...of, policies }).policies.map((result) => [result.policy.name, result]));
  const [competitive, hostile] = [resultsOf(scenario), resultsOf(hostileAlone(scenario))];
  const honest = resultsOf(honestAlone(scenario));
  const rows = points.flatMap((point) => {
    const [among, alone, over] = [competitive, hostile, honest].map((results) => results.get(point.policy.name));
    return among === undefined || alone === undefined || over === undefined ? [] : [rowOf(point, among, alone, over)];
  });
  return rows.map((row) => {
    const base = rows.find(({ grid }) => grid === row.grid) ?? row;
    return { ...row, better: isBetter(row, base) };
  });
};

const rowOf = (
  point: { readonly grid: number; readonly policy: Policy },
  among: PolicyResult,
  alone: PolicyResult,
  over: PolicyResult,
): Omit<SweepRow, 'better'> => ({
  ...point,
  ...{ beyond: among.costs.beyond, total: among.costs.total, drift: among.drift },
  ...{ reached: among.epochs.reached, minutes: among.epochs.minutes },
  ...{ hostileWorstDay: alone.costs.worstDay, hostileMeanDay: alone.costs.meanDay, hostileDrift: alone.drift },
  ...{ honestDrift: over.drift, honestReached: over.epochs.reached },
});
