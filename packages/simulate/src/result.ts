import type { AgentKind } from './scenario/agents.ts';
import type { Policy } from './scenario/policy.ts';

/** A figure over the seeds of a scenario. */
export interface Estimate {
  readonly mean: number;
  /** Half the width of its interval of 95 % confidence (Student's t); 0 with one seed. */
  readonly within: number;
}

/** Who gains and loses: the groups of agents, and those who are there without acting. */
export type PartyKind = AgentKind | 'holders' | 'providers' | 'chain';

/**
 * What a party gained, all seeds together. Every transfer between two parties counts at the true price of its moment, so all gains
 * of a policy sum to 0 exactly. What prices did to a party's stock afterwards is not in it.
 */
export interface Gain {
  readonly kind: PartyKind;
  /**
   * Of an agent `group` or, of a group of several, `group 1`, `group 2`, ...; of holders their index, of providers their pool;
   * `gas` of the chain.
   */
  readonly name: string;
  /** The group of agents; `indices`, `pools` and `gas` of the others. */
  readonly group: string;
  /** {base} all seeds summed; below 0 for a loss. Exact. */
  readonly gain: bigint;
  /** {base} of both directions of what it exchanged, all seeds summed. */
  readonly volume: bigint;
}

/**
 * What fills cost the holders, as parts of what was filled. `total` = `poolFees` + `impact` + `beyond`, and `beyond` = what the
 * rules see at the oracle's prices + `lag`.
 */
export interface Costs {
  /** {bps of what is filled} at the true price: value given less value received. */
  readonly total: Estimate;
  /** {bps of what is filled} kept by the pools. */
  readonly poolFees: Estimate;
  /** {bps of what is filled} what the fills' own sizes cost. */
  readonly impact: Estimate;
  /** {bps of what is filled} the rest: what keepers, searchers and the pools' being off the true price took. */
  readonly beyond: Estimate;
  /** {bps of what is filled} the part of `beyond` that the oracle's prices do not show, as they lag behind the true ones. */
  readonly lag: Estimate;
  /** {bps of what is filled} the highest `impact` + `beyond` of one index on one day on which it filled 1 % of its NAV at least. */
  readonly worst: number;
  /** {bps of NAV} lost at the true price, pool fees included, by the index with the worst day, and by the mean index on a mean day. */
  readonly worstDay: number;
  readonly meanDay: Estimate;
}

/** What was exchanged {base} at the true price of what was given, all seeds summed. */
export interface Volume {
  /** On pools, of the indices. */
  readonly pools: bigint;
  /** With fillers' own stocks, of the indices. */
  readonly stock: bigint;
  /** Between the indices. */
  readonly crossed: bigint;
}

/** Drift of all indices on one day, mean of the seeds {bps}. */
export interface DriftDay {
  /** From 0. */
  readonly day: number;
  /** Over all indices and the hours of the day. */
  readonly mean: number;
  readonly p95: number;
  readonly max: number;
}

/** What became of the epochs. */
export interface Epochs {
  /** {1} an index entering an epoch counts once; all seeds summed */
  readonly opened: number;
  /** {1} part of them whose index came within its tolerance at the anchors before the end */
  readonly reached: Estimate;
  /** {min} from the opening until then, of those that did */
  readonly minutes: Estimate;
}

/** {1} all seeds summed. */
export interface Counts {
  readonly poolFills: number;
  readonly stockFills: number;
  readonly crosses: number;
  /** Fills that keepers sent and the rules refused. */
  readonly refused: number;
  /** Fills on pools that somebody put swaps around. */
  readonly sandwiched: number;
  readonly swaps: number;
  readonly visits: number;
  readonly reweighs: number;
}

/** What one policy did, in all its markets. */
export interface PolicyResult {
  readonly policy: Policy;
  readonly gains: readonly Gain[];
  readonly volume: Volume;
  readonly costs: Costs;
  /** {bps} mean over all indices and hours */
  readonly drift: Estimate;
  readonly driftByDay: readonly DriftDay[];
  readonly epochs: Epochs;
  readonly counts: Counts;
  /** {base} NAV of all indices at the true prices, mean of the seeds. */
  readonly nav: { readonly start: bigint; readonly end: bigint };
}

/** What a simulation found. */
export interface SimulationResult {
  readonly scenario: {
    readonly name: string;
    readonly about?: string | undefined;
    readonly days: number;
    readonly stepSeconds: number;
    readonly seeds: readonly number[];
    readonly indices: number;
    /** Without the base. */
    readonly assets: number;
    readonly pools: number;
    readonly agents: number;
  };
  /** {1} one agent over one day under one policy in one market counts 1. */
  readonly agentDays: number;
  readonly policies: readonly PolicyResult[];
}

/** The result as JSON: amounts {base} as strings of digits. The same scenario gives the same bytes. */
export const resultJson = (result: SimulationResult): string =>
  `${JSON.stringify(result, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value), 2)}\n`;
