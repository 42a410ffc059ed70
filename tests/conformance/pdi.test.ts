import { readFileSync } from 'node:fs';
import { determine, formatFixed, parseMethodologyText, parseUniverseText } from '@wicker/core';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../data/${path}`, import.meta.url), 'utf8');
const universe = parseUniverseText(read('universes/pdi-2023-05.json'));
const determined = (methodology: string) =>
  determine(universe, parseMethodologyText(read(`methodologies/${methodology}.jsonc`)));
const toSixPlaces = (weight: bigint | undefined) => formatFixed(((weight ?? 0n) + 5n * 10n ** 11n) / 10n ** 12n, 6);

describe('the shipped universe of May 2023', () => {
  it('by pdi: 16 assets remain', () => {
    const { weights } = determined('pdi');
    expect(weights.size).toBe(16);
    expect([...weights.values()].reduce((a, b) => a + b)).toBe(10n ** 18n);
    expect(toSixPlaces(weights.get('uniswap'))).toBe('0.300000');
    expect(toSixPlaces(weights.get('lido-dao'))).toBe('0.163415');
    expect(toSixPlaces(weights.get('aave'))).toBe('0.089713');
  });

  it('by pdi: seven are out, each with the rule, the value and the threshold', () => {
    expect(determined('pdi').excluded).toEqual([
      { id: 'curve-dao-token', rule: 'supply', value: '0.244762', threshold: '0.3' },
      { id: 'kyber-network-crystal', rule: 'price-impact', value: '0.1162022354297692', threshold: '0.04' },
      { id: 'loopring', rule: 'price-impact', value: '0.21923039991436735', threshold: '0.04' },
      { id: 'ribbon-finance', rule: 'price-impact', value: '0.04974387820630729', threshold: '0.04' },
      { id: 'alchemix', rule: 'floor', value: '0.002833761467437328', threshold: '0.005' },
      { id: 'badger-dao', rule: 'floor', value: '0.004539021623211260', threshold: '0.005' },
      { id: 'umee', rule: 'floor', value: '0.002635453808037687', threshold: '0.005' },
    ]);
  });

  it('by pdi-2023, the practice of that month: the 15 assets that were published', () => {
    const { weights, excluded } = determined('pdi-2023');
    expect(weights.size).toBe(15);
    expect(weights.has('curve-dao-token')).toBe(true);
    expect(excluded.filter(({ rule }) => rule === 'floor').map(({ id }) => id)).toEqual([
      'alchemix',
      'badger-dao',
      'bancor',
      'numeraire',
      'umee',
    ]);
  });
});
