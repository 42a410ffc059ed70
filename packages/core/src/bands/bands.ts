import type { Branded } from '../brand.ts';
import { MathError } from '../math/errors.ts';
import { mulDivDown, mulDivUp } from '../math/fixed-point.ts';
import { ONE } from '../math/scales.ts';

/** How wide a band is {1e18}, as parts of the target weight W: 0 < x < y < 1. `widths` makes them. */
export type Widths = Branded<{ readonly x: bigint; readonly y: bigint }, 'BandWidths'>;

/**
 * Widths of a band, checked.
 *
 * @param of x {1e18} the near bounds and y {1e18} the far ones, as parts of W
 * @throws {MathError} BAND_WIDTHS unless 0 < x < y < 1
 */
export const widths = ({ x, y }: { readonly x: bigint; readonly y: bigint }): Widths => {
  if (0n < x && x < y && y < ONE) return { x, y } as Widths;
  throw new MathError(
    'BAND_WIDTHS',
    `widths x = ${x} and y = ${y} (1e18 = 1) make no band`,
    'give 0 < x < y < 1: the near bound inside the far one',
  );
};

/** The bounds of the weight of an asset {1e18} (docs/rules.md 7). */
export interface Bounds {
  /** W (1 + x), the near bound above. */
  readonly alb: bigint;
  /** W (1 + y), the far bound above. */
  readonly aub: bigint;
  /** W (1 - x), the near bound below. */
  readonly blb: bigint;
  /** W (1 - y), the far bound below. */
  readonly bub: bigint;
}

/** {1e18} a whole weight is ONE. */
const requireWeight = (weight: bigint): bigint => {
  if (weight >= 0n && weight <= ONE) return weight;
  throw new MathError('WEIGHT_OUT_OF_RANGE', `${weight} (1e18 = 1) is no weight`, 'give a weight from 0 to 1');
};

/**
 * The bounds of a band (docs/rules.md 7). ALB and BUB, which a weight must be above to act, are rounded down, AUB and BLB, which
 * it must be below, up: so a whole number compared with them says exactly what it says of the unrounded bounds.
 *
 * @param of target W {1e18}
 * @throws {MathError} WEIGHT_OUT_OF_RANGE
 */
export const boundsOf = ({
  target,
  widths: { x, y },
}: {
  readonly target: bigint;
  readonly widths: Widths;
}): Bounds => {
  const weight = requireWeight(target);
  return {
    alb: mulDivDown(weight, ONE + x, ONE),
    aub: mulDivUp(weight, ONE + y, ONE),
    blb: mulDivUp(weight, ONE - x, ONE),
    bub: mulDivDown(weight, ONE - y, ONE),
  };
};

/** An ordinary epoch, or the window after a reweigh (6): bands around targets that are not reached yet say nothing. */
export type Epoch = 'ordinary' | 'reweigh';

export type Side = 'above' | 'below';

/** Where the weight of an asset stands (docs/rules.md 7). */
export type BandState =
  /** Not farther from the target than the near bound: too small to bother. */
  | { readonly kind: 'near' }
  /** Between the near and the far bound: the asset may be traded. */
  | { readonly kind: 'acts'; readonly side: Side }
  /** At the far bound or farther: a move of great magnitude, doubted before it acts (pause.ts). */
  | { readonly kind: 'beyond'; readonly side: Side };

/**
 * Where a weight NW stands against its target W: it acts iff ALB < NW < AUB or BUB < NW < BLB, strictly (docs/rules.md 7). What is
 * held without a target acts at any weight, or it could never be sold.
 *
 * @param of weight NW {1e18}, target W {1e18}
 * @throws {MathError} WEIGHT_OUT_OF_RANGE
 */
export const stateOf = ({
  weight,
  target,
  widths,
}: {
  readonly weight: bigint;
  readonly target: bigint;
  readonly widths: Widths;
}): BandState => {
  const now = requireWeight(weight);
  const { alb, aub, blb, bub } = boundsOf({ target, widths });
  if (target === 0n) return now === 0n ? { kind: 'near' } : { kind: 'acts', side: 'above' };
  if (now > alb) return now < aub ? { kind: 'acts', side: 'above' } : { kind: 'beyond', side: 'above' };
  if (now < blb) return now > bub ? { kind: 'acts', side: 'below' } : { kind: 'beyond', side: 'below' };
  return { kind: 'near' };
};
