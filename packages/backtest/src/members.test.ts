import { describe, expect, it } from 'vitest';
import { membersOf, parseMembersText, termsOf } from './members.ts';

const FILE = {
  ...{ format: 1, id: 'some', title: 'Some' },
  sources: { list: { title: 'a list', date: '2022-06' } },
  periods: [
    { from: '2022-06', source: 'list', assets: ['a', 'b'] },
    { from: '2022-08', source: 'list', assets: ['b', 'c'] },
  ],
  attestations: [
    { from: '2022-06', source: 'list', rules: ['safety', 'usage'], holds: true },
    { from: '2022-07', source: 'list', rules: ['safety'], holds: false, assets: ['b'] },
  ],
};

const textOf = (change: Record<string, unknown> = {}): string =>
  `// a comment\n${JSON.stringify({ ...FILE, ...change }, null, 1)}`;

describe('members', () => {
  it('are those of the last period that has begun, with what was attested until then', () => {
    const members = parseMembersText(textOf());
    expect(membersOf(members, '2022-05').assets).toEqual([]);
    const june = membersOf(members, '2022-06');
    expect(june.assets).toEqual(['a', 'b']);
    expect(june.attested.get('b')?.get('safety')).toBe(true);
    const july = membersOf(members, '2022-07');
    expect(july.attested.get('b')?.get('safety')).toBe(false);
    expect(july.attested.get('a')?.get('safety')).toBe(true);
    const august = membersOf(members, '2022-08');
    expect(august.assets).toEqual(['b', 'c']);
    expect(august.attested.get('c')?.get('usage')).toBe(true);
  });

  it('have the terms of principal tokens', () => {
    const terms = [
      { source: 'list', underlying: 'ethereum', maturities: { b: '2022-12-29' } },
      { source: 'list', underlying: 'bitcoin', maturities: { c: '2023-06-29' } },
    ];
    expect(termsOf(parseMembersText(textOf()))).toEqual(new Map());
    expect([...termsOf(parseMembersText(textOf({ terms })))]).toEqual([
      ['b', { underlying: 'ethereum', maturity: '2022-12-29' }],
      ['c', { underlying: 'bitcoin', maturity: '2023-06-29' }],
    ]);
    const twice = [...terms, { source: 'list', underlying: 'ethereum', maturities: { c: '2023-06-29' } }];
    expect(() => parseMembersText(textOf({ terms: twice }))).toThrow(
      /line \d+: terms\[2\]\.maturities: 'c' occurs twice/,
    );
    const unknown = [{ ...terms[0], source: 'x' }];
    expect(() => parseMembersText(textOf({ terms: unknown }))).toThrow(/terms\[0\]\.source: 'x' is not among/);
    const ofTerm = [...terms, { source: 'list', underlying: 'b', maturities: { d: '2023-06-29' } }];
    expect(() => parseMembersText(textOf({ terms: ofTerm }))).toThrow(
      /line \d+: terms\[2\]\.underlying: 'b' is a principal token itself/,
    );
    const noDay = [{ ...terms[0], maturities: { b: '2022-12' } }];
    expect(() => parseMembersText(textOf({ terms: noDay }))).toThrow(/line \d+: terms\[0\]\.maturities\.b/);
  });

  it.each([
    [
      /line \d+: periods\[0\]\.source: 'x' is not among the sources/,
      { periods: [{ ...FILE.periods[0], source: 'x' }] },
    ],
    [/line \d+: periods\[1\]\.from: months have to ascend/, { periods: [...FILE.periods].reverse() }],
    [/line \d+: attestations\[1\]\.from: months have to ascend/, { attestations: [...FILE.attestations].reverse() }],
    [/'a' occurs twice/, { periods: [{ ...FILE.periods[0], assets: ['a', 'a'] }] }],
    [/line \d+: attestations\[0\]\.rules\[0\]/, { attestations: [{ ...FILE.attestations[0], rules: ['category'] }] }],
    [/line \d+: periods\[0\]\.from: a month is YYYY-MM/, { periods: [{ ...FILE.periods[0], from: '2022-6' }] }],
    [/extra/, { extra: 1 }],
  ])('says what is wrong: %s', (message, change) => {
    expect(() => parseMembersText(textOf(change))).toThrow(message);
  });
});
