import type { Branded } from '../brand.ts';
import type { AssetAddress } from './asset-address.ts';
import { type AssetMarket, requireDepth } from './depth.ts';
import { FamilyError } from './errors.ts';
import { type LiveSurroundings, requireFitting, requireReweighable, type Surroundings } from './reweighable.ts';
import type { TargetWeights } from './target-weights.ts';

const HOUR = 3_600n;
/** {s} no notice is shorter: 24 h. */
export const MIN_NOTICE = 24n * HOUR;
/** {s} no notice is longer: 30 days, so that the dates that follow from it are dates. */
export const MAX_NOTICE = 30n * 24n * HOUR;
/** {s} for how long from the end of its notice a proposal can be activated: 7 days. */
export const ACTIVATION_LASTS = 7n * 24n * HOUR;

/** {s} the time between announcing weights and setting them, checked by `noticePeriod`. */
export type NoticePeriod = Branded<bigint, 'NoticePeriod'>;

/** A notice period {s}. @throws {FamilyError} NOTICE_OUT_OF_RANGE outside 24 h .. 30 days */
export const noticePeriod = (seconds: bigint): NoticePeriod => {
  if (seconds >= MIN_NOTICE && seconds <= MAX_NOTICE) return seconds as NoticePeriod;
  const message = `a notice of ${seconds} s is outside ${MIN_NOTICE} .. ${MAX_NOTICE} s`;
  throw new FamilyError('NOTICE_OUT_OF_RANGE', message, 'give holders at least 24 h, and at most 30 days');
};

/** {s} the notice of an index that names none: 48 h. */
export const DEFAULT_NOTICE = noticePeriod(48n * HOUR);

/** Announced weights. The notice is the one of the announcement: a shorter one agreed later does not shorten it. */
export interface PendingProposal {
  readonly kind: 'pending';
  readonly weights: TargetWeights;
  /** {s} */
  readonly announcedAt: bigint;
  readonly notice: NoticePeriod;
}

/** What the manager of an index has announced. */
export type Proposal = { readonly kind: 'none' } | PendingProposal;

export const NO_PROPOSAL: Proposal = { kind: 'none' };

/** Where a proposal stands: `notice` until its end, `open` for 7 days from then, `lapsed` for ever after. */
export type Phase = 'none' | 'notice' | 'open' | 'lapsed';

/** {s} the first moment at which a proposal can be activated, and the first at which it cannot any more. */
export const activation = ({ announcedAt, notice }: PendingProposal): { from: bigint; until: bigint } => {
  const from = announcedAt + notice;
  return { from, until: from + ACTIVATION_LASTS };
};

/** Where a proposal stands at a moment {s} (docs/rules.md 4.2). */
export const phaseOf = (proposal: Proposal, at: bigint): Phase => {
  if (proposal.kind === 'none') return 'none';
  const { from, until } = activation(proposal);
  if (at < from) return 'notice';
  return at < until ? 'open' : 'lapsed';
};

/**
 * Announces weights. Whatever was announced before is replaced, and the notice begins anew (docs/rules.md 4.2).
 *
 * @param at {s} now
 * @throws {FamilyError} NOT_LISTED, BAD_LEG_COUNT
 */
export const announce = (
  announcement: Surroundings & { readonly weights: TargetWeights; readonly at: bigint; readonly notice: NoticePeriod },
): PendingProposal => {
  requireFitting(announcement.weights, announcement);
  const { weights, at, notice } = announcement;
  return { kind: 'pending', weights, announcedAt: at, notice };
};

/** What activation needs to know of its moment. */
export interface ActivationMoment extends LiveSurroundings {
  /** {s} now */
  readonly at: bigint;
  /** What the index aims at now. */
  readonly current: TargetWeights;
  /** Of every asset whose weight rises. */
  readonly markets: ReadonlyMap<AssetAddress, AssetMarket>;
}

/**
 * Activates a proposal, by anyone: from the end of its notice, for 7 days. Everything is checked anew, for the world may have
 * changed during the notice; whoever finds a price missing comes again (docs/rules.md 4.2).
 *
 * @returns no proposal any more, and the weights to move to (`Pace.begin`)
 * @throws {FamilyError} NO_PROPOSAL, IN_NOTICE, LAPSED, NOT_LISTED, BAD_LEG_COUNT, PRICE_NOT_LIVE, TOO_SMALL, TOO_SHALLOW
 */
export const activate = (
  proposal: Proposal,
  moment: ActivationMoment,
): { readonly proposal: Proposal; readonly weights: TargetWeights } => {
  if (proposal.kind === 'none') {
    throw new FamilyError('NO_PROPOSAL', 'nothing was announced', 'the manager announces weights first');
  }
  const { from, until } = activation(proposal);
  const phase = phaseOf(proposal, moment.at);
  if (phase === 'notice') {
    throw new FamilyError('IN_NOTICE', `the notice ends at ${from}, now is ${moment.at}`, 'come back when it is over');
  }
  if (phase === 'lapsed') {
    throw new FamilyError('LAPSED', `the proposal lapsed at ${until}`, 'the manager announces it again');
  }
  const { weights } = proposal;
  requireReweighable(weights, moment);
  requireDepth({ current: moment.current, proposed: weights, nav: moment.nav, markets: moment.markets });
  return { proposal: NO_PROPOSAL, weights };
};
