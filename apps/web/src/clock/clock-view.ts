// The clock of an epoch as people look at it (docs/rules.md 6): the limit of a sale against its anchor, falling by the minute.
import { type AnchoredAsset, Clock, ONE } from '@wicker/core';

/** {1e18} factor of the anchor -> {bps} above or below it */
export const factorBps = (factor: bigint): number => Number((factor - ONE) / 10n ** 12n) / 100;

/** A point of the curve: {min} since the opening, {bps} against the anchor. */
export interface CurvePoint {
  readonly minute: number;
  readonly bps: number;
}

/** The clock of one pair at one moment. */
export interface PairClock {
  /** {bps} where the clock began */
  readonly startBps: number;
  /** {bps} the limit now, against the anchor: what a sale must bring at least */
  readonly limitBps: number;
  /** {bps} below which the limit cannot fall now, against the anchor */
  readonly floorBps: number;
  /** Whether the floor holds the limit up. */
  readonly atFloor: boolean;
  /** {s} since the opening at which mirror orders may cross; from then on, they may */
  readonly crossesAfter: number;
  readonly crossesNow: boolean;
  /** Of the clock and its floor as the prices of now make it. */
  readonly curve: readonly CurvePoint[];
}

const MINUTE = 60n;
/** {min} between two points of the curve: the limit is straight between its corners anyway */
const CURVE_STEP = 1;

/** {min} of a curve that shows the fall, the crossing and some of the floor, and the present. */
const spanOf = (qBps: bigint, elapsed: bigint): number => {
  const toFloor = Number((Clock.OPENING_MARGIN + (qBps + Clock.FLOOR_BPS) * 10n ** 14n) / Clock.FALL_PER_MINUTE);
  return Math.max(toFloor + 10, Math.min(Number(elapsed / MINUTE) + 5, 4 * toFloor));
};

/**
 * The clock of a sale of `o` for `u`, `now` {s}; undefined when one of the two has no live price, so cannot be traded.
 *
 * @param openedAt {s}
 */
export const pairClock = (o: AnchoredAsset, u: AnchoredAsset, openedAt: bigint, now: bigint): PairClock | undefined => {
  if (o.anchor === 0n || u.anchor === 0n || o.price === 0n || u.price === 0n) return undefined;
  const q = o.qBps + u.qBps;
  const elapsed = now > openedAt ? now - openedAt : 0n;
  const floor = Clock.nowFactor(o.anchor, u.anchor, o.price, u.price, Clock.floorBps(o.delistedSince, now));
  const limitAt = (seconds: bigint): bigint => Clock.limitFactor(Clock.clockFactor(q, seconds), floor);
  const span = spanOf(q, elapsed);
  const minutes = Array.from({ length: Math.floor(span / CURVE_STEP) + 1 }, (_, i) => i * CURVE_STEP);
  return {
    startBps: factorBps(Clock.clockFactor(q, 0n)),
    limitBps: factorBps(limitAt(elapsed)),
    floorBps: factorBps(floor),
    atFloor: Clock.clockFactor(q, elapsed) < floor,
    crossesAfter: Number(Clock.crossesAfter(q)),
    crossesNow: Clock.crossOpen(q, elapsed),
    curve: minutes.map((minute) => ({ minute, bps: factorBps(limitAt(BigInt(minute) * MINUTE)) })),
  };
};
