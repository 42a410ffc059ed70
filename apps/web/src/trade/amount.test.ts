import { describe, expect, it } from 'vitest';
import { readAmount, readSlippage, writeAmount } from './amount.ts';

describe('typed amounts', () => {
  it('are read exactly', () => {
    expect(readAmount('1,234.5', 6)).toEqual({ kind: 'amount', value: 1_234_500_000n });
    expect(readAmount(' .5 ', 18)).toEqual({ kind: 'amount', value: 5n * 10n ** 17n });
    expect(readAmount('', 6)).toEqual({ kind: 'empty' });
  });

  it('say what is wrong', () => {
    for (const text of ['abc', '1.2.3', '-5', '.', '1e5', '0', '0.0000001']) {
      expect(readAmount(text, 6).kind).toBe('bad');
    }
  });

  it('come back as they were', () => {
    for (const [value, text] of [
      [1_234_500_000n, '1234.5'],
      [1n, '0.000001'],
      [5_000_000n, '5'],
    ] as const) {
      expect(writeAmount(value, 6)).toBe(text);
      expect(readAmount(text, 6)).toEqual({ kind: 'amount', value });
    }
  });
});

describe('slippage', () => {
  it('is a percentage up to 50', () => {
    expect([readSlippage('0.5'), readSlippage('1'), readSlippage('0'), readSlippage('50')]).toEqual([
      50n,
      100n,
      0n,
      5_000n,
    ]);
    expect([readSlippage('51'), readSlippage('x'), readSlippage(''), readSlippage('0.555')]).toEqual([
      ...[undefined, undefined, undefined, undefined],
    ]);
  });
});
