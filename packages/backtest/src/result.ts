import type { Day, Decision } from '@wicker/core';
import type { DataPolicy, Finding } from '@wicker/data';
import type { MonthlyReturn, RelativeStatistics, Statistics } from './statistics.ts';

/** What a fund pays, or loses beside the market. */
export const COST_KINDS = ['management-fee', 'pool-fee', 'impact', 'gas', 'delisting'] as const;

/**
 * - `management-fee`: a day's part of the yearly fee, of the whole fund;
 * - `pool-fee`: kept by the pool of a trade;
 * - `impact`: what a trade's own size cost;
 * - `gas`: of one trade;
 * - `delisting`: the haircut on an asset whose prices ended, sold at its last price.
 */
export type CostKind = (typeof COST_KINDS)[number];

/** One line of the cost ledger. */
export interface CostItem {
  readonly day: Day;
  /** Id of the asset; null for what the fund pays as a whole. */
  readonly asset: string | null;
  readonly kind: CostKind;
  /** {USD} paid on that day. */
  readonly paidUsd: number;
  /**
   * {USD} what the fund lacks for it on the last day: what was paid, with all that it would have gained or lost since. Summed over the
   * ledger: gross less net NAV of the last day.
   */
  readonly shortfallUsd: number;
}

/** Costs of one kind over the whole time. */
export interface CostTotal {
  readonly kind: CostKind;
  /** {USD} */
  readonly paidUsd: number;
  /** {USD} on the last day */
  readonly shortfallUsd: number;
}

/** Why assets were traded. */
export type RebalanceReason =
  /** The first basket, brought in kind: without a cost. */
  | 'start'
  /** The methodology's day. */
  | 'calendar'
  /** A term was rolled before its maturity. */
  | 'roll'
  /** Weights were outside their bands. */
  | 'bands'
  /** Prices of an asset ended: it was sold, and the others bought in proportion. */
  | 'delisting';

/** An asset at a rebalance. */
export interface RebalancedAsset {
  readonly id: string;
  /** {1} of NAV, at the prices of the day, before the trades. */
  readonly before: number;
  /** {1} of NAV after the trades. */
  readonly after: number;
}

/** Why an asset left: a decision of the methodology, or it is considered no more, or its prices ended. */
export type Departure =
  | Decision
  | {
      readonly id: string;
      readonly rule: 'not-considered' | 'delisted';
      readonly value: string;
      readonly threshold: string;
    };

/** One day of trades. */
export interface Rebalancing {
  readonly day: Day;
  readonly reason: RebalanceReason;
  /** The day whose figures gave the targets. */
  readonly determined: Day;
  /** All assets held before or after, heaviest after first, ties by id. */
  readonly assets: readonly RebalancedAsset[];
  /** {1} half the sum of |after - before|; 0 at the start. */
  readonly turnover: number;
  /** {USD} all costs of these trades, paid on the day. */
  readonly costUsd: number;
  /** Ids, in the order of `assets`. */
  readonly entered: readonly string[];
  readonly left: readonly Departure[];
  /** Everything considered and not taken, with the rule that decided; only at `start`, `calendar` and `roll`, else empty. */
  readonly excluded: readonly Decision[];
}

/** A benchmark over the same days, from the same capital. */
export interface BenchmarkResult {
  readonly id: string;
  readonly title: string;
  /** {USD} closing values; a methodology's are its net NAV. */
  readonly nav: readonly number[];
  readonly statistics: Statistics;
  /** Of the fund's net NAV against this. */
  readonly relative: RelativeStatistics;
}

/** What is odd about the prices of an asset that the fund held, and what the data policy does about it. */
export interface DataFinding {
  readonly kind: Finding['kind'];
  readonly id: string;
  readonly from: Day;
  readonly to: Day;
  /** What was found, with its numbers. */
  readonly text: string;
  /** What is done about it. */
  readonly handling: string;
}

/** The numbers under which a back-test ran. */
export interface BacktestSettings {
  /** {USD} at the start: trade sizes, and with them impact and gas, follow from it. */
  readonly capitalUsd: number;
  readonly rebalancing: 'calendar' | 'bands';
  /** {USD} liquidity of an asset for which the table has none. */
  readonly liquidityUsd: number;
  /** {1} a year. */
  readonly riskFreeRate: number;
  /** What is done about days without a price. */
  readonly policy: DataPolicy;
}

/** A back-test. Arrays of numbers run along `days`. */
export interface BacktestResult {
  readonly methodology: { readonly id: string; readonly title: string };
  /** Consecutive UTC days, from the first rebalance on. */
  readonly days: readonly Day[];
  readonly settings: BacktestSettings;
  /** {USD} closing values: without any cost, and after all of them. Both begin with the capital. */
  readonly nav: { readonly gross: readonly number[]; readonly net: readonly number[] };
  readonly statistics: { readonly gross: Statistics; readonly net: Statistics };
  readonly benchmarks: readonly BenchmarkResult[];
  /** Of the net NAV, by month ascending; the first and the last may be parts of months. */
  readonly monthly: readonly MonthlyReturn[];
  /** By day ascending; the first is the start. */
  readonly rebalances: readonly Rebalancing[];
  /** By day, then kind, then asset. */
  readonly ledger: readonly CostItem[];
  /** One for each kind, in the order of `COST_KINDS`. */
  readonly costs: readonly CostTotal[];
  /** By id, then by day. */
  readonly findings: readonly DataFinding[];
}

/** What is measured of one scenario of a sweep. */
export interface ScenarioFigures {
  /** The day of its first rebalance: another calendar may begin later. */
  readonly first: Day;
  /** Of the net NAV, without the benchmarks. */
  readonly statistics: Statistics;
  /** {1} a year: the sum of turnovers per 365 days. */
  readonly yearlyTurnover: number;
  /** {1} a year: gross CAGR less net CAGR. */
  readonly yearlyCost: number;
  /** {1} mean number of assets held after a rebalance. */
  readonly meanAssets: number;
}

/** A value of a parameter as the grid file has it. */
export type ParameterValue = number | string | boolean | null;

export interface Scenario {
  /** One for each parameter of the sweep, in its order. */
  readonly values: readonly ParameterValue[];
  /** The figures, or why there are none: such as a cap that is infeasible in some month. */
  readonly outcome:
    | { readonly kind: 'done'; readonly figures: ScenarioFigures }
    | { readonly kind: 'failed'; readonly code: string; readonly message: string };
}

/** Measures by which a sweep can be ranked; the first five are fields of `Statistics`. */
export const MEASURES = [
  'sharpe',
  'sortino',
  'cagr',
  'volatility',
  'maxDrawdown',
  'yearlyTurnover',
  'yearlyCost',
] as const;

export type Measure = (typeof MEASURES)[number];

/** A sweep over a grid of parameters. */
export interface SweepResult {
  readonly methodology: { readonly id: string; readonly title: string };
  readonly from: Day;
  readonly to: Day;
  readonly settings: BacktestSettings;
  /** The measure that says which scenario is the best one, and that a heat map shows. */
  readonly measure: Measure;
  /** `name` is the path of the field in the methodology file, such as `weights.cap`; `values` in the order of the grid file. */
  readonly parameters: readonly { readonly name: string; readonly values: readonly ParameterValue[] }[];
  /** Every combination; the last parameter changes fastest. */
  readonly scenarios: readonly Scenario[];
  /** Index into `scenarios`: the first with the best measure; null when all failed or none has the measure. */
  readonly best: number | null;
}

/** A measure of a scenario; null when it failed or the measure is not defined for it. */
export const measureOf = ({ outcome }: Scenario, measure: Measure): number | null => {
  if (outcome.kind === 'failed') return null;
  const { statistics, yearlyTurnover, yearlyCost } = outcome.figures;
  switch (measure) {
    case 'yearlyTurnover':
      return yearlyTurnover;
    case 'yearlyCost':
      return yearlyCost;
    case 'maxDrawdown':
      return statistics.maxDrawdown?.depth ?? 0;
    default:
      return statistics[measure];
  }
};

/** The first and the last day on which scenarios of a sweep begin; undefined where it is one day for all. */
export const beginningsOf = ({ scenarios }: SweepResult): readonly [Day, Day] | undefined => {
  const days = scenarios.flatMap(({ outcome }) => (outcome.kind === 'done' ? [outcome.figures.first] : [])).sort();
  const [earliest, latest] = [days[0], days.at(-1)];
  return earliest === undefined || latest === undefined || earliest === latest ? undefined : [earliest, latest];
};

/** Whether more of a measure is better. */
export const isMoreBetter = (measure: Measure): boolean =>
  measure === 'sharpe' || measure === 'sortino' || measure === 'cagr';
