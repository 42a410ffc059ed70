import { readFileSync } from 'node:fs';
import { parseUniqueJson } from '@wicker/core';
import { describe, expect, it } from 'vitest';
import type { Quantity } from './explanation.ts';
import { reserve } from './reserve.ts';
import { explanationText } from './text.ts';

const example = (name: string): unknown =>
  parseUniqueJson(readFileSync(new URL(`../../../../data/examples/${name}.json`, import.meta.url), 'utf8'));
const explain = (changes: object) =>
  reserve.explain({ supply: 100, nav: 10_000, reserve: 2_000, redeem: 30, ...changes });
const lines = (of: readonly Quantity[]) => of.map(({ name, value, unit }) => `${name}: ${value} ${unit}`.trim());

describe('docs/rules.md 11: wicker explain reserve', () => {
  it('30 of 100 shares at a NAV of 10 000 and a reserve of 2 000: 2 000 and 10 of the other 80 in kind', () => {
    const { steps, result } = reserve.explain(example('reserve'));
    expect(lines(steps)).toEqual([
      'value: 3000 USDC',
      'from the reserve: 2000 USDC',
      'shares for it: 20 shares',
      'shares left: 10 shares',
      'other shares: 80 shares',
      'part in kind: 12.5 %',
      'rebalancing due before: yes',
    ]);
    expect(lines(result)).toEqual([
      'paid from the reserve: 2000 USDC',
      'in kind: 10 of 80 shares',
      'messages to other chains: one to each that holds something',
      'reserve left: 0 USDC',
      'supply left: 70 shares',
    ]);
  });

  it('20 of 1 000 shares at a NAV of 100 000 and a reserve of 10 000: 2 000 and no message', () => {
    const { result } = explain({ supply: 1_000, nav: 100_000, reserve: 10_000, redeem: 20 });
    expect(lines(result)).toContain('paid from the reserve: 2000 USDC');
    expect(lines(result)).toContain('messages to other chains: none');
  });

  it('shows both prices when the file has q', () => {
    const { steps } = reserve.explain(example('reserve-two-prices'));
    expect(lines(steps).slice(0, 4)).toEqual([
      's: 100 bp',
      'price to come: 101 USDC',
      'price to leave: 99 USDC',
      'value: 2970 USDC',
    ]);
  });

  it('prints what went in, the steps and what came out', () => {
    const text = explanationText(reserve.explain(example('reserve')), reserve.section);
    expect(text).toMatch(/^A redemption of 30 shares \(docs\/rules\.md 11\)\n\ngiven\n/);
    expect(text).toMatch(/from the reserve += {1,2}min\(value, reserve\) += 2000 USDC/);
  });

  it.each([
    [{ redeem: 101 }, 'NOT_THAT_MANY_SHARES'],
    [{ redeem: 0 }, 'NOT_THAT_MANY_SHARES'],
    [{ supply: 0 }, 'EMPTY_INDEX'],
    [{ reserve: 10_001 }, 'INVALID_FILE'],
    [{ nav: -1 }, 'INVALID_FILE'],
    [{ nav: '0.0000001' }, 'INVALID_FILE'],
    [{ q: [] }, 'INVALID_FILE'],
    [{ q: [10_001] }, 'INVALID_FILE'],
    [{ spread: 0 }, 'INVALID_FILE'],
  ])('refuses %o', (changes, code) => {
    expect(() => explain(changes)).toThrow(expect.objectContaining({ code }));
  });
});
