import { readFileSync } from 'node:fs';
import { parseUniqueJson } from '@wicker/core';
import { describe, expect, it } from 'vitest';
import { swap } from './swap.ts';
import { explanationText } from './text.ts';

const example = {
  ...Object(parseUniqueJson(readFileSync(new URL('../../../../data/examples/swap.json', import.meta.url), 'utf8'))),
};
const explain = (changes: object) => swap.explain({ ...example, ...changes });
const resultOf = (changes: object): string[] =>
  explain(changes).result.map(({ name, value, unit }) => `${name} ${value} ${unit}`);
const gaps = (SNX: number | null, USDC: number, LINK: number) => ({
  gaps: Object.entries({ SNX, USDC, LINK }).map(([asset, gap]) => ({ asset, gap })),
});

describe('docs/rules.md 9: wicker explain swap', () => {
  it('SNX +5, USDC +1, LINK -3: the three parts, the last in LINK to its index pool', () => {
    expect(resultOf({})).toEqual([
      'received 985.187366 LINK',
      'to liquidity 8 SNX',
      'to liquidity 19.860895 USDC',
      'to the DAO 4.965224 USDC',
      'to the index pool LINK 0.492841 LINK',
    ]);
  });

  it.each([
    ['SNX -7, LINK -3 -> SNX', gaps(-7, 0, -3), 'to the index pool SNX 2 SNX'],
    ['all over -> buffer', gaps(5, 1, 3), /^to the buffer 4\.9\d+ USDC$/],
    ['without a fresh price -> buffer', gaps(null, -1, -3), /^to the buffer 4\.9\d+ USDC$/],
  ])('%s', (_, changes, last) => {
    expect(resultOf(changes).at(-1)).toMatch(last);
  });

  it('prints what went in, the steps and what came out', () => {
    const text = explanationText(explain({}), swap.section);
    expect(text).toMatch(/^4000 SNX for LINK \(docs\/rules\.md 9\)\n\ngiven\n/);
    expect(text).not.toContain('undefined');
  });

  it.each([
    [{ bought: 'SNX' }, 'SAME_ASSET'],
    [{ bought: 'DOGE' }, 'NO_POOL'],
    [{ amount: 0 }, 'TOO_SMALL_FOR_FEE'],
    [{ amount: -1 }, 'INVALID_FILE'],
    [{ fee: { lpBps: 10_000, rebalancingBps: 0, daoBps: 0 } }, 'FEE_OUT_OF_RANGE'],
    [{ pools: [{ asset: 'SNX', base: 0, amount: 1 }] }, 'FIRST_DEPOSIT_TOO_SMALL'],
    [{ gaps: [{ asset: 'SNX', gap: 'much' }] }, 'INVALID_FILE'],
    [{ gap: 1 }, 'INVALID_FILE'],
    [{ pools: [...example.pools, { ...example.pools[0], base: 1 }] }, 'INVALID_FILE'],
    [{ pools: [...example.pools, { ...example.pools[0], asset: 'USDC' }] }, 'INVALID_FILE'],
    [{ gaps: [...example.gaps, { asset: 'SNX', gap: -9_000 }] }, 'INVALID_FILE'],
  ])('refuses %o', (changes, code) => {
    expect(() => explain(changes)).toThrow(expect.objectContaining({ code }));
  });
});
