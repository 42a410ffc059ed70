import type { AssetAddress } from './asset-address.ts';
import { capitalisations, type StoredSupply } from './capitalisation.ts';
import { FamilyError } from './errors.ts';
import type { Period, Window } from './period.ts';
import { type LiveSurroundings, requireReweighable } from './reweighable.ts';
import type { TargetWeights } from './target-weights.ts';

/** What was found on the day of determination. */
export interface Recorded {
  /** {s} */
  readonly recordedAt: bigint;
  /** {base}, ascending by address */
  readonly capitalisations: ReadonlyMap<AssetAddress, bigint>;
}

/** How far a period has come. One that nobody recorded, or could record for want of a price, ends as it began. */
export type PeriodState =
  | { readonly kind: 'begun'; readonly period: Period }
  | { readonly kind: 'determined'; readonly period: Period; readonly recorded: Recorded }
  | { readonly kind: 'reweighed'; readonly period: Period; readonly recorded: Recorded; readonly reweighedAt: bigint };

/** A period of which nothing has happened. */
export const begin = (period: Period): PeriodState => ({ kind: 'begun', period });

const isIn = (at: bigint, { from, until }: Window): boolean => from <= at && at < until;

/**
 * Records the determination, by anyone, on its day. The first record stands: it can be made from the first second of the day by
 * everybody, so nobody picks the minute. With a price missing nothing is recorded, and the day goes on (docs/rules.md 4.2).
 *
 * @throws {FamilyError} ALREADY_RECORDED, NOT_ITS_DAY, DUPLICATE_ASSET, SUPPLY_MISSING, PRICE_MISSING
 * @throws {MathError} as `capitalisation`
 */
export const record = (
  state: PeriodState,
  determination: {
    /** {s} now */
    readonly at: bigint;
    /** Those that are listed, of the set or the category. */
    readonly assets: readonly AssetAddress[];
    readonly supplies: ReadonlyMap<AssetAddress, StoredSupply>;
    /** {base/tok} UQ112, of the assets with a fresh one */
    readonly prices: ReadonlyMap<AssetAddress, bigint>;
  },
): PeriodState => {
  const { period } = state;
  const { at } = determination;
  if (state.kind !== 'begun') {
    throw new FamilyError('ALREADY_RECORDED', `${period.determined} is recorded`, 'the first record of the day stands');
  }
  if (!isIn(at, period.determination)) {
    const message = `${at} is not on the day of determination, ${period.determined}`;
    throw new FamilyError('NOT_ITS_DAY', message, 'record on that day, UTC');
  }
  return { kind: 'determined', period, recorded: { recordedAt: at, capitalisations: capitalisations(determination) } };
};

/**
 * Reweighs, by anyone, in the window of the period and once in it. Where it is refused, for want of a price say, the period stays
 * open, and the call can be made again until the window ends (docs/rules.md 4.2).
 *
 * @param weigh the family's rule, such as `trackedWeights`
 * @throws {FamilyError} NOT_DETERMINED, ALREADY_REWEIGHED, OUTSIDE_WINDOW, NOT_LISTED, BAD_LEG_COUNT, PRICE_NOT_LIVE, TOO_SMALL
 * @throws what `weigh` throws
 */
export const reweigh = (
  state: PeriodState,
  moment: LiveSurroundings & {
    /** {s} now */
    readonly at: bigint;
    readonly weigh: (capitalisations: ReadonlyMap<AssetAddress, bigint>) => TargetWeights;
  },
): { readonly state: PeriodState; readonly weights: TargetWeights } => {
  const { period } = state;
  const { at } = moment;
  if (state.kind === 'begun') {
    const message = `nothing was recorded on ${period.determined}`;
    throw new FamilyError('NOT_DETERMINED', message, 'the weights stay until the next period');
  }
  if (state.kind === 'reweighed') {
    const message = `the period was reweighed at ${state.reweighedAt}`;
    throw new FamilyError('ALREADY_REWEIGHED', message, 'a period is reweighed once');
  }
  if (!isIn(at, period.reweigh)) {
    const message = `${at} is outside ${period.reweigh.from} .. ${period.reweigh.until - 1n}`;
    throw new FamilyError(
      'OUTSIDE_WINDOW',
      message,
      `reweigh from ${period.rebalanced} on, until the next determination`,
    );
  }
  const weights = moment.weigh(state.recorded.capitalisations);
  requireReweighable(weights, moment);
  return { state: { kind: 'reweighed', period, recorded: state.recorded, reweighedAt: at }, weights };
};
