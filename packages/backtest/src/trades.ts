import type { RebalanceReason } from './result.ts';
import type { Targets } from './targets.ts';

/** One day of trades, whatever they cost: weights are the same with costs and without, as everybody bears them in proportion. */
export interface Trades {
  /** Number of the day. */
  readonly day: number;
  readonly reason: RebalanceReason;
  /** That hold from this day on. */
  readonly targets: Targets;
  /** Numbers of the assets held before or after, ascending. */
  readonly assets: readonly number[];
  /** {1} of NAV at the prices of the day. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** {1} what a holder lost of the last price: by number of asset, of those whose prices ended. */
  readonly haircuts: ReadonlyMap<number, number>;
}

/** Whether the methodology determined new targets then. */
export const isDetermined = (reason: RebalanceReason): boolean =>
  reason === 'start' || reason === 'calendar' || reason === 'roll';

/** {1} half the sum of |after - before| (docs/rules.md 6). */
export const turnoverOf = ({ before, after }: Trades): number => {
  let sum = 0;
  for (let i = 0; i < after.length; i += 1) sum += Math.abs((after[i] ?? 0) - (before[i] ?? 0));
  return sum / 2;
};
