import type { Branded } from '../brand.ts';
import { type Country, country } from './country.ts';

/** What opens or buys a product: creating an index, minting, staking, backing a side of a war. */
export type Buying = 'create' | 'mint' | 'stake' | 'back';
/** What everybody may do everywhere: read, and have back what is one's own. */
export type Open = 'read' | 'redeem' | 'claim' | 'withdraw';
/** What somebody asks the app or the API for. */
export type Action = Buying | Open;

/** The countries that may not buy; made by `regionList` alone. */
export type RegionList = Branded<readonly Country[], 'RegionList'>;

/**
 * A list of countries, each once, in the order of the alphabet (docs/rules.md 14).
 *
 * @throws {RegionError} UNKNOWN_COUNTRY
 */
export const regionList = (codes: readonly string[]): RegionList =>
  [...new Set(codes.map(country))].sort() as readonly Country[] as RegionList;

/** Great Britain and the United States. */
export const DEFAULT_LIST: RegionList = regionList(['GB', 'US']);

/** Why somebody may not buy. */
export type Reason = 'listed' | 'unknown country';

/** What is logged of a refusal; nothing in it names a person. */
export interface Refusal {
  readonly event: 'region refused';
  readonly action: Buying;
  readonly country: Country | 'unknown';
  readonly reason: Reason;
}

/** May one, or not; a refusal comes with what to log. */
export type Access =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'refused'; readonly reason: Reason; readonly refusal: Refusal };

/** What is asked for, from where. */
export interface Asked {
  readonly action: Action;
  /** Undefined when it is not known. */
  readonly country: Country | undefined;
  readonly list: RegionList;
}

const buying = (action: Buying, from: Country | undefined, list: RegionList): Access => {
  const refused = (reason: Reason): Access => ({
    kind: 'refused',
    reason,
    refusal: { event: 'region refused', action, country: from ?? 'unknown', reason },
  });
  if (list.length === 0) return { kind: 'allowed' };
  if (from === undefined) return refused('unknown country');
  return list.includes(from) ? refused('listed') : { kind: 'allowed' };
};

/**
 * Whether an action is open to somebody in a country (docs/rules.md 14). Reading, redeeming, claims and taking back what one staked
 * or backed always are. Opening and buying are refused to the listed countries, and to unknown ones while any is listed: else hiding
 * one's country would be the way around the list.
 */
export const decide = ({ action, country: from, list }: Asked): Access => {
  switch (action) {
    case 'read':
    case 'redeem':
    case 'claim':
    case 'withdraw':
      return { kind: 'allowed' };
    case 'create':
    case 'mint':
    case 'stake':
    case 'back':
      return buying(action, from, list);
  }
};
