import type { Branded } from '../brand.ts';
import { DaoError } from './errors.ts';
import { type Choice, type Outcome, outcomeOf, PROPOSAL_THRESHOLD, type Tally } from './votes.ts';
import { totalAt, type VotingWeights, weightAt } from './voting-weights.ts';

/** {s} between proposing and the snapshot: time to stake, or to leave. */
export const VOTING_DELAY = 86_400n;
/** {s} for voting. */
export const VOTING_PERIOD = 7n * 86_400n;
/** {s} between queueing and executing: 48 h. */
export const TIMELOCK = 48n * 3_600n;
/** {s} in which a proposal that passed must be queued, and one that became executable be executed. */
export const EXPIRES_AFTER = 7n * 86_400n;

/** What the proposer wants done; `action` is data, so that what is executed is what was voted on. */
export interface Proposal<Action> {
  readonly id: string;
  readonly action: Action;
  /** {s} the second at whose end votes and quorum are counted */
  readonly snapshot: bigint;
  /** {s} the last second of voting */
  readonly deadline: bigint;
  readonly tally: Tally;
  readonly voters: ReadonlySet<string>;
  readonly progress:
    | { readonly kind: 'voting' }
    | { readonly kind: 'queued'; readonly executableFrom: bigint }
    | { readonly kind: 'executed'; readonly at: bigint };
}

/** Where a proposal stands; times are {s}. */
export type ProposalState =
  | { readonly state: 'pending'; readonly until: bigint }
  | { readonly state: 'active'; readonly until: bigint }
  | { readonly state: 'defeated'; readonly outcome: Extract<Outcome, { kind: 'failed' }> }
  | { readonly state: 'succeeded'; readonly outcome: Extract<Outcome, { kind: 'passed' }>; readonly until: bigint }
  | { readonly state: 'queued'; readonly until: bigint }
  | { readonly state: 'executable'; readonly until: bigint }
  | { readonly state: 'executed'; readonly at: bigint }
  | { readonly state: 'expired'; readonly since: bigint };

/** That the DAO decided something; made by `execute` alone. */
export type DaoDecision<Action> = Branded<
  { readonly proposal: string; readonly action: Action /** {s} */; readonly at: bigint },
  'DaoDecision'
>;

/**
 * Proposes an action. The proposer's stake is the one at the end of the last second (docs/rules.md 12).
 *
 * @throws {DaoError} BELOW_THRESHOLD when less than 75 000 are staked
 */
export const propose = <Action>(
  weights: VotingWeights,
  {
    id,
    action,
    proposer,
    now,
  }: {
    readonly id: string;
    readonly action: Action;
    readonly proposer: string;
    readonly now: bigint;
  },
): Proposal<Action> => {
  const stake = weightAt(weights, proposer, { at: now - 1n, now });
  if (stake < PROPOSAL_THRESHOLD) {
    throw new DaoError(
      'BELOW_THRESHOLD',
      `${proposer} has ${stake} staked, less than ${PROPOSAL_THRESHOLD}`,
      'stake more at least a second before proposing, or ask somebody who has',
    );
  }
  const snapshot = now + VOTING_DELAY;
  return {
    id,
    action,
    snapshot,
    deadline: snapshot + VOTING_PERIOD,
    tally: { for: 0n, against: 0n, abstain: 0n },
    voters: new Set(),
    progress: { kind: 'voting' },
  };
};

const afterVote = (proposal: Proposal<unknown>, weights: VotingWeights, now: bigint): ProposalState => {
  const outcome = outcomeOf(proposal.tally, totalAt(weights, { at: proposal.snapshot, now }));
  if (outcome.kind === 'failed') return { state: 'defeated', outcome };
  const until = proposal.deadline + EXPIRES_AFTER;
  return now < until ? { state: 'succeeded', outcome, until } : { state: 'expired', since: until };
};

/**
 * Where a proposal stands at a moment (docs/rules.md 12). Pending up to the snapshot, active after it and up to the deadline;
 * queued until the timelock is over, executable for 7 days then.
 *
 * @param now {s} not before the last event of the proposal
 */
export const stateOf = (proposal: Proposal<unknown>, weights: VotingWeights, now: bigint): ProposalState => {
  const { progress, snapshot, deadline } = proposal;
  switch (progress.kind) {
    case 'executed':
      return { state: 'executed', at: progress.at };
    case 'queued': {
      const until = progress.executableFrom + EXPIRES_AFTER;
      if (now < progress.executableFrom) return { state: 'queued', until: progress.executableFrom };
      return now < until ? { state: 'executable', until } : { state: 'expired', since: until };
    }
    case 'voting':
      if (now <= snapshot) return { state: 'pending', until: snapshot };
      if (now <= deadline) return { state: 'active', until: deadline };
      return afterVote(proposal, weights, now);
  }
};

const requireState = (
  wanted: ProposalState['state'],
  proposal: Proposal<unknown>,
  weights: VotingWeights,
  now: bigint,
): void => {
  const { state } = stateOf(proposal, weights, now);
  if (state === wanted) return;
  throw new DaoError('WRONG_STATE', `proposal ${proposal.id} is ${state}, not ${wanted}`, 'look at its state first');
};

/**
 * Counts an account's vote with its stake at the snapshot, once (docs/rules.md 12).
 *
 * @throws {DaoError} WRONG_STATE unless active; ALREADY_VOTED; NO_VOTES for who had nothing staked at the snapshot
 */
export const castVote = <Action>(
  proposal: Proposal<Action>,
  weights: VotingWeights,
  { voter, choice, now }: { readonly voter: string; readonly choice: Choice; readonly now: bigint },
): Proposal<Action> => {
  requireState('active', proposal, weights, now);
  if (proposal.voters.has(voter)) {
    throw new DaoError(
      'ALREADY_VOTED',
      `${voter} has voted on ${proposal.id}`,
      'a vote stands; there is no second one',
    );
  }
  const weight = weightAt(weights, voter, { at: proposal.snapshot, now });
  if (weight === 0n) {
    throw new DaoError(
      'NO_VOTES',
      `${voter} had nothing staked at the snapshot, ${proposal.snapshot}`,
      'what is staked later votes on later proposals',
    );
  }
  const { tally, voters } = proposal;
  return {
    ...proposal,
    tally: { ...tally, [choice]: tally[choice] + weight },
    voters: new Set(voters).add(voter),
  };
};

/**
 * Queues a proposal that passed; anyone may. The timelock of 48 h starts (docs/rules.md 12).
 *
 * @throws {DaoError} WRONG_STATE unless succeeded
 */
export const queue = <Action>(proposal: Proposal<Action>, weights: VotingWeights, now: bigint): Proposal<Action> => {
  requireState('succeeded', proposal, weights, now);
  return { ...proposal, progress: { kind: 'queued', executableFrom: now + TIMELOCK } };
};

/** A proposal that was executed, and the decision that it gives. */
export interface Executed<Action> {
  readonly proposal: Proposal<Action>;
  readonly decision: DaoDecision<Action>;
}

/**
 * Executes a proposal whose timelock is over; anyone may, once (docs/rules.md 12).
 *
 * @throws {DaoError} WRONG_STATE unless executable
 */
export const execute = <Action>(proposal: Proposal<Action>, weights: VotingWeights, now: bigint): Executed<Action> => {
  requireState('executable', proposal, weights, now);
  const decision = { proposal: proposal.id, action: proposal.action, at: now } as DaoDecision<Action>;
  return { proposal: { ...proposal, progress: { kind: 'executed', at: now } }, decision };
};
