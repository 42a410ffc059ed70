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

  it('are not guessed: a comma is no decimal point, and groups have three digits', () => {
    for (const text of [
      '1,5',
      '0,5',
      '12,50',
      '1.234,56',
      '1,2345',
      ',5',
      '1,,000',
      '1,000 000',
      '1 2',
      "1'000",
      '٣',
    ]) {
      expect(readAmount(text, 6).kind, text).toBe('bad');
    }
    for (const text of ['1,250', '1 250', '1\u00a0250', '1_250', '1250.', ' 1,250.0 ']) {
      expect(readAmount(text, 6), text).toEqual({ kind: 'amount', value: 1_250_000_000n });
    }
    expect(readAmount('12,345,678.9', 1)).toEqual({ kind: 'amount', value: 123_456_789n });
  });

  it('are no larger than anything there is', () => {
    expect(readAmount('9'.repeat(30), 18).kind).toBe('amount');
    expect(readAmount('9'.repeat(31), 18).kind).toBe('bad');
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
    // 0,5 % must not become 5 %
    expect([readSlippage('0,5'), readSlippage('1,5')]).toEqual([undefined, undefined]);
    expect([readSlippage('51'), readSlippage('x'), readSlippage(''), readSlippage('0.555')]).toEqual([
      ...[undefined, undefined, undefined, undefined],
    ]);
  });
});
