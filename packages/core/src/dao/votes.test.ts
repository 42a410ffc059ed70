import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ONE } from '../math/scales.ts';
import { outcomeOf, quorumOf } from './votes.ts';

const tally = (yes: bigint, no: bigint, abstain = 0n) => ({ for: yes, against: no, abstain });
const amounts = fc.bigInt({ min: 0n, max: 10n ** 27n });

describe('docs/rules.md 12: votes', () => {
  it.each([1n, ONE])('needs 300 000 for of a supply of 1 000 000 (unit %s)', (unit) => {
    const supply = 1_000_000n * unit;
    expect(outcomeOf(tally(299_999n * unit, 0n), supply)).toEqual({
      kind: 'failed',
      quorum: 300_000n * unit,
      reason: 'no quorum',
    });
    expect(outcomeOf(tally(300_000n * unit, 0n), supply)).toEqual({ kind: 'passed', quorum: 300_000n * unit });
    expect(outcomeOf(tally(300_000n * unit, 300_000n * unit), supply)).toEqual({
      kind: 'failed',
      quorum: 300_000n * unit,
      reason: 'no majority',
    });
    expect(outcomeOf(tally(300_000n * unit, 299_999n * unit), supply).kind).toBe('passed');
  });

  it('rounds the quorum up, and passes nothing when nothing is staked', () => {
    expect([quorumOf(1n), quorumOf(3n), quorumOf(10n), quorumOf(11n)]).toEqual([1n, 1n, 3n, 4n]);
    expect(outcomeOf(tally(0n, 0n), 0n).kind).toBe('failed');
  });

  it('counts abstentions for neither majority nor quorum', () => {
    expect(outcomeOf(tally(299_999n, 0n, 700_001n), 1_000_000n).kind).toBe('failed');
    expect(outcomeOf(tally(300_000n, 0n, 700_000n), 1_000_000n).kind).toBe('passed');
  });

  it('passes exactly when both rules hold as fractions, and a vote for never makes it fail', () => {
    fc.assert(
      fc.property(amounts, amounts, amounts, amounts, (yes, no, supply, more) => {
        const passes = outcomeOf(tally(yes, no), supply).kind === 'passed';
        expect(passes).toBe(yes > no && yes * 10n >= supply * 3n);
        if (passes) expect(outcomeOf(tally(yes + more, no), supply).kind).toBe('passed');
      }),
      { numRuns: 500 },
    );
  });
});
