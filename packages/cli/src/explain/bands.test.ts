import { readFileSync } from 'node:fs';
import { parseUniqueJson } from '@wicker/core';
import { describe, expect, it } from 'vitest';
import { bands } from './bands.ts';
import { explanationText } from './text.ts';

const example = (name: string): unknown =>
  parseUniqueJson(readFileSync(new URL(`../../../../data/examples/${name}.json`, import.meta.url), 'utf8'));
const explain = (changes: object) =>
  bands.explain({ asset: 'LINK', target: 20, x: 5, y: 25, weights: [21], ...changes });

describe('docs/rules.md 7: wicker explain bands', () => {
  it('W 20 %, x 5 %, y 25 %: the bounds, and where each weight stands', () => {
    const { steps, result } = bands.explain(example('bands'));
    expect(steps.slice(2).map(({ name, value, unit }) => `${name} ${value} ${unit}`)).toEqual([
      'ALB 21 %',
      'AUB 25 %',
      'BLB 19 %',
      'BUB 15 %',
    ]);
    expect(result.map(({ name, value }) => `${name}: ${value.split(/[ ,]/)[0]}`)).toEqual([
      'NW 20.9 %: near',
      'NW 21 %: near',
      'NW 21.0001 %: acts',
      'NW 24.9999 %: acts',
      'NW 25 %: beyond',
      'NW 18.99 %: acts',
      'NW 15 %: beyond',
    ]);
  });

  it('alternating +2 % and -2 %: sigma 2 %, x 2 %, y 15 %', () => {
    const { steps } = bands.explain(example('bands-volatility'));
    expect(steps.slice(0, 3).map(({ name, value }) => `${name} ${value}`)).toEqual(['sigma 2', 'x 2', 'y 15']);
  });

  it('counts the observations that it uses: the last 30', () => {
    const { inputs, steps } = explain({ deviations: Array.from({ length: 40 }, () => 1) });
    expect(inputs.at(-1)).toMatchObject({ name: 'observations', value: '40' });
    expect(steps[0]).toMatchObject({ name: 'sigma', value: '0', formula: expect.stringContaining('30 days') });
  });

  it('prints what went in, the steps and what came out', () => {
    const text = explanationText(bands.explain(example('bands')), bands.section);
    expect(text).toMatch(/^The band of LINK \(docs\/rules\.md 7\)\n\ngiven\n {2}W +20 %\n/);
    expect(text).toContain('ALB  = W (1 + x)');
    expect(text).not.toContain('undefined');
  });

  it.each([
    [{ x: 25, y: 5 }, 'BAND_WIDTHS'],
    [{ target: 101 }, 'WEIGHT_OUT_OF_RANGE'],
    [{ weights: [101] }, 'WEIGHT_OUT_OF_RANGE'],
    [{ deviations: [-100.1] }, 'OUT_OF_RANGE'],
    [{ weights: [] }, 'INVALID_FILE'],
    [{ weights: [-1] }, 'INVALID_FILE'],
    [{ target: 'a fifth' }, 'INVALID_FILE'],
    [{ asset: '' }, 'INVALID_FILE'],
    [{ sigma: 2 }, 'INVALID_FILE'],
  ])('refuses %o', (changes, code) => {
    expect(() => explain(changes)).toThrow(expect.objectContaining({ code }));
  });
});
