import { describe, expect, it } from 'vitest';
import { DuplicateIdError, InvalidJsonError } from './errors.ts';
import { parseJson, parseUniqueJson } from './json.ts';

describe('parseUniqueJson', () => {
  it('gives the value that JSON.parse gives', () => {
    const text = '{"a": [1, 2.5e3, -0, "x", null, true, {"b": {}}]}';
    expect(parseUniqueJson(text)).toEqual(JSON.parse(text));
  });

  it.each(['{"a": 1, "a": 1}', '{"a": 1, "\\u0061": 2}', '[{"b": {"a": 1, "a": 2}}]'])('refuses %s', (text) => {
    expect(() => parseUniqueJson(text)).toThrow(DuplicateIdError);
  });

  it('says where the duplicate is', () => {
    expect(parseJson('[{}, {"b": {"a": 1,\n"a": 2}}]').duplicates).toEqual([{ path: [1, 'b'], key: 'a', line: 2 }]);
    expect(() => parseUniqueJson('[{}, {"b": {"a": 1,\n"a": 2}}]')).toThrow("'a' occurs twice in [1].b (line 2)");
  });

  it('allows one key in two objects', () => {
    expect(parseUniqueJson('[{"a": 1}, {"a": 1}]')).toEqual([{ a: 1 }, { a: 1 }]);
  });

  it.each([
    '',
    ' \n',
    '{',
    '{"a": 1,}',
    "{'a': 1}",
    '{"a": 01}',
    '{"a": +1}',
    '{"a": NaN}',
    '// note\n{}',
    '{} {}',
    '"a\nb"',
    '['.repeat(100_000),
  ])('refuses %j, which is not JSON', (text) => {
    expect(() => parseUniqueJson(text)).toThrow(InvalidJsonError);
  });
});
