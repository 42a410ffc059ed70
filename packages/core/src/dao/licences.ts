import type { Branded } from '../brand.ts';
import { BP } from '../index-fund/shares.ts';
import { DaoError } from './errors.ts';
import type { DaoDecision } from './proposals.ts';

/** Who may deploy the protocol, and where. */
export interface Deployer {
  /** The chain's EIP-155 id. */
  readonly chain: bigint;
  readonly licensee: string;
}

/** The terms of a licence; made by `licence` alone. */
export type Licence = Branded<
  Deployer & {
    /** {bp} the licensee's part of the revenue of what it deploys */
    readonly feeShareBps: bigint;
    /** {s} the first second without the licence */
    readonly expiry: bigint;
  },
  'Licence'
>;

/** All licences that were ever granted: the last of each licensee on each chain. */
export type Licences = ReadonlyMap<string, Entry>;

interface Entry {
  readonly licence: Licence;
  readonly revoked: boolean;
  /** {s} of the decision that made it so */
  readonly decidedAt: bigint;
}

/** What the DAO can decide about licences. */
export type GrantLicence = { readonly kind: 'grantLicence'; readonly licence: Licence };
export type RevokeLicence = { readonly kind: 'revokeLicence' } & Deployer;

/** Whether somebody may deploy on a chain. */
export type LicenceState =
  | { readonly state: 'none' }
  | { readonly state: 'valid'; readonly licence: Licence }
  | { readonly state: 'expired'; readonly licence: Licence }
  | { readonly state: 'revoked'; readonly licence: Licence };

/** No licence was granted. */
export const NONE: Licences = new Map();

const keyOf = ({ chain, licensee }: Deployer): string => `${chain}:${licensee}`;

/**
 * Checks the terms of a licence (docs/rules.md 12).
 *
 * @throws {DaoError} BAD_LICENCE unless the chain is above 0, there is a licensee, the fee share is in 0 .. 10 000 bp and the
 * expiry above 0
 */
export const licence = (terms: Deployer & { readonly feeShareBps: bigint; readonly expiry: bigint }): Licence => {
  const { chain, licensee, feeShareBps, expiry } = terms;
  const refuse = (message: string, hint: string): DaoError => new DaoError('BAD_LICENCE', message, hint);
  if (chain <= 0n) throw refuse(`chain ${chain} is no chain`, 'give its EIP-155 id');
  if (licensee === '') throw refuse('a licence has no licensee', 'name who may deploy');
  if (feeShareBps < 0n || feeShareBps > BP) {
    throw refuse(
      `a fee share of ${feeShareBps} bp is outside 0 .. ${BP}`,
      'give the part of the revenue in basis points',
    );
  }
  if (expiry <= 0n) throw refuse(`an expiry of ${expiry} is in no future`, 'give the second at which it ends');
  return { chain, licensee, feeShareBps, expiry } as Licence;
};

/** Who decides again decides later: no earlier decision can be brought back. */
const requireNotBefore = (from: bigint, entry: Entry, { proposal, at }: DaoDecision<unknown>): void => {
  if (at >= from) return;
  throw new DaoError(
    'STALE_DECISION',
    `proposal ${proposal} was executed at ${at}, and another decided at ${entry.decidedAt}`,
    'the later decision stands; propose anew',
  );
};

/**
 * Grants what the DAO decided; it takes the place of an earlier licence of that licensee on that chain (docs/rules.md 12).
 *
 * @throws {DaoError} LICENCE_EXPIRED when it would never be valid; STALE_DECISION when another decision came later
 */
export const grant = (licences: Licences, decision: DaoDecision<GrantLicence>): Licences => {
  const { action, at } = decision;
  const entry = licences.get(keyOf(action.licence));
  if (entry !== undefined) requireNotBefore(entry.decidedAt + 1n, entry, decision);
  if (action.licence.expiry <= at) {
    throw new DaoError(
      'LICENCE_EXPIRED',
      `the licence of ${action.licence.licensee} would end at ${action.licence.expiry}, and it is ${at}`,
      'propose one that ends later',
    );
  }
  return new Map(licences).set(keyOf(action.licence), { licence: action.licence, revoked: false, decidedAt: at });
};

/**
 * Revokes a licence as the DAO decided: at once. What was deployed under it stays; nothing new is (docs/rules.md 12). Of a grant
 * and a revocation in one second the revocation stands, in either order: nobody holds it up by executing a grant first.
 *
 * @throws {DaoError} NO_LICENCE; STALE_DECISION when another decision came later
 */
export const revoke = (licences: Licences, decision: DaoDecision<RevokeLicence>): Licences => {
  const { action, at } = decision;
  const entry = licences.get(keyOf(action));
  if (entry === undefined) throw noLicence(action, 'has none');
  requireNotBefore(entry.decidedAt, entry, decision);
  return new Map(licences).set(keyOf(action), { licence: entry.licence, revoked: true, decidedAt: at });
};

/** Whether somebody has a licence for a chain. @param now {s} */
export const stateOf = (licences: Licences, deployer: Deployer, now: bigint): LicenceState => {
  const entry = licences.get(keyOf(deployer));
  if (entry === undefined) return { state: 'none' };
  if (entry.revoked) return { state: 'revoked', licence: entry.licence };
  return { state: now < entry.licence.expiry ? 'valid' : 'expired', licence: entry.licence };
};

const noLicence = ({ chain, licensee }: Deployer, why: string): DaoError =>
  new DaoError('NO_LICENCE', `${licensee} may not deploy on chain ${chain}: it ${why}`, 'ask the DAO for a licence');

/**
 * What a factory asks before it deploys: the licence, or an error that says why there is none (docs/rules.md 12).
 *
 * @param now {s}
 * @throws {DaoError} NO_LICENCE, LICENCE_EXPIRED, LICENCE_REVOKED
 */
export const requireLicence = (licences: Licences, deployer: Deployer, now: bigint): Licence => {
  const held = stateOf(licences, deployer, now);
  switch (held.state) {
    case 'valid':
      return held.licence;
    case 'none':
      throw noLicence(deployer, 'has none');
    case 'expired':
      throw new DaoError(
        'LICENCE_EXPIRED',
        `the licence of ${deployer.licensee} on chain ${deployer.chain} ended at ${held.licence.expiry}`,
        'ask the DAO to renew it',
      );
    case 'revoked':
      throw new DaoError(
        'LICENCE_REVOKED',
        `the DAO revoked the licence of ${deployer.licensee} on chain ${deployer.chain}`,
        'ask the DAO for a new one',
      );
  }
};
