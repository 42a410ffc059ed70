import { describe, expect, it } from 'vitest';
import { decided } from './dao.fixture.ts';
import { grant, type Licence, licence, NONE, requireLicence, revoke, stateOf } from './licences.ts';

const NOW = 100_000_000n;
const YEAR = 31_556_952n;
const who = { chain: 43_114n, licensee: 'avalon' };
const terms = licence({ ...who, feeShareBps: 2_000n, expiry: NOW + YEAR });
const granted = decided({ kind: 'grantLicence', licence: terms } as const, NOW);
const revoked = decided({ kind: 'revokeLicence', ...who } as const, NOW + 100n);
const code = (expected: string) => expect.objectContaining({ code: expected, hint: expect.any(String) });

describe('docs/rules.md 12: licences', () => {
  it('let the licensee deploy on its chain until they end', () => {
    const licences = grant(NONE, granted);
    expect(requireLicence(licences, who, NOW)).toEqual(terms);
    expect(requireLicence(licences, who, NOW + YEAR - 1n)).toEqual(terms);
    expect(() => requireLicence(licences, who, NOW + YEAR)).toThrow(code('LICENCE_EXPIRED'));
    expect(stateOf(licences, who, NOW + YEAR)).toEqual({ state: 'expired', licence: terms });
  });

  it('are for one chain and one licensee', () => {
    const licences = grant(NONE, granted);
    expect(() => requireLicence(licences, { ...who, chain: 137n }, NOW)).toThrow(code('NO_LICENCE'));
    expect(() => requireLicence(licences, { ...who, licensee: 'other' }, NOW)).toThrow(code('NO_LICENCE'));
    expect(() => requireLicence(NONE, who, NOW)).toThrow(code('NO_LICENCE'));
  });

  it('end when the DAO revokes them, and an old decision does not bring them back', () => {
    const licences = revoke(grant(NONE, granted), revoked);
    expect(() => requireLicence(licences, who, NOW + 101n)).toThrow(code('LICENCE_REVOKED'));
    expect(() => grant(licences, granted)).toThrow(code('STALE_DECISION'));
    const renewed = decided({ kind: 'grantLicence', licence: terms } as const, NOW + 200n);
    expect(stateOf(grant(licences, renewed), who, NOW + 201n).state).toBe('valid');
    expect(() => revoke(NONE, revoked)).toThrow(code('NO_LICENCE'));
  });

  it('are revoked in the very second of a grant too: executing a grant first holds up nothing', () => {
    const atOnce = decided({ kind: 'revokeLicence', ...who } as const, NOW);
    const licences = revoke(grant(NONE, granted), atOnce);
    expect(stateOf(licences, who, NOW).state).toBe('revoked');
    expect(() => grant(licences, granted)).toThrow(code('STALE_DECISION'));
    expect(revoke(licences, atOnce)).toEqual(licences);
    expect(() => revoke(licences, decided({ kind: 'revokeLicence', ...who } as const, NOW - 1n))).toThrow(
      code('STALE_DECISION'),
    );
  });

  it('have terms that can be', () => {
    const bad = (change: object) => () => licence({ ...who, feeShareBps: 2_000n, expiry: NOW, ...change });
    for (const change of [
      { chain: 0n },
      { licensee: '' },
      { feeShareBps: 10_001n },
      { feeShareBps: -1n },
      { expiry: 0n },
    ]) {
      expect(bad(change)).toThrow(code('BAD_LICENCE'));
    }
    const over = decided({ kind: 'grantLicence', licence: bad({ expiry: NOW })() } as const, NOW);
    expect(() => grant(NONE, over)).toThrow(code('LICENCE_EXPIRED'));
  });

  it('are granted by the DAO alone, as it decided', () => {
    // @ts-expect-error terms that nobody checked
    const unchecked: Licence = { ...who, feeShareBps: 20_000n, expiry: NOW };
    // @ts-expect-error a decision to revoke grants nothing
    expect(() => grant(NONE, revoked)).toThrow();
    expect(unchecked.chain).toBe(43_114n);
  });
});
