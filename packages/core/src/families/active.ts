import type { Branded } from '../brand.ts';
import { BP } from '../index-fund/shares.ts';
import { mulDivUp } from '../math/fixed-point.ts';
import { BASIS_POINT, ONE } from '../math/scales.ts';
import type { AssetAddress } from './asset-address.ts';
import { FamilyError } from './errors.ts';
import * as RollingSum from './rolling-sum.ts';

/** Highest limits of an actively managed index: 20 % of NAV a day, 100 bp a trade, 200 bp a week {bp}. */
export const MAX_ACTIVE_LIMITS = { turnoverBps: 2_000n, tradeLossBps: 100n, weekLossBps: 200n };

/** What the manager of an actively managed index may do, checked by `activeLimits`. */
export type ActiveLimits = Branded<
  {
    /** {bp} of NAV that may be sold in any 24 h */
    readonly turnoverBps: bigint;
    /** {bp} of what is given that a trade may lose */
    readonly tradeLossBps: bigint;
    /** {bp} of NAV that may be lost in any 7 days */
    readonly weekLossBps: bigint;
  },
  'ActiveLimits'
>;

/** Limits of an index; none wider than `MAX_ACTIVE_LIMITS`. @throws {FamilyError} LIMITS_TOO_WIDE */
export const activeLimits = (limits: {
  readonly turnoverBps: bigint;
  readonly tradeLossBps: bigint;
  readonly weekLossBps: bigint;
}): ActiveLimits => {
  const { turnoverBps, tradeLossBps, weekLossBps } = limits;
  const wide =
    outside(turnoverBps, MAX_ACTIVE_LIMITS.turnoverBps) ||
    outside(tradeLossBps, MAX_ACTIVE_LIMITS.tradeLossBps) ||
    outside(weekLossBps, MAX_ACTIVE_LIMITS.weekLossBps);
  if (!wide) return { turnoverBps, tradeLossBps, weekLossBps } as ActiveLimits;
  const message = `limits of ${turnoverBps}, ${tradeLossBps} and ${weekLossBps} bp are outside 2 000, 100 and 200 bp`;
  throw new FamilyError('LIMITS_TOO_WIDE', message, 'choose limits from 0 up to these');
};

const outside = (bps: bigint, most: bigint): boolean => bps < 0n || bps > most;

/** What a manager has used: both sums in parts of NAV {1e18} at the time of each trade. */
export interface Activity {
  readonly limits: ActiveLimits;
  /** By the hour, 25 of them: any 24 h. */
  readonly turnover: RollingSum.RollingSum;
  /** By the day, 8 of them: any 7 days. */
  readonly losses: RollingSum.RollingSum;
}

/** An index that has not been traded. */
export const untraded = (limits: ActiveLimits): Activity => ({
  limits,
  turnover: RollingSum.empty({ seconds: 3_600n, count: 25n }),
  losses: RollingSum.empty({ seconds: 86_400n, count: 8n }),
});

/** A trade as the Rebalancer would settle it, valued by the oracle. */
export interface ActiveTrade {
  /** {s} now */
  readonly at: bigint;
  readonly sold: AssetAddress;
  readonly bought: AssetAddress;
  /** {base} value of what the index gives, > 0, rounded up */
  readonly given: bigint;
  /** {base} value of what it gets, rounded down */
  readonly received: bigint;
  /** {base} before the trade, > 0 */
  readonly nav: bigint;
  /** The assets that may be bought; what is held may always be sold. */
  readonly listed: ReadonlySet<AssetAddress>;
}

/**
 * Books a trade of the manager, or refuses it (docs/rules.md 4.2). Gains make no room: a loss stays used until its time is over.
 *
 * @throws {FamilyError} NOT_LISTED, EMPTY_TRADE, LOSS_TOO_LARGE, TURNOVER_USED_UP, LOSSES_USED_UP, TIME_RUNS_BACK
 * @throws {MathError} OVERFLOW
 */
export const trade = (activity: Activity, settled: ActiveTrade): Activity => {
  const { limits } = activity;
  const { at, given, received, nav } = settled;
  if (!settled.listed.has(settled.bought)) {
    throw new FamilyError('NOT_LISTED', `${settled.bought} is not listed`, 'buy listed assets only');
  }
  if (given <= 0n || nav <= 0n || settled.sold === settled.bought) {
    const message = `a trade of ${given} of ${settled.sold} for ${settled.bought}, at a NAV of ${nav}, is none`;
    throw new FamilyError('EMPTY_TRADE', message, 'trade something for something else');
  }
  const loss = received < given ? given - received : 0n;
  if (loss * BP > given * limits.tradeLossBps) {
    const message = `the trade gives ${given} and brings ${received}, a loss above ${limits.tradeLossBps} bp`;
    throw new FamilyError('LOSS_TOO_LARGE', message, 'trade less, or where the price is better');
  }
  const turnover = RollingSum.add(activity.turnover, { at, amount: mulDivUp(given, ONE, nav) });
  if (RollingSum.used(turnover, at) > limits.turnoverBps * BASIS_POINT) {
    const message = `with this trade more than ${limits.turnoverBps} bp of NAV were sold in a day`;
    throw new FamilyError('TURNOVER_USED_UP', message, 'trade less, or later');
  }
  const losses = RollingSum.add(activity.losses, { at, amount: mulDivUp(loss, ONE, nav) });
  if (RollingSum.used(losses, at) > limits.weekLossBps * BASIS_POINT) {
    const message = `with this trade more than ${limits.weekLossBps} bp of NAV were lost in a week`;
    throw new FamilyError('LOSSES_USED_UP', message, 'wait until earlier losses are a week old');
  }
  return { limits, turnover, losses };
};
