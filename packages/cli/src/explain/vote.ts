import { Proposals, parseFile, Staking, Votes, VotingWeights } from '@wicker/core';
import * as z from 'zod';
import { digits, type Quantity, quantity, type Step, step, type Topic } from './explanation.ts';
import { amountField, nameField } from './fields.ts';

/** {1} decimals of the governance token */
const DECIMALS = 18;

const member = z.strictObject({
  account: nameField,
  staked: amountField(DECIMALS),
  vote: z.enum(['for', 'against', 'abstain']).optional(),
});
const shape = z.strictObject({
  proposer: nameField,
  members: z
    .array(member)
    .min(1)
    .max(200)
    .refine((all) => new Set(all.map(({ account }) => account)).size === all.length, 'an account is there twice'),
});

const tokens = (name: string, amount: bigint): Quantity => quantity(name, digits(amount, DECIMALS), 'tokens');

/** {s} when everybody stakes, and the second after, when the proposal is made */
const STAKED_AT = 0n;
const PROPOSED_AT = 1n;
/** A moment as seconds since the proposal. */
const since = (name: string, at: bigint): Quantity => quantity(name, `${at - PROPOSED_AT}`, 's after it was proposed');

const timelockSteps = (
  queued: Proposals.Proposal<unknown>,
  weights: VotingWeights.VotingWeights,
  now: bigint,
): Step[] => {
  const state = Proposals.stateOf(queued, weights, now);
  if (state.state !== 'queued') return [];
  const then = Proposals.stateOf(queued, weights, state.until);
  return [
    step(since('executable', state.until), 'queued in the first second after the end, + 48 h'),
    ...(then.state === 'executable' ? [step(since('expires', then.until), 'executable + 7 days')] : []),
  ];
};

/** The worked example of docs/rules.md 12: a vote. */
export const vote: Topic = {
  section: 12,
  summary: 'whether a proposal passes, and when it acts',
  explain: (json) => {
    const { proposer, members } = parseFile('vote', shape, json);
    const { weights } = members
      .filter(({ staked }) => staked > 0n)
      .reduce(
        (all, { account, staked }) => Staking.deposit(all, { account, amount: staked, now: STAKED_AT }),
        Staking.EMPTY,
      );
    const proposal = Proposals.propose(weights, { id: 'it', action: undefined, proposer, now: PROPOSED_AT });
    const now = proposal.deadline;
    const voted = members.reduce(
      (all, { account, vote: choice }) =>
        choice === undefined ? all : Proposals.castVote(all, weights, { voter: account, choice, now }),
      proposal,
    );
    const after = proposal.deadline + 1n;
    const state = Proposals.stateOf(voted, weights, after);
    const staked = VotingWeights.totalAt(weights, { at: proposal.snapshot, now });
    return {
      title: `A proposal of ${proposer}`,
      inputs: members.map(({ account, staked: own, vote: choice }) =>
        quantity(account, `${digits(own, DECIMALS)} tokens staked, ${choice === undefined ? 'does not vote' : choice}`),
      ),
      steps: [
        step(
          tokens('proposer', VotingWeights.weightAt(weights, proposer, { at: STAKED_AT, now: PROPOSED_AT })),
          `staked a second before, at least ${digits(Votes.PROPOSAL_THRESHOLD, DECIMALS)}`,
        ),
        step(since('snapshot', proposal.snapshot), 'proposed + 24 h'),
        step(since('end', proposal.deadline), 'snapshot + 7 days'),
        step(tokens('supply', staked), 'staked at the snapshot'),
        step(tokens('quorum', Votes.quorumOf(staked)), 'ceil(30 % of supply)'),
        step(tokens('for', voted.tally.for), 'stakes at the snapshot that voted for'),
        step(tokens('against', voted.tally.against), 'stakes at the snapshot that voted against'),
        step(tokens('abstain', voted.tally.abstain), 'stakes at the snapshot that abstained: count for nothing'),
        ...(state.state === 'succeeded' ? timelockSteps(Proposals.queue(voted, weights, after), weights, after) : []),
      ],
      result: [
        quantity('for > against and for >= quorum', state.state === 'defeated' ? `no: ${state.outcome.reason}` : 'yes'),
        quantity('the proposal', state.state),
      ],
    };
  },
};
