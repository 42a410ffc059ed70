import { readFileSync } from 'node:fs';
import { parseUniqueJson } from '@wicker/core';
import { describe, expect, it } from 'vitest';
import { surface } from './surface.ts';
import { explanationText } from './text.ts';

const EXAMPLE = new URL('../../../../data/examples/surface.json', import.meta.url);
const explained = () => surface.explain(parseUniqueJson(readFileSync(EXAMPLE, 'utf8')));
const asset = (name: string, value: unknown, weight: unknown) => ({ asset: name, value, weight });

describe('docs/rules.md 8: wicker explain surface', () => {
  it('S(LINK,SNX) = 4 000, S(LINK,USDC) = 2 000, S(USDC,SNX) = 0', () => {
    const { steps, result, matrix } = explained();
    expect(steps.filter(({ name }) => name.includes('g_')).map(({ name, value }) => `${name} ${value}`)).toEqual([
      'A g_LINK 4000',
      'A g_SNX -4000',
      'B g_LINK 2000',
      'B g_USDC -2000',
    ]);
    expect(result).toEqual([
      { name: 'S(LINK,SNX)', value: '4000', unit: 'USDC' },
      { name: 'S(LINK,USDC)', value: '2000', unit: 'USDC' },
    ]);
    expect(matrix).toMatchObject({
      columns: ['LINK', 'SNX', 'USDC'],
      rows: [
        { name: 'LINK', values: ['0', '4000', '2000'] },
        { name: 'SNX', values: ['0', '0', '0'] },
        { name: 'USDC', values: ['0', '0', '0'] },
      ],
    });
  });

  it('prints the matrix with its names', () => {
    const lines = explanationText(explained(), surface.section).split('\n');
    expect(lines.slice(-6)).toEqual([
      'S(o,u): a row for what is sold, a column for what is bought (USDC)',
      '        LINK   SNX  USDC',
      '  ────  ────  ────  ────',
      '  LINK     0  4000  2000',
      '  SNX      0     0     0',
      '  USDC     0     0     0',
    ]);
  });

  it.each([
    [[{ index: 'A', assets: [asset('LINK', 1, 50), asset('SNX', 1, 49)] }], 'INVALID_FILE'],
    [[{ index: 'A', assets: [asset('LINK', 1, 50), asset('LINK', 1, 50)] }], 'DUPLICATE_ASSET'],
    [
      [
        { index: 'A', assets: [asset('LINK', 1, 100)] },
        { index: 'A', assets: [asset('SNX', 1, 100)] },
      ],
      'DUPLICATE_INDEX',
    ],
    [[{ index: 'A', assets: [asset('LINK', '20000000000000000000', 100)] }], 'OUT_OF_RANGE'],
    [[{ index: 'A', assets: [asset('LINK', -1, 100)] }], 'INVALID_FILE'],
    [[{ index: 'A' }], 'INVALID_FILE'],
    [[], 'INVALID_FILE'],
  ])('refuses %j', (indices, code) => {
    expect(() => surface.explain({ indices })).toThrow(expect.objectContaining({ code }));
  });
});
