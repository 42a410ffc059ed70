import type { Address } from 'viem';

/** Orders addresses as numbers, which is how the contracts want their lists. */
export const ascending = (a: Address, b: Address): number => {
  const [x, y] = [BigInt(a), BigInt(b)];
  if (x === y) return 0;
  return x < y ? -1 : 1;
};

/** Orders records by their asset. */
export const byAsset = (a: { readonly asset: Address }, b: { readonly asset: Address }): number =>
  ascending(a.asset, b.asset);
