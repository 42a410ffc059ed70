import { describe, expect, it } from 'vitest';
import { exactAmount, formatAmount, lessPart, parseAmount, parseSlippage } from './amounts.ts';

describe('an amount of the command line', () => {
  it.each([
    ['1', 6, 1_000_000n],
    ['0.000001', 6, 1n],
    ['1 234.5', 6, 1_234_500_000n],
    ['1_000', 0, 1_000n],
    ['2.50', 1, 25n],
  ])('%s with %i decimals is %s', (text, decimals, amount) => {
    expect(parseAmount(text, decimals, '--shares')).toBe(amount);
  });

  it.each([
    ['0', 'BAD_AMOUNT', '--shares is 0'],
    ['0.0', 'BAD_AMOUNT', '--shares is 0'],
    ['0.0000001', 'BAD_AMOUNT', 'more than 6 digits'],
    ['-1', 'BAD_AMOUNT', 'which is no amount'],
    ['1e3', 'BAD_AMOUNT', 'which is no amount'],
    ['1,5', 'BAD_AMOUNT', 'which is no amount'],
    ['', 'BAD_AMOUNT', 'which is no amount'],
    ['9'.repeat(60), 'BAD_AMOUNT', 'more than there is of anything'],
    ['Infinity', 'BAD_AMOUNT', 'which is no amount'],
    ['1 ', 'BAD_AMOUNT', 'which is no amount'],
  ])('%j is refused', (text, code, message) => {
    expect(() => parseAmount(text, 6, '--shares')).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
});

describe('a slippage', () => {
  it.each([
    ['0', 0n],
    ['0.5', 5_000n],
    ['0.5%', 5_000n],
    ['1 %', 10_000n],
    ['99.9999', 999_999n],
  ])('%s is %s millionths', (text, millionths) => expect(parseSlippage(text)).toBe(millionths));

  it.each(['100', '100%', '0.00001', '101'])('%s is refused', (text) => {
    expect(() => parseSlippage(text)).toThrow(expect.objectContaining({ code: 'BAD_SLIPPAGE' }));
  });

  it('leaves the rest, floored', () => {
    expect(lessPart(1_001n, 5_000n)).toBe(995n); // 995.995
    expect(lessPart(1_001n, 0n)).toBe(1_001n);
  });
});

describe('an amount for people', () => {
  it.each([
    [1_234_567_890_000n, 6, '1 234 567.89'],
    [1_999_999n, 6, '1.9999'],
    [1n, 18, '0.000000000000000001'],
    [123_456_789n, 18, '0.0000000001234'],
    [-1_500_000n, 6, '-1.5'],
    [0n, 18, '0'],
    [5n, 0, '5'],
  ])('%s with %i decimals is %s', (amount, decimals, text) => expect(formatAmount(amount, decimals)).toBe(text));

  it('is exact where somebody copies it', () => {
    expect(exactAmount(1_234_567_891n, 6)).toBe('1234.567891');
    expect(exactAmount(1_000_000n, 6)).toBe('1');
    expect(exactAmount(100n, 0)).toBe('100');
  });
});
