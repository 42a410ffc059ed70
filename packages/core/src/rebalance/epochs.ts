import { ceilDiv } from '../math/fixed-point.ts';
import { ONE } from '../math/scales.ts';
import { max, mul } from '../math/word.ts';

/** {bps} drift up to which an index is left alone (docs/rules.md 6; contracts: Epochs.TOLERANCE_BPS) */
export const TOLERANCE_BPS = 50;
/** {s} between two openings of an index, unless its weights were set meanwhile (docs/rules.md 6; contracts: Epochs.EPOCH_PAUSE). */
export const EPOCH_PAUSE = 86_400n;
/** {s} how long an epoch lasts that no reweigh began (docs/rules.md 6; contracts: Epochs.EPOCH_LASTS). */
export const EPOCH_LASTS = 86_400n;

/** {s} how long an epoch lasts that a reweigh began (docs/rules.md 6; contracts: Epochs.REWEIGH_LASTS). */
export const REWEIGH_LASTS = 259_200n;
/** {bp of NAV a UTC day} what an index may lose (docs/rules.md 6; contracts: Epochs.LOSS_BPS). */
export const LOSS_BPS = 15n;
/** {bp of NAV a UTC day} the same in the epoch after a reweigh (docs/rules.md 6; contracts: Epochs.REWEIGH_LOSS_BPS). */
export const REWEIGH_LOSS_BPS = 30n;

/**
 * What an index may still lose today {base}, floored (docs/rules.md 6).
 *
 * @param nav {base} at the anchors
 * @param lost {1e18 of NAV} on this UTC day so far
 * @param most {1e18 of NAV} on a day
 * @throws {MathError} OVERFLOW
 */
export const lossBudget = ({ nav, lost, most }: Record<'nav' | 'lost' | 'most', bigint>): bigint =>
  lost < most ? mul(nav, most - lost) / ONE : 0n;

/**
 * A loss as part of NAV {1e18}, rounded up: so a mint stretches no budget (docs/rules.md 6).
 *
 * @param loss {base}
 * @param nav {base} > 0, at the anchors
 * @throws {MathError} OVERFLOW, DIVISION_BY_ZERO
 */
export const lostPart = ({ loss, nav }: Record<'loss' | 'nav', bigint>): bigint => ceilDiv(mul(loss, ONE), nav);

/** An index and its last epoch. */
export interface LastEpoch {
  /** Number of its leg list: another number is another list. */
  readonly recipe: bigint;
  readonly epoch: {
    /** 0 when there was none */
    readonly opening: bigint;
    /** {s} */
    readonly openedAt: bigint;
    /** The leg list that it was opened for. */
    readonly recipe: bigint;
  };
}

/**
 * {s} from when on the chain lets an index open an epoch: at once after a reweigh, and when there was none (docs/rules.md 6).
 *
 * @param pause {s} between two openings; the chain's unless another is tried
 */
export const opensFrom = ({ epoch, recipe }: LastEpoch, pause = EPOCH_PAUSE): bigint =>
  epoch.opening === 0n || epoch.recipe !== recipe ? 0n : epoch.openedAt + pause;

/**
 * {s} when an epoch ends that opens `now`: new anchors in the 72 h of a reweigh leave it its time (docs/rules.md 6).
 *
 * @param until {s} end of the last epoch, 0 when there was none
 * @param lasts {s} by what began it: `REWEIGH_LASTS` after a reweigh, else `EPOCH_LASTS`
 */
export const epochEnd = ({ now, until, lasts }: Record<'now' | 'until' | 'lasts', bigint>): bigint =>
  max(until, now + lasts);
