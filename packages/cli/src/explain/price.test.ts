import { readFileSync } from 'node:fs';
import { parseUniqueJson } from '@wicker/core';
import { describe, expect, it } from 'vitest';
import { price } from './price.ts';
import { explanationText } from './text.ts';

const EXAMPLE = new URL('../../../../data/examples/price.json', import.meta.url);
const example = () => price.explain(parseUniqueJson(readFileSync(EXAMPLE, 'utf8')));
const source = (name: string, weight: unknown, said: unknown) =>
  typeof said === 'string' ? { source: name, weight, answer: said } : { source: name, weight, price: said };
const explained = (...sources: readonly unknown[]) => price.explain({ asset: 'LINK', sources });

describe('docs/rules.md 5: wicker explain price', () => {
  it('100 (50 %), 101 (30 %), 150 (20 %) -> 100.375', () => {
    const { inputs, steps, result } = example();
    expect(inputs.map(({ value }) => value)).toEqual([
      '100 USDC, weight 50 %',
      '101 USDC, weight 30 %',
      '150 USDC, weight 20 %',
    ]);
    const values = Object.fromEntries(steps.map(({ name, value }) => [name, value]));
    expect(values).toMatchObject({
      ...{ median: '101', 'weight left': '80', 'sources left': '2', quorum: 'yes' },
      ...{ 'Uniswap v2 fresh': 'yes', 'Uniswap v2 distance': '49', 'Uniswap v2 kept': 'no' },
      ...{ 'Chainlink distance': '1', 'Chainlink kept': 'yes', 'Uniswap v3 kept': 'yes' },
    });
    expect(result).toEqual([{ name: 'price of LINK', value: '100.375', unit: 'USDC' }]);
    expect(steps.at(-1)).toEqual({ ...result[0], formula: 'sum of weight x price / weight left, down' });
  });

  it('only the 50 % source alive -> QUORUM, and why', () => {
    const { steps, result } = explained(
      source('a', 5000, 100),
      source('b', 3000, 'stale'),
      source('c', 2000, 'failed'),
    );
    expect(result).toEqual([{ name: 'price of LINK', value: 'none: QUORUM', unit: '' }]);
    const values = Object.fromEntries(steps.map(({ name, value }) => [name, value]));
    expect(values).toMatchObject({ 'b fresh': 'no', 'weight left': '50', 'sources left': '1', quorum: 'no' });
    const none = explained(source('a', 5000, 0), source('b', 5000, 'stale'));
    expect(none.steps.map(({ name }) => name)).not.toContain('median');
  });

  it('prints the whole way', () => {
    const lines = explanationText(example(), price.section).split('\n');
    expect(lines[0]).toBe('One price of LINK from 3 sources (docs/rules.md 5)');
    expect(lines.at(-1)).toBe('  price of LINK  100.375 USDC');
  });

  it.each([
    [[source('a', 5000, 100), source('b', 4999, 100)], 'BAD_SPLIT'],
    [[source('a', 5000, 100), source('a', 5000, 100)], 'BAD_SPLIT'],
    [[source('a', 10000, 100), source('b', 0, 100)], 'BAD_SPLIT'],
    [[source('a', 10000, 100)], 'INVALID_FILE'],
    [[source('a', 5000, -1), source('b', 5000, 100)], 'INVALID_FILE'],
    [[source('a', 5000, 'late'), source('b', 5000, 100)], 'INVALID_FILE'],
    [[source('a', 0.5, 100), source('b', 0.5, 100)], 'INVALID_FILE'],
    [[{ source: 'a', weight: 5000, price: 1, answer: 'stale' }, source('b', 5000, 100)], 'INVALID_FILE'],
    [[{ source: 'a', weight: 5000 }, source('b', 5000, 100)], 'INVALID_FILE'],
  ])('refuses %j', (sources, code) => {
    expect(() => explained(...sources)).toThrow(expect.objectContaining({ code }));
  });
});
