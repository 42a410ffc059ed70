import { parseFile } from '@wicker/core';
import * as z from 'zod';
import { agentShape } from './scenario/agents.ts';
import { policyShape } from './scenario/policy.ts';

/** {s} */
export const DAY = 86_400;
/** The asset of all prices and of the other side of every pool: USDC, worth 1 USD throughout. */
export const BASE = 'usdc';

const name = z.string().min(1).max(60);
/** {USD} */
const usd = z.number().positive().max(1e12);

const assetShape = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'an id has lower-case letters, digits and dashes'),
  /** {USD/tok} the true price at the start. */
  price: z.number().min(1e-9).max(1e9),
  decimals: z.int().min(0).max(18).default(18),
  /** {1/sqrt(year)} of the logarithm of the price. */
  volatility: z.number().min(0).max(5),
  /** {bps} the feed answers anew when the truth is this far from its last answer: q of docs/rules.md 6. */
  deviationBps: z.int().min(1).max(500).default(100),
  /** {h} ... and at the latest after this time. */
  heartbeatHours: z.number().positive().max(168).default(24),
  /** {USD} depth of each of its pools against the base: the value of one side at the start. */
  pools: z.array(usd.min(1_000)).max(5).default([]),
});

const marketShape = z.strictObject({
  /** {1} correlation of every two assets' returns. */
  correlation: z.number().min(0).max(1).default(0.6),
  /** {1/year} jumps of each asset. */
  jumpsPerYear: z.number().min(0).max(365).default(4),
  /** {1} standard deviation of the logarithm of a jump. */
  jumpSize: z.number().min(0).max(1).default(0.08),
  /** {bps} deviation threshold of the base's own feed: it counts into the q of every pair with the base. */
  baseDeviationBps: z.int().min(0).max(500).default(25),
});

/** {USD} what transactions cost whoever sends them. */
const gasShape = z.strictObject({
  /** A swap on a pool. */
  swap: z.number().min(0).max(1e4).default(0.8),
  /** A call of the rebalancer. */
  round: z.number().min(0).max(1e4).default(1),
  /** A fill in it. */
  fill: z.number().min(0).max(1e4).default(0.3),
  /** Opening an epoch. */
  open: z.number().min(0).max(1e4).default(1),
  /** A mint or redeem in kind. */
  mint: z.number().min(0).max(1e4).default(1),
});

/** A pair of bounds, the lower first. */
const between = (number: z.ZodNumber) =>
  z.tuple([number, number]).refine(([low, high]) => low <= high, 'the first is at most the second');

const indicesShape = z.strictObject({
  count: z.int().min(1).max(1_000),
  /** {1} how many assets each holds, drawn between the two. */
  assets: between(z.int().min(2).max(100)),
  /** {USD} NAV at the start, drawn between the two, as likely in every decade. */
  value: between(usd.min(2_000)),
  /** {bps a year} the management fee; an index without a manager takes none. */
  yearlyFeeBps: z.number().min(0).max(1_000).default(0),
});

const unique = (names: readonly string[]): boolean => new Set(names).size === names.length;

/** A scenario as a file has it. */
export const scenarioShape = z
  .strictObject({
    name,
    /** What the scenario is to show; for readers. */
    about: z.string().optional(),
    days: z.int().min(1).max(3_650),
    /** {s} between two blocks in which anybody acts. */
    stepSeconds: z.int().min(12).max(3_600).default(60),
    /** Every seed is one market; every policy meets the same ones. */
    seeds: z
      .array(
        z
          .int()
          .min(0)
          .max(2 ** 31),
      )
      .min(1)
      .max(100)
      .default([1]),
    market: marketShape.prefault({}),
    gas: gasShape.prefault({}),
    assets: z.array(assetShape).min(1).max(200),
    indices: indicesShape,
    agents: z.array(agentShape).max(100).default([]),
    policies: z.array(policyShape).min(1).max(500),
  })
  .refine(({ assets }) => unique(assets.map(({ id }) => id)), { path: ['assets'], message: 'two assets have one id' })
  .refine(({ assets }) => !assets.some(({ id }) => id === BASE), {
    path: ['assets'],
    message: `${BASE} is the base: it is there without being listed`,
  })
  .refine(({ agents }) => unique(agents.map((agent) => agent.name)), {
    path: ['agents'],
    message: 'two groups of agents have one name',
  })
  .refine(({ policies }) => unique(policies.map((policy) => policy.name)), {
    path: ['policies'],
    message: 'two policies have one name',
  })
  .refine(({ indices, assets }) => indices.assets[1] <= assets.length + 1, {
    path: ['indices', 'assets'],
    message: 'an index cannot hold more assets than there are, with the base',
  })
  .refine(({ days, stepSeconds, assets }) => ((days * DAY) / stepSeconds) * assets.length <= 20_000_000, {
    path: ['days'],
    message: 'more than 20 million prices: take fewer days, longer steps or fewer assets',
  });

/** A simulation: a market, who acts in it, and the policies to compare. */
export type Scenario = z.output<typeof scenarioShape>;
/** The same, before its defaults. */
export type ScenarioFile = z.input<typeof scenarioShape>;

/** @throws {InvalidFileError} that names every field at fault by its path */
export const parseScenario = (json: unknown): Scenario => parseFile('scenario', scenarioShape, json);
