import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Action,
  type Country,
  type CountrySource,
  country,
  countryOf,
  DEFAULT_LIST,
  decide,
  type RegionList,
  regionList,
} from './regions.ts';

const BUYING = ['create', 'mint', 'stake', 'back'] as const;
const OPEN = ['read', 'redeem', 'claim', 'withdraw'] as const;
const countries = fc.constantFrom('GB', 'US', 'DE', 'FR', 'AQ', 'XK').map(country);
const code = (expected: string) => expect.objectContaining({ code: expected, hint: expect.any(String) });

describe('docs/rules.md 14: access', () => {
  it.each(BUYING)('refuses %s in GB and US, and says what to log', (action) => {
    for (const from of ['GB', 'US'].map(country)) {
      expect(decide({ action, country: from, list: DEFAULT_LIST })).toEqual({
        kind: 'refused',
        reason: 'listed',
        refusal: { event: 'region refused', action, country: from, reason: 'listed' },
      });
    }
    expect(decide({ action, country: country('DE'), list: DEFAULT_LIST })).toEqual({ kind: 'allowed' });
  });

  it.each(OPEN)('leaves %s open to everybody, whatever the list', (action) => {
    fc.assert(
      fc.property(fc.option(countries, { nil: undefined }), fc.array(countries), (from, codes) => {
        expect(decide({ action, country: from, list: regionList(codes) })).toEqual({ kind: 'allowed' });
      }),
    );
  });

  it('refuses an unknown country to buy while any is listed', () => {
    const asked = { action: 'mint', country: undefined } as const;
    expect(decide({ ...asked, list: DEFAULT_LIST })).toMatchObject({
      reason: 'unknown country',
      refusal: { country: 'unknown' },
    });
    expect(decide({ ...asked, list: regionList([]) })).toEqual({ kind: 'allowed' });
  });

  it('opens nothing when the list grows', () => {
    const lists = fc.array(countries);
    const actions = fc.constantFrom<Action>(...BUYING, ...OPEN);
    fc.assert(
      fc.property(actions, fc.option(countries, { nil: undefined }), lists, lists, (action, from, some, more) => {
        const kind = (codes: readonly string[]) => decide({ action, country: from, list: regionList(codes) }).kind;
        if (kind(some) === 'refused') expect(kind([...some, ...more])).toBe('refused');
        expect(kind([...some].reverse())).toBe(kind(some));
      }),
    );
  });

  it('wants a list of real countries, each once', () => {
    expect(regionList(['us', ' GB', 'US'])).toEqual(['GB', 'US']);
    expect(() => regionList(['GB', 'UK'])).toThrow(expect.objectContaining({ hint: 'write GB' }));
    for (const bad of ['', 'USA', 'XX', 'T1', 'EU', 'G1', 'ß']) {
      expect(() => regionList([bad])).toThrow(code('UNKNOWN_COUNTRY'));
    }
    // @ts-expect-error a list that nobody checked
    const unchecked: RegionList = ['UK'];
    // @ts-expect-error a code that nobody checked
    const typed: Country = 'uk';
    expect([unchecked, typed]).toHaveLength(2);
  });
});

describe('docs/rules.md 14: country of a request', () => {
  const HEADER: CountrySource = { kind: 'header', name: 'cf-ipcountry' };
  const request = (value: string | undefined, geoIp: string | undefined) => ({
    header: (name: string) => (name === 'cf-ipcountry' ? value : undefined),
    geoIp,
  });

  it('is the header of the proxy when that is configured, and nothing else', () => {
    expect(countryOf(HEADER, request('gb', 'DE'))).toBe('GB');
    for (const unknown of [undefined, '', 'XX', 'T1', 'GB, US', 'GBR']) {
      expect(countryOf(HEADER, request(unknown, 'DE'))).toBeUndefined();
    }
  });

  it('is that of geo-IP otherwise: a header that anybody can write counts for nothing', () => {
    expect(countryOf({ kind: 'geoIp' }, request('DE', 'GB'))).toBe('GB');
    expect(countryOf({ kind: 'geoIp' }, request('DE', undefined))).toBeUndefined();
    expect(countryOf({ kind: 'geoIp' }, request('DE', 'EU'))).toBeUndefined();
  });
});
