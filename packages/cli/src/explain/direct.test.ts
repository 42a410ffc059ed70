import { readFileSync } from 'node:fs';
import { parseUniqueJson } from '@wicker/core';
import { describe, expect, it } from 'vitest';
import { direct } from './direct.ts';
import { explanationText } from './text.ts';

const example = {
  ...Object(parseUniqueJson(readFileSync(new URL('../../../../data/examples/direct.json', import.meta.url), 'utf8'))),
};
const explain = (changes: object) => direct.explain({ ...example, ...changes });
const valuesOf = ({ steps, result }: ReturnType<typeof explain>): Record<string, string> =>
  Object.fromEntries([...steps, ...result].map(({ name, value }) => [name, value]));
/** The index of the example with other amounts. */
const fund = (LINK: number, SNX: number, others: number, credit = 0) => ({
  indices: [
    {
      ...{ index: 'A', budget: 150, credit },
      assets: [
        { asset: 'AAVE', amount: others, weight: 20 },
        { asset: 'LINK', amount: LINK, weight: 30 },
        { asset: 'SNX', amount: SNX, weight: 30 },
        { asset: 'WETH', amount: others / 20, weight: 20 },
      ],
    },
  ],
});

describe('docs/rules.md 9: wicker explain direct', () => {
  it('+10 000 / -5 000: 5 000 swapped, 5 000 to the buffer', () => {
    expect(valuesOf(explain({}))).toMatchObject({
      ...{ G_LINK: '10000', G_SNX: '-5000', 'S(LINK,SNX)': '5000', left: '5000', sold: '500' },
      'buffer, credit of A': '4999.250087',
    });
  });

  it('+5 000 / -10 000: 5 000 swapped, 5 000 from the buffer', () => {
    const more = { ...fund(3_500, 10_000, 225), feeCredit: 8_000 };
    expect(valuesOf(explain(more))).toMatchObject({
      ...{ G_LINK: '5000', G_SNX: '-10000', sold: '500', 'fee credit pays': '5000' },
      ...{ 'from the buffer': '5000', 'buffer, fee credit': '3000' },
    });
  });

  it('+10 000 / -10 000: nothing to the buffer', () => {
    expect(valuesOf(explain(fund(4_000, 10_000, 200)))).toMatchObject({
      ...{ sold: '1000', buffer: 'untouched: equal-gaps' },
    });
  });

  it('says why there is none', () => {
    expect(explain({ minutes: 0 }).result).toEqual([{ name: 'skipped', value: 'below-limit', unit: '' }]);
    expect(explain(fund(3_000, 15_000, 200)).result).toEqual([{ name: 'skipped', value: 'no-pair', unit: '' }]);
  });

  it('prints what went in, the steps and what came out', () => {
    const text = explanationText(explain({}), direct.section);
    expect(text).toMatch(/^A direct swap of LINK for SNX \(docs\/rules\.md 9\)\n\ngiven\n/);
    expect(text).not.toContain('undefined');
  });

  const [index] = fund(4_000, 12_500, 175).indices;
  const [aave] = example.assets;
  it.each([
    [{ minutes: -1 }, 'INVALID_FILE'],
    [{ indices: [] }, 'INVALID_FILE'],
    [{ indices: [{ ...index, assets: index?.assets.slice(1) }] }, 'INVALID_FILE'],
    [{ assets: [{ ...aave, pool: undefined }, ...example.assets.slice(1)] }, 'INVALID_FILE'],
    [{ assets: [{ ...aave, x: 50, y: 20 }, ...example.assets.slice(1)] }, 'BAND_WIDTHS'],
    [{ indices: [index, index] }, 'DUPLICATE_INDEX'],
    [{ assets: example.assets.filter((one: { asset: string }) => one.asset !== 'USDC') }, 'UNKNOWN_ASSET'],
    [{ assets: example.assets.filter((one: { asset: string }) => one.asset !== 'AAVE') }, 'UNKNOWN_ASSET'],
    [{ assets: [...example.assets, aave] }, 'DUPLICATE_ASSET'],
  ])('refuses %#', (changes, code) => {
    expect(() => explain(changes)).toThrow(expect.objectContaining({ code }));
  });
});
