import { type Counted, largestFirst } from './largest-first.ts';
import type { Round } from './round.ts';
import { estimateMirrored, estimateSurface, type Pair } from './surface-estimate.ts';

/** Assets to cross: sellers of o for u against sellers of u for o, with the amounts expected. */
export interface PlannedCross {
  readonly o: string;
  readonly u: string;
  /** {o} */
  readonly x: bigint;
  /** {u} */
  readonly y: bigint;
}

/** {base} a crossing of less is not worth its gas: 1 USDC. */
const LEAST_CROSS = 1_000_000;

/**
 * Crosses each pair once, always the one that mirrors most now. A crossing uses up the lesser side, and leaves less to all other
 * pairs.
 */
export const planCrosses = (round: Round): PlannedCross[] => {
  const { gaps } = round;
  const sales = estimateSurface(gaps);
  const count = round.assets.length;
  const mirrors: Counted<Pair>[] = [];
  for (let o = 0; o < count; o += 1) {
    for (let u = o + 1; u < count; u += 1) {
      const [sold, bought] = [sales[o * count + u] ?? 0, sales[u * count + o] ?? 0];
      // The side that offers more is named first.
      const item = sold < bought ? { o: u, u: o } : { o, u };
      if (Math.min(sold, bought) >= LEAST_CROSS) mirrors.push({ item, value: Math.min(sold, bought) });
    }
  }
  const crosses: PlannedCross[] = [];
  const nameOf = (place: number): string => round.assets[place]?.asset ?? '';
  largestFirst(
    mirrors,
    LEAST_CROSS,
    (pair) => estimateMirrored(gaps, pair),
    ({ o, u }) => {
      const crossed = round.cross(o, u);
      if (crossed !== undefined) crosses.push({ o: nameOf(o), u: nameOf(u), ...crossed });
      return false;
    },
  );
  return crosses;
};
