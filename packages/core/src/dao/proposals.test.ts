import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ONE } from '../math/scales.ts';
import { DAWN, decided, proposal, stakedBy } from './dao.fixture.ts';
import {
  castVote,
  type DaoDecision,
  EXPIRES_AFTER,
  execute,
  propose,
  queue,
  stateOf,
  TIMELOCK,
  VOTING_DELAY,
  VOTING_PERIOD,
} from './proposals.ts';
import * as Staking from './staking.ts';
import type { Choice } from './votes.ts';

const DAY = 86_400n;
const NOW = DAWN + DAY;
const SNAPSHOT = NOW + VOTING_DELAY;
const VOTING = SNAPSHOT + 1n;
const DEADLINE = SNAPSHOT + VOTING_PERIOD;
const AFTER = DEADLINE + 1n;

const code = (expected: string) => expect.objectContaining({ code: expected, hint: expect.any(String) });

describe('docs/rules.md 12: proposals', () => {
  it('refuses a proposer with 74 999 staked and takes one with 75 000', () => {
    const { weights } = stakedBy({ poor: 74_999n, rich: 75_000n });
    const by = (proposer: string) => propose(weights, { id: 'p', action: {}, proposer, now: NOW });
    expect(() => by('poor')).toThrow(code('BELOW_THRESHOLD'));
    expect(() => by('nobody')).toThrow(code('BELOW_THRESHOLD'));
    expect(by('rich')).toMatchObject({ snapshot: SNAPSHOT, deadline: DEADLINE });
  });

  it('refuses a flash loan: a stake of this second neither proposes nor votes', () => {
    const before = stakedBy({ dao: 75_000n, honest: 100_000n });
    const lent = (now: bigint) => Staking.deposit(before, { account: 'thief', amount: 10n ** 9n * ONE, now });
    expect(() => propose(lent(NOW).weights, { id: 'p', action: {}, proposer: 'thief', now: NOW })).toThrow(
      code('BELOW_THRESHOLD'),
    );
    // At the very second of the snapshot, paid back in the same transaction:
    const open = proposal(before, {}, NOW);
    const paidBack = Staking.withdraw(lent(SNAPSHOT), { account: 'thief', amount: 10n ** 9n * ONE, now: SNAPSHOT });
    expect(() => castVote(open, paidBack.weights, { voter: 'thief', choice: 'for', now: VOTING })).toThrow(
      code('NO_VOTES'),
    );
    // While voting goes on:
    expect(() => castVote(open, lent(VOTING).weights, { voter: 'thief', choice: 'for', now: VOTING })).toThrow(
      code('NO_VOTES'),
    );
  });

  it('counts votes and quorum at the snapshot, whatever is staked or taken back later', () => {
    let staking = stakedBy({ dao: 300_000n, rest: 700_000n });
    const open = proposal(staking, {}, NOW);
    staking = Staking.withdraw(staking, { account: 'dao', amount: 300_000n * ONE, now: VOTING });
    staking = Staking.deposit(staking, { account: 'late', amount: 9_000_000n * ONE, now: VOTING });
    const voted = castVote(open, staking.weights, { voter: 'dao', choice: 'for', now: VOTING + 1n });
    expect(voted.tally.for).toBe(300_000n * ONE);
    expect(stateOf(voted, staking.weights, AFTER)).toMatchObject({
      state: 'succeeded',
      outcome: { kind: 'passed', quorum: 300_000n * ONE },
    });
  });

  it('goes from pending to executed, at exact moments', () => {
    const { weights } = stakedBy({ dao: 300_000n, rest: 700_000n });
    const open = proposal({ ...Staking.EMPTY, weights }, { kind: 'x' }, NOW);
    expect(stateOf(open, weights, SNAPSHOT)).toEqual({ state: 'pending', until: SNAPSHOT });
    expect(stateOf(open, weights, VOTING)).toEqual({ state: 'active', until: DEADLINE });
    const voted = castVote(open, weights, { voter: 'dao', choice: 'for', now: DEADLINE });
    expect(stateOf(voted, weights, DEADLINE).state).toBe('active');
    const queued = queue(voted, weights, AFTER);
    const executableFrom = AFTER + TIMELOCK;
    expect(TIMELOCK).toBe(48n * 3_600n);
    expect(stateOf(queued, weights, executableFrom - 1n)).toEqual({ state: 'queued', until: executableFrom });
    expect(() => execute(queued, weights, executableFrom - 1n)).toThrow(code('WRONG_STATE'));
    expect(stateOf(queued, weights, executableFrom)).toEqual({
      state: 'executable',
      until: executableFrom + EXPIRES_AFTER,
    });
    const { proposal: done, decision } = execute(queued, weights, executableFrom);
    expect(decision).toEqual({ proposal: 'p1', action: { kind: 'x' }, at: executableFrom });
    expect(stateOf(done, weights, executableFrom + 1n)).toEqual({ state: 'executed', at: executableFrom });
    expect(() => execute(done, weights, executableFrom + 1n)).toThrow(code('WRONG_STATE'));
  });

  it('expires when nobody queues it in 7 days, or executes it in 7', () => {
    const { weights } = stakedBy({ dao: 300_000n, rest: 700_000n });
    const open = proposal({ ...Staking.EMPTY, weights }, {}, NOW);
    const voted = castVote(open, weights, { voter: 'dao', choice: 'for', now: VOTING });
    const end = DEADLINE + EXPIRES_AFTER;
    expect(stateOf(voted, weights, end - 1n).state).toBe('succeeded');
    expect(stateOf(voted, weights, end)).toEqual({ state: 'expired', since: end });
    expect(() => queue(voted, weights, end)).toThrow(code('WRONG_STATE'));
    const queued = queue(voted, weights, AFTER);
    const last = AFTER + TIMELOCK + EXPIRES_AFTER;
    expect(stateOf(queued, weights, last)).toEqual({ state: 'expired', since: last });
    expect(() => execute(queued, weights, last)).toThrow(code('WRONG_STATE'));
  });

  it('is defeated without a majority or a quorum, and then nobody can queue it', () => {
    const { weights } = stakedBy({ dao: 300_000n, other: 300_000n, rest: 400_000n });
    const open = proposal({ ...Staking.EMPTY, weights }, {}, NOW);
    const tied = (['for', 'against'] as const).reduce(
      (one, choice) => castVote(one, weights, { voter: choice === 'for' ? 'dao' : 'other', choice, now: VOTING }),
      open,
    );
    expect(stateOf(tied, weights, AFTER)).toMatchObject({ state: 'defeated', outcome: { reason: 'no majority' } });
    expect(stateOf(open, weights, AFTER)).toMatchObject({ state: 'defeated' });
    expect(() => queue(tied, weights, AFTER)).toThrow(code('WRONG_STATE'));
  });

  it('counts each account once, and only while it is active', () => {
    const { weights } = stakedBy({ dao: 75_000n });
    const open = proposal({ ...Staking.EMPTY, weights }, {}, NOW);
    const vote = { voter: 'dao', choice: 'for' as Choice };
    expect(() => castVote(open, weights, { ...vote, now: SNAPSHOT })).toThrow(code('WRONG_STATE'));
    expect(() => castVote(open, weights, { ...vote, now: AFTER })).toThrow(code('WRONG_STATE'));
    const voted = castVote(open, weights, { ...vote, now: VOTING });
    for (const choice of ['for', 'against', 'abstain'] as const) {
      expect(() => castVote(voted, weights, { ...vote, choice, now: VOTING })).toThrow(code('ALREADY_VOTED'));
    }
    expect(open.tally.for).toBe(0n);
  });

  it('counts every stake of the snapshot once, in any order of voting', () => {
    const voters = fc.array(
      fc.record({
        stake: fc.bigInt({ min: 1n, max: 10n ** 6n }),
        choice: fc.constantFrom<Choice>('for', 'against', 'abstain'),
      }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(voters, fc.infiniteStream(fc.nat()), (list, random) => {
        const { weights } = stakedBy({
          dao: 75_000n,
          ...Object.fromEntries(list.map(({ stake }, i) => [`v${i}`, stake])),
        });
        const open = proposal({ ...Staking.EMPTY, weights }, {}, NOW);
        const cast = (order: readonly number[]) =>
          order.reduce(
            (one, i) => castVote(one, weights, { voter: `v${i}`, choice: list[i]?.choice ?? 'for', now: VOTING }),
            open,
          ).tally;
        const order = [...list.keys()];
        const shuffled = order.map((i) => ({ i, key: random.next().value })).sort((a, b) => a.key - b.key);
        const tally = cast(order);
        expect(cast(shuffled.map(({ i }) => i))).toEqual(tally);
        expect(tally.for + tally.against + tally.abstain).toBe(list.reduce((sum, { stake }) => sum + stake * ONE, 0n));
      }),
      { numRuns: 100 },
    );
  });

  it('gives a decision through execute alone', () => {
    // @ts-expect-error nobody voted on this
    const forged: DaoDecision<{ kind: 'stopAgain' }> = { proposal: 'p', action: { kind: 'stopAgain' }, at: 0n };
    expect(forged.at).toBe(0n);
    expect(decided({ kind: 'stopAgain' as const }, 5_000_000n).at).toBe(5_000_000n);
  });
});
