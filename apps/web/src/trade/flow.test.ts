import { describe, expect, it } from 'vitest';
import { type FlowEvent, flowReducer, flowWords, IDLE, isBusy } from './flow.ts';

const after = (...events: readonly FlowEvent[]) => events.reduce(flowReducer, IDLE);
const begin = { kind: 'begin', labels: ['Approve USDC', 'Mint'] } as const;
const hash = `0x${'11'.repeat(32)}` as const;

describe('a flow of transactions', () => {
  it('goes step by step, and says where it stands', () => {
    expect(flowWords(after(begin))).toBe('');
    expect(flowWords(after(begin, { kind: 'asked', step: 0 }))).toBe('Confirm in your wallet: Approve USDC (1 of 2)');
    const sent = after(begin, { kind: 'asked', step: 0 }, { kind: 'sent', step: 0, hash });
    expect(flowWords(sent)).toBe('Waiting for the chain: Approve USDC (1 of 2)');
    expect(isBusy(sent)).toBe(true);
    expect(sent.steps[0]?.hash).toBe(hash);
  });

  it('tells steps of two tokens with one symbol apart', () => {
    const { steps } = after({ kind: 'begin', labels: ['Approve X', 'Approve X', 'Mint'] });
    expect(steps.map(({ label }) => label)).toEqual(['Approve X', 'Approve X (step 2)', 'Mint']);
  });

  it('stops at what failed, and keeps what is done', () => {
    const problem = { title: 'No.', hint: 'Try again.' };
    const failed = after(begin, { kind: 'mined', step: 0 }, { kind: 'failed', step: 1, problem });
    expect(failed.steps.map(({ state }) => state)).toEqual(['done', 'failed']);
    expect(failed.problem).toEqual(problem);
    expect(isBusy(failed)).toBe(false);
  });

  it('ends with what moved, and can be put away', () => {
    const outcome = { title: 'You minted 5 WDI.', lines: [] };
    const done = after(begin, { kind: 'finished', outcome });
    expect(flowWords(done)).toBe('Done: You minted 5 WDI.');
    expect(isBusy(done)).toBe(false);
    expect(flowReducer(done, { kind: 'reset' })).toEqual(IDLE);
  });
});
