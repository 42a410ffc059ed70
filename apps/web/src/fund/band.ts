// Where a weight stands against its target, and how that is drawn.
import { TOLERANCE_BPS } from '@wicker/core';

/** Over: there is more than the target wants. */
export type Side = 'over' | 'under' | 'at';

/** An asset against its target; every place is {1} from 0 to 1 along the row's bar. */
export interface BandPosition {
  readonly weight: number;
  readonly target: number;
  /** Where this asset alone would take the index out of tolerance. */
  readonly bandFrom: number;
  readonly bandTo: number;
  /** {bps} weight - target */
  readonly offBps: number;
  readonly side: Side;
  /** Whether the asset alone is out of the band. */
  readonly outside: boolean;
}

const clamp = (place: number): number => Math.min(1, Math.max(0, place));

/** {bps} nearer than this is said to be at its target */
const AT_BPS = 0.5;

/**
 * Places of an asset on a bar whose end is `scaleBps`. One asset d away from its target moves the others d away from theirs, so
 * d is the drift that it makes: the band is the tolerance to both sides.
 */
export const bandPosition = (weightBps: number, targetBps: number, scaleBps: number): BandPosition => {
  const offBps = weightBps - targetBps;
  const side = Math.abs(offBps) < AT_BPS ? 'at' : offBps > 0 ? 'over' : 'under';
  return {
    ...{ weight: clamp(weightBps / scaleBps), target: clamp(targetBps / scaleBps) },
    bandFrom: clamp((targetBps - TOLERANCE_BPS) / scaleBps),
    bandTo: clamp((targetBps + TOLERANCE_BPS) / scaleBps),
    ...{ offBps, side, outside: Math.abs(offBps) > TOLERANCE_BPS },
  };
};

/** {bps} the end of the bars of a fund: a little beyond its largest weight or target. */
export const scaleOf = (rows: readonly { readonly weightBps: number; readonly targetBps: number }[]): number =>
  Math.max(100, ...rows.map(({ weightBps, targetBps }) => Math.max(weightBps, targetBps + TOLERANCE_BPS))) * 1.05;

/** Drift in words, for people and screen readers. */
export const driftWords = (driftBps: number): string => {
  if (driftBps > TOLERANCE_BPS) return 'out of tolerance';
  return driftBps > 0.8 * TOLERANCE_BPS ? 'close to the limit' : 'in tolerance';
};
