import type { Branded } from '../brand.ts';
import { FamilyError } from './errors.ts';

/** The address of an asset in small letters: text order is the chain's order of addresses. */
export type AssetAddress = Branded<`0x${string}`, 'AssetAddress'>;

const isAddress = (text: string): text is `0x${string}` => /^0x[0-9a-f]{40}$/.test(text);

/**
 * An address from its text, in whatever case: two spellings of one address would be two assets.
 *
 * @throws {FamilyError} INVALID_ADDRESS
 */
export const assetAddress = (text: string): AssetAddress => {
  const small = text.toLowerCase();
  if (isAddress(small)) return small as AssetAddress;
  throw new FamilyError('INVALID_ADDRESS', `'${text}' is no address`, 'give 0x and 40 hexadecimal digits');
};

/** The assets in ascending order. @throws {FamilyError} DUPLICATE_ASSET */
export const ascending = (assets: Iterable<AssetAddress>): AssetAddress[] => {
  const sorted = [...assets].sort();
  const twice = sorted.find((asset, i) => asset === sorted[i + 1]);
  if (twice === undefined) return sorted;
  throw new FamilyError('DUPLICATE_ASSET', `${twice} is given twice`, 'give each asset once');
};
