import { ONE } from '../math/scales.ts';
import { castVote, type DaoDecision, execute, type Proposal, propose, queue, TIMELOCK } from './proposals.ts';
import { deposit, EMPTY, type Staking } from './staking.ts';

/** {s} of the first stake in tests. */
export const DAWN = 1_000_000n;

/** A staking in which everybody staked at DAWN {token: whole ones}. */
export const stakedBy = (stakes: Readonly<Record<string, bigint>>): Staking =>
  Object.entries(stakes).reduce(
    (staking, [account, amount]) => deposit(staking, { account, amount: amount * ONE, now: DAWN }),
    EMPTY,
  );

/** A proposal of `proposer`, made at `now`. */
export const proposal = <Action>(staking: Staking, action: Action, now: bigint, proposer = 'dao'): Proposal<Action> =>
  propose(staking.weights, { id: 'p1', action, proposer, now });

/** What the DAO decides when its only member wants it, the proposal being executed at `at`. */
export const decided = <Action>(action: Action, at: bigint): DaoDecision<Action> => {
  const start = at - 12n * 86_400n;
  const { weights } = deposit(EMPTY, { account: 'dao', amount: 75_000n * ONE, now: start - 1n });
  const open = propose(weights, { id: `at ${at}`, action, proposer: 'dao', now: start });
  const voted = castVote(open, weights, { voter: 'dao', choice: 'for', now: open.snapshot + 1n });
  return execute(queue(voted, weights, at - TIMELOCK - 3_600n), weights, at).decision;
};
