import { InputError } from '@wicker/core';
import { describe, expect, it } from 'vitest';
import { asWickerError, formatTable } from './output.ts';

describe('formatTable', () => {
  it('aligns figures on the right and words on the left', () => {
    expect(
      formatTable(
        ['asset', 'NAV'],
        [
          ['uni', 5n],
          ['aave', 1234],
        ],
      ),
    ).toBe(['asset   NAV', '─────  ────', 'uni       5', 'aave   1234'].join('\n'));
  });

  it('shows control characters of a file, and does not obey them', () => {
    expect(formatTable(['asset'], [['\u001b[2Juni\nsame']])).toBe('asset\n────────────\n?[2Juni?same');
  });

  it('shows the headings of an empty table', () => {
    expect(formatTable(['a', 'b'], [])).toBe('a  b\n─  ─');
  });
});

describe('asWickerError', () => {
  it('keeps errors of Wicker and calls everything else a defect', () => {
    const known = new InputError('CODE', 'message', 'hint');
    expect(asWickerError(known)).toBe(known);
    expect(asWickerError(new TypeError('x is undefined'))).toMatchObject({
      code: 'INTERNAL',
      message: 'x is undefined',
    });
  });
});
