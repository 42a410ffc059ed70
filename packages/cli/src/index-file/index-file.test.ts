import { describe, expect, it } from 'vitest';
import { parseIndexFile } from './index-file.ts';

const FILE = `{
  // an index
  "name": "Two", "symbol": "TWO", /* of
  two */
  "fees": { "mintBps": 20, "redeemBps": 50, "managementPercent": 0.95 },
  "deposit": "250.5",
  "assets": {
    "a": 33.3333333333333333,
    "b": "66.6666666666666667"
  }
}`;

const refusal = (text: string) => {
  try {
    parseIndexFile(text);
  } catch (error) {
    return error;
  }
  throw new Error('it was taken');
};

describe('a file of an index', () => {
  it('is read exactly, with comments', () => {
    const { name, fees, ...text } = { name: 'Two', fees: undefined, a: '33.3333333333333333' };
    const file = parseIndexFile(FILE.replace('33.3333333333333333', `"${text.a}"`));
    expect(fees).toBeUndefined();
    expect(file).toMatchObject({ name, symbol: 'TWO', mintBps: 20, redeemBps: 50, deposit: '250.5' });
    expect(file.aumYearly).toBe(9_500_000_000_000_000n);
    expect(file.assets.map(({ weight }) => weight)).toEqual([333_333_333_333_333_333n, 666_666_666_666_666_667n]);
    expect([file.manager, file.feeParts]).toEqual([undefined, undefined]);
  });

  it('keeps what looks like a comment in a text', () => {
    expect(
      parseIndexFile(FILE.replace('"Two"', '"Two // /* 2 */"').replace('33.3333333333333333', '"33.3333333333333333"')),
    ).toMatchObject({
      name: 'Two // /* 2 */',
    });
  });

  it.each([
    ['', 'the text is empty'],
    ['{', 'the text is not JSON'],
    ['[]', 'line 1: '],
    ['{"name": "x" /* open', 'the text is not JSON'],
    [FILE.replace('"TWO"', '" "'), 'line 3: symbol'],
    [FILE.replace('50', '-50'), 'line 5: fees.redeemBps'],
    [FILE.replace('"66.6666666666666667"', 'true'), 'line 9: assets.b'],
    [FILE.replace('"deposit"', '"depot"'), 'depot'],
    [FILE.replace('"66.6666666666666667"', '"66"'), 'sum to 99.333'],
    [FILE.replace('"66.6666666666666667"', '"66.66666666666666670001"'), 'more than 16 digits'],
    [FILE.replace('"66.6666666666666667"', '{ "weight": 66, "amount": 1 }'), 'leave one of them out'],
    [FILE.replace('"deposit": "250.5",', ''), "'a' has no amount"],
  ])('%j is refused', (text, message) => {
    expect(refusal(text)).toMatchObject({
      message: expect.stringContaining(message),
      hint: expect.stringMatching(/./),
    });
  });
});
