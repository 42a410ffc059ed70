import type { Costs, Counts, DriftDay, Gain, PolicyResult } from '../result.ts';
import type { Run } from '../run.ts';
import type { Policy } from '../scenario/policy.ts';
import type { CostSums, FundDay } from './cost-book.ts';
import { estimate, meanOf, quantile } from './estimate.ts';

/** {1} part of its NAV that an index must have filled on a day to count for the worst. */
const WORST_FILLED = 0.01;

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);

/** {bps} */
const bps = (part: bigint, whole: bigint): number => (whole === 0n ? 0 : (Number(part) / Number(whole)) * 1e4);

/** Gains of the same party in all markets, summed. */
const gainsOf = (runs: readonly Run[]): Gain[] =>
  (runs[0]?.world.ledger.parties ?? []).map(({ kind, group, name }, i) => ({
    ...{ kind, group, name },
    gain: sumOf(runs.map(({ world }) => world.ledger.parties[i]?.gain ?? 0n)),
    volume: sumOf(runs.map(({ world }) => world.ledger.parties[i]?.volume ?? 0n)),
  }));

const largest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0);

const costsOf = (runs: readonly Run[]): Costs => {
  const days = runs.map(({ world }): FundDay[] => world.costs.days.flat());
  const part = (of: (sums: CostSums) => bigint) =>
    estimate(runs.map(({ world: { costs } }) => bps(of(costs.sums), costs.sums.filled)));
  const lossOf = ({ lost, nav }: FundDay): number => (nav === 0 ? 0 : (lost / nav) * 1e4);
  return {
    total: part(({ lost }) => lost),
    poolFees: part(({ poolFees }) => poolFees),
    impact: part(({ impact }) => impact),
    beyond: part(({ lost, poolFees, impact }) => lost - poolFees - impact),
    lag: part(({ lag }) => lag),
    worst: largest(
      days
        .flat()
        .map(({ nav, filled, beyondFees }) => (filled < nav * WORST_FILLED ? 0 : (beyondFees / filled) * 1e4 || 0)),
    ),
    worstDay: largest(days.flat().map(lossOf)),
    meanDay: estimate(days.map((each) => meanOf(each.map(lossOf)))),
  };
};

const driftByDayOf = (runs: readonly Run[]): DriftDay[] =>
  (runs[0]?.drift.days ?? []).map((_, day) => {
    const seen = runs.map(({ drift }) => drift.days[day] ?? []);
    return {
      day,
      mean: meanOf(seen.map(meanOf)),
      p95: meanOf(seen.map((values) => quantile(values, 0.95))),
      max: meanOf(seen.map(largest)),
    };
  });

const countsOf = (runs: readonly Run[]): Counts => {
  const sum = (what: keyof Counts): number => runs.reduce((total, { world }) => total + world.counts[what], 0);
  return {
    ...{ poolFills: sum('poolFills'), stockFills: sum('stockFills'), crosses: sum('crosses') },
    ...{ refused: sum('refused'), sandwiched: sum('sandwiched'), swaps: sum('swaps') },
    ...{ visits: sum('visits'), reweighs: sum('reweighs') },
  };
};

/** What a policy did in all its markets. */
export const policyResult = (policy: Policy, runs: readonly Run[]): PolicyResult => {
  const volumeOf = (what: 'pools' | 'stock' | 'crossed'): bigint =>
    sumOf(runs.map(({ world }) => world.costs.volume[what]));
  const count = BigInt(runs.length);
  return {
    policy,
    gains: gainsOf(runs),
    volume: { pools: volumeOf('pools'), stock: volumeOf('stock'), crossed: volumeOf('crossed') },
    costs: costsOf(runs),
    drift: estimate(runs.map(({ drift }) => meanOf(drift.days.flat()))),
    driftByDay: driftByDayOf(runs),
    epochs: {
      opened: runs.reduce((sum, { world }) => sum + world.counts.epochs, 0),
      reached: estimate(
        runs.map(({ world }) => (world.counts.epochs === 0 ? 0 : world.minutes.length / world.counts.epochs)),
      ),
      minutes: estimate(runs.map(({ world }) => meanOf(world.minutes))),
    },
    counts: countsOf(runs),
    nav: {
      start: sumOf(runs.map(({ nav }) => nav.start)) / count,
      end: sumOf(runs.map(({ nav }) => nav.end)) / count,
    },
  };
};
