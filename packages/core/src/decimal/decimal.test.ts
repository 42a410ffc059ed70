import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDecimal, formatFixed, formatQuotient, parseDecimal } from './decimal.ts';
import { InvalidNumberError } from './errors.ts';

const read = (input: unknown) => formatDecimal(parseDecimal(input, 'the value'));

describe('parseDecimal', () => {
  it.each([
    [0.1, '0.1'],
    [0, '0'],
    [-0, '0'],
    [5e-7, '0.0000005'],
    [1.5e21, '1500000000000000000000'],
    [1.7976931348623157e308, `17976931348623157${'0'.repeat(292)}`],
    ['00120.500', '120.5'],
    ['0.000', '0'],
    ['123456789012345678901234567890.1', '123456789012345678901234567890.1'],
  ])('reads %s exactly', (input, expected) => {
    expect(read(input)).toBe(expected);
  });

  it('takes a number as the shortest decimal of its double', () => {
    expect(read(JSON.parse('0.1000000000000000055'))).toBe('0.1');
    expect(parseDecimal(0.3, 'a')).toEqual(parseDecimal('0.3', 'b'));
  });

  it('keeps every double', () => {
    fc.assert(fc.property(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), (x) => Number(read(x)) === x));
  });

  it.each([
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '',
    '-1',
    '+1',
    '1e5',
    '0x10',
    '.5',
    '5.',
    '1_000',
    '1,5',
    ' 1',
    '1\n',
    '١',
    'NaN',
    null,
    true,
    [1],
    {},
    undefined,
  ])('refuses %j', (input) => {
    expect(() => parseDecimal(input, 'market cap of a')).toThrow(InvalidNumberError);
    expect(() => parseDecimal(input, 'market cap of a')).toThrow(/^market cap of a is /);
  });
});

describe('formatting', () => {
  it('writes fixed places', () => {
    expect(formatFixed(5n, 3)).toBe('0.005');
    expect(formatFixed(1234n, 2)).toBe('12.34');
    expect(formatFixed(7n, 0)).toBe('7');
  });

  it('rounds quotients down', () => {
    expect(formatQuotient(2n, 3n, 4)).toBe('0.6666');
  });
});
