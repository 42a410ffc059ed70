import { describe, expect, it } from 'vitest';
import { parseDecimal } from '../decimal/decimal.ts';
import { cappedWeights } from '../methodology/capped-weights.ts';

const decimal = (text: string) => parseDecimal(text, 'a number');

describe('docs/rules.md 11: the liquid-staking index', () => {
  it('caps each of its 9 assets on Avalanche, Polygon and Arbitrum at 15 %', () => {
    const caps = ['9000', '3000', '1200', '800', '600', '500', '300', '200', '100'];
    const assets = new Map(caps.map((value, at) => [`asset-${at + 1}`, decimal(value)]));
    const { numerators, denominator } = cappedWeights(assets, { cap: decimal('0.15'), floor: decimal('0') });
    const weights = [...numerators.values()];
    expect(weights.reduce((sum, weight) => sum + weight, 0n)).toBe(denominator);
    expect(weights.filter((weight) => weight * 100n === denominator * 15n)).toHaveLength(4);
    expect(weights.every((weight) => weight > 0n && weight * 100n <= denominator * 15n)).toBe(true);
  });
});
