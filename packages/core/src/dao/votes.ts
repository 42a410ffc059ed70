import { BP } from '../index-fund/shares.ts';
import { mulDivUp } from '../math/fixed-point.ts';
import { ONE } from '../math/scales.ts';

/** Staked tokens without which nobody proposes {share}: 75 000. */
export const PROPOSAL_THRESHOLD = 75_000n * ONE;
/** The part of the staked supply that must vote for {bp}: 30 %. */
export const QUORUM_BPS = 3_000n;

/** Votes counted {share}. */
export interface Tally {
  readonly for: bigint;
  readonly against: bigint;
  readonly abstain: bigint;
}

/** What a voter says. */
export type Choice = keyof Tally;

/** How a vote went, with the least votes for {share} that it needed. */
export type Outcome =
  | { readonly kind: 'passed'; readonly quorum: bigint }
  | { readonly kind: 'failed'; readonly quorum: bigint; readonly reason: 'no majority' | 'no quorum' };

/**
 * The least votes for that pass: 30 % of the staked supply, rounded up (docs/rules.md 12).
 *
 * @param staked {share} at the snapshot
 * @throws {MathError} OVERFLOW
 */
export const quorumOf = (staked: bigint): bigint => mulDivUp(staked, QUORUM_BPS, BP);

/**
 * Whether a proposal passes: more votes for than against, and those for are at least 30 % of the staked supply
 * (docs/rules.md 12). Abstentions are counted, and change nothing.
 *
 * @param staked {share} at the snapshot
 * @throws {MathError} OVERFLOW
 */
export const outcomeOf = (tally: Tally, staked: bigint): Outcome => {
  const quorum = quorumOf(staked);
  if (tally.for <= tally.against) return { kind: 'failed', quorum, reason: 'no majority' };
  return tally.for >= quorum ? { kind: 'passed', quorum } : { kind: 'failed', quorum, reason: 'no quorum' };
};
