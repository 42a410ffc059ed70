import { describe, expect, it } from 'vitest';
import { InvalidJsonError, InvalidNumberError } from '../decimal/errors.ts';
import { canonicalJson } from './canonical-json.ts';
import { sha256Of } from './sha256.ts';

describe('canonical JSON (RFC 8785)', () => {
  it('writes the example of section 3.2.2', () => {
    const value = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`);
    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('orders keys by UTF-16 code unit, as the example of section 3.2.3', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    const order = [...canonicalJson(value).matchAll(/:"([^"]+)"/g)].map(([, name]) => name);
    expect(order).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it.each([
    // from Appendix B
    [-0, '0'],
    [5e-324, '5e-324'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [295147905179352830000, '295147905179352830000'],
    [1e21, '1e+21'],
    [333333333.33333325, '333333333.33333325'],
  ])('writes the number %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('leaves out what is undefined, and refuses what JSON cannot say', () => {
    expect(canonicalJson({ b: undefined, a: {} })).toBe('{"a":{}}');
    expect(() => canonicalJson([Number.NaN])).toThrow(InvalidNumberError);
    expect(() => canonicalJson({ a: Number.POSITIVE_INFINITY })).toThrow(InvalidNumberError);
    expect(() => canonicalJson('\ud800')).toThrow(InvalidJsonError);
    expect(() => canonicalJson({ '\udc00\ud800': 1 })).toThrow(String.raw`"\udc00\ud800" has half of a surrogate pair`);
  });
});

describe('SHA-256 of it', () => {
  it.each([
    // `printf '{}' | sha256sum` and so on
    [{}, '0x44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'],
    [{ b: [1, 'é'], a: null }, '0xf8f17faab95c024891d173fa43442b0e52007736a1f36715ac721ab22deeefc5'],
  ])('%j', (value, hash) => {
    expect(sha256Of(value)).toBe(hash);
  });
});
