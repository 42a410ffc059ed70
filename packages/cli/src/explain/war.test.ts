import { readFileSync } from 'node:fs';
import { parseUniqueJson } from '@wicker/core';
import { describe, expect, it } from 'vitest';
import { explanationText } from './text.ts';
import { war } from './war.ts';

const example = parseUniqueJson(readFileSync(new URL('../../../../data/examples/war.json', import.meta.url), 'utf8'));
const worth = (nav: number, supply = 100) => ({ nav, supply });
const fund = (index: string, end: number) => ({ index, start: worth(100), end: worth(end) });
const file = (changes: object = {}) => ({
  prize: 101,
  sides: { a: fund('PDI', 110), b: fund('CAI', 110) },
  backers: [
    { backer: 'ann', side: 'a', tokens: 1 },
    { backer: 'bob', side: 'b', tokens: 1 },
  ],
  ...changes,
});
const results = (json: unknown) => war.explain(json).result.map(({ name, value }) => `${name}: ${value}`);

describe('docs/rules.md 13: wicker explain war', () => {
  it('the example: performance, size by time, and the prize to the unit', () => {
    const { steps } = war.explain(example);
    const stepOf = (name: string) => steps.find((one) => one.name === name)?.value;
    expect(stepOf('performance of PDI')).toBe('10');
    expect(stepOf('performance of CAI')).toBe('8');
    expect(stepOf('weight of ann on PDI')).toBe('2592000000');
    expect(results(example)).toEqual([
      'verdict: PDI wins',
      'ann gets for PDI: 74998.697939',
      'bob gets for PDI: 24999.565979',
      'cid gets for PDI: 1.73608',
      'dan gets for CAI: 0',
      'back to the sponsor: 0.000002',
    ]);
  });

  it('splits the prize of a tie', () => {
    expect(results(file())).toEqual([
      'verdict: a tie',
      'ann gets for PDI: 50.5',
      'bob gets for CAI: 50.5',
      'back to the sponsor: 0',
    ]);
  });

  it('gives the prize of a side without backers back', () => {
    expect(results(file({ backers: [] }))).toEqual(['verdict: a tie', 'back to the sponsor: 101']);
  });

  it('lets an index that is worth nothing at the end lose', () => {
    expect(results(file({ sides: { a: fund('PDI', 0), b: fund('CAI', 1) } }))).toEqual([
      'verdict: CAI wins',
      'ann gets for PDI: 0',
      'bob gets for CAI: 101',
      'back to the sponsor: 0',
    ]);
  });

  it('does not depend on the order of the backers', () => {
    const { backers } = file();
    expect(results(file({ backers: [...backers].reverse() })).sort()).toEqual(results(file()).sort());
  });

  it('prints what went in, the steps and what came out', () => {
    const text = explanationText(war.explain(example), war.section);
    expect(text).toMatch(/^PDI against CAI \(docs\/rules\.md 13\)\n\ngiven\n/);
    expect(text).toContain('= price(end) / price(start) - 1');
  });

  it.each([
    [{ prize: 0 }, 'BAD_WAR'],
    [{ sides: { a: fund('PDI', 1), b: fund('PDI', 1) } }, 'BAD_WAR'],
    [{ sides: { a: { ...fund('PDI', 1), start: worth(0) }, b: fund('CAI', 1) } }, 'SNAPSHOT_INVALID'],
    [{ backers: [{ backer: 'ann', side: 'a', tokens: 0 }] }, 'BAD_AMOUNT'],
    [{ backers: [{ backer: 'ann', side: 'c', tokens: 1 }] }, 'INVALID_FILE'],
    [{ backers: [{ backer: 'ann', side: 'a', tokens: 1, fromMinute: 5, untilMinute: 5 }] }, 'INVALID_FILE'],
    [{ backers: [{ backer: 'ann', side: 'a', tokens: 1, untilMinute: 43_201 }] }, 'INVALID_FILE'],
    [{ backers: file().backers.concat(file().backers) }, 'INVALID_FILE'],
    [{ sides: {} }, 'INVALID_FILE'],
  ])('refuses %j', (changes, code) => {
    expect(() => war.explain(file(changes))).toThrow(expect.objectContaining({ code, hint: expect.any(String) }));
  });
});
