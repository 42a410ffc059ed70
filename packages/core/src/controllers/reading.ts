import type { Reading } from '../vault/pool-value.ts';

/**
 * What an answer of the other protocol says about what is placed (docs/rules.md 10). A price of 0, and a value that no holding can
 * have, are a failed reading: the price of the pool does not move on it.
 *
 * @param price of the other protocol's shares, in any unit
 * @param value {tok} of what is placed
 */
export const readingOf = (price: bigint, value: bigint): Reading =>
  price === 0n || value >> 112n !== 0n ? { kind: 'unknown' } : { kind: 'valued', value };
