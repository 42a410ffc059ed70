import type { Branded } from '../brand.ts';
import { MathError } from '../math/errors.ts';

/** The number of a chain (EIP-155). Never a position in a list: positions have no brand, so they do not compile in its place. */
export type ChainId = Branded<bigint, 'ChainId'>;

/** {1} what EIP-2294 leaves room for, and a message carries. */
const CHAIN_ID_LIMIT = 1n << 64n;

/** @throws {MathError} CHAIN_ID_OUT_OF_RANGE unless the number is in 1 .. 2^64 - 1 (docs/rules.md 11) */
export const chainId = (value: bigint): ChainId => {
  if (value < 1n || value >= CHAIN_ID_LIMIT) {
    throw new MathError(
      'CHAIN_ID_OUT_OF_RANGE',
      `${value} is not the id of a chain`,
      'give the EIP-155 id, such as 42161 for Arbitrum; a position in a list is not one',
    );
  }
  return value as ChainId;
};
