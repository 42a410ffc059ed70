import { readFileSync } from 'node:fs';
import { parseUniqueJson } from '@wicker/core';
import { describe, expect, it } from 'vitest';
import { explanationText } from './text.ts';
import { vote } from './vote.ts';

const example = parseUniqueJson(readFileSync(new URL('../../../../data/examples/vote.json', import.meta.url), 'utf8'));
/** A supply of 1 000 000, of which ann and bob vote for and cid against. */
const outcome = (yes: number, no: number) => {
  const members = [
    { account: 'ann', staked: 75_000, vote: 'for' },
    { account: 'bob', staked: yes - 75_000, vote: 'for' },
    ...(no > 0 ? [{ account: 'cid', staked: no, vote: 'against' }] : []),
    { account: 'eve', staked: 1_000_000 - yes - no },
  ];
  return vote.explain({ proposer: 'ann', members }).result.map(({ value }) => value);
};

describe('docs/rules.md 12: wicker explain vote', () => {
  it('the example: 300 000 for of 1 000 000 pass, the timelock is 48 h', () => {
    const { steps, result } = vote.explain(example);
    expect(steps.map(({ name, value }) => `${name} ${value}`)).toEqual([
      'proposer 75000',
      'snapshot 86400',
      'end 691200',
      'supply 1000000',
      'quorum 300000',
      'for 300000',
      'against 200000',
      'abstain 100000',
      `executable ${691_201 + 48 * 3_600}`,
      `expires ${691_201 + 48 * 3_600 + 7 * 86_400}`,
    ]);
    expect(result.map(({ value }) => value)).toEqual(['yes', 'succeeded']);
  });

  it('of a supply of 1 000 000: 299 999 for fail, 300 000 pass, 300 000 : 300 000 fail', () => {
    expect(outcome(299_999, 0)).toEqual(['no: no quorum', 'defeated']);
    expect(outcome(300_000, 0)).toEqual(['yes', 'succeeded']);
    expect(outcome(300_000, 300_000)).toEqual(['no: no majority', 'defeated']);
  });

  it('prints what went in, the steps and what came out', () => {
    const text = explanationText(vote.explain(example), vote.section);
    expect(text).toMatch(/^A proposal of ann \(docs\/rules\.md 12\)\n\ngiven\n/);
    expect(text).toContain('= ceil(30 % of supply)');
  });

  const ann = { account: 'ann', staked: 75_000, vote: 'for' };
  it.each([
    [{ proposer: 'ann', members: [{ ...ann, staked: 74_999 }] }, 'BELOW_THRESHOLD'],
    [{ proposer: 'bob', members: [ann] }, 'BELOW_THRESHOLD'],
    [{ proposer: 'ann', members: [ann, { account: 'bob', staked: 0, vote: 'for' }] }, 'NO_VOTES'],
    [{ proposer: 'ann', members: [ann, ann] }, 'INVALID_FILE'],
    [{ proposer: 'ann', members: [{ ...ann, vote: 'yes' }] }, 'INVALID_FILE'],
    [{ proposer: 'ann', members: [{ ...ann, staked: -1 }] }, 'INVALID_FILE'],
    [{ proposer: 'ann', members: [] }, 'INVALID_FILE'],
    [{ members: [ann] }, 'INVALID_FILE'],
    ['a vote', 'INVALID_FILE'],
  ])('refuses %j', (json, code) => {
    expect(() => vote.explain(json)).toThrow(expect.objectContaining({ code, hint: expect.any(String) }));
  });
});
