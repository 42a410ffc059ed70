import {
  BASIS_POINT,
  type BandParameters,
  Bands,
  bandParameters,
  Clock,
  DEFAULT_BANDS,
  ONE,
  TOLERANCE_BPS,
} from '@wicker/core';
import type { Policy } from './scenario/policy.ts';

/** The numbers of a policy as the rules take them. */
export interface PolicyRules {
  readonly clock: Clock.Numbers;
  /** {1e18 of NAV a UTC day} */
  readonly dayLoss: bigint;
  /** {1e18 of NAV a UTC day} in the epoch after a reweigh */
  readonly reweighLoss: bigint;
  /** {s} */
  readonly epochLasts: bigint;
  readonly reweighLasts: bigint;
  /** {1e18} drift up to which an index is left alone; where bands are kept, they decide. */
  readonly tolerance: bigint;
  /** Undefined where drift decides. */
  readonly bands: BandRules | undefined;
  /** The clock's margin, fall in a minute and floor, and the tolerance, as numbers {1}: good to decide whether to look closer. */
  readonly estimate: Readonly<Record<'margin' | 'fall' | 'floor' | 'tolerance', number>>;
}

/** The numbers of bands. */
export interface BandRules {
  readonly configured: Bands.Widths;
  readonly parameters: BandParameters;
}

/** {1} -> {1e18}, to the millionth */
const partOf = (part: number): bigint => (BigInt(Math.round(part * 1e6)) * ONE) / 1_000_000n;

const bandsOf = (trigger: Policy['trigger']): BandRules | undefined => {
  if (trigger.kind === 'drift') return undefined;
  const { near, far, multiple, leastNear, mostNear, leastFar, mostFar, pauseHours } = trigger;
  return {
    configured: Bands.widths({ x: partOf(near), y: partOf(far) }),
    parameters: bandParameters({
      ...DEFAULT_BANDS,
      ...{ multiple: BigInt(multiple), leastNear: partOf(leastNear), mostNear: partOf(mostNear) },
      ...{ leastFar: partOf(leastFar), mostFar: partOf(mostFar), pause: seconds(pauseHours) },
    }),
  };
};

/** {bps} -> {1e18}, to the hundredth of a basis point */
const exact = (bps: number): bigint => (BigInt(Math.round(bps * 100)) * BASIS_POINT) / 100n;

/** {h} -> {s} */
const seconds = (hours: number): bigint => BigInt(Math.round(hours * 3_600));

const clockOf = (limit: Policy['limit']): Clock.Numbers => {
  switch (limit.kind) {
    case 'flat':
      return { ...Clock.CHAIN, openingMargin: -ONE, floorBps: BigInt(limit.bps) };
    case 'clock':
      return {
        openingMargin: exact(limit.marginBps),
        fallPerMinute: exact(limit.fallBpsPerMinute),
        floorBps: BigInt(limit.floorBps),
      };
  }
};

/** A flat limit is a clock that starts at the bottom; no budget is one that can lose all. */
export const rulesOf = ({ limit, budget, epoch, trigger }: Policy): PolicyRules => {
  const clock = clockOf(limit);
  const tolerance = trigger.kind === 'drift' ? trigger.toleranceBps : TOLERANCE_BPS;
  return {
    clock,
    estimate: {
      margin: Number(clock.openingMargin) / 1e18,
      fall: Number(clock.fallPerMinute) / 1e18,
      floor: Number(clock.floorBps) / 1e4,
      tolerance: tolerance / 1e4,
    },
    dayLoss: budget === null ? ONE : exact(budget.dayBps),
    reweighLoss: budget === null ? ONE : exact(budget.reweighBps),
    epochLasts: seconds(epoch.hours),
    reweighLasts: seconds(epoch.reweighHours),
    tolerance: exact(tolerance),
    bands: bandsOf(trigger),
  };
};
