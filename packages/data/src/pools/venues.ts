import { idField, parseFile, parseLocatedJson } from '@wicker/core';
import { type Address, getAddress, isAddress } from 'viem';
import * as z from 'zod';

const addressField = z
  .string()
  .refine((text) => isAddress(text), 'an address is 0x and 40 hexadecimal digits, with the right checksum')
  .transform((text): Address => getAddress(text));

const venuesShape = z.strictObject({
  /** CoinGecko's name of the chain, by which its coins list tells addresses. */
  platform: z.string().min(1),
  /** What pools trade tokens against. */
  quotes: z
    .array(z.strictObject({ id: idField, address: addressField, decimals: z.number().int().min(0).max(27) }))
    .min(1),
  /** Exchanges of the Uniswap v2 kind, with its fee of 30 bp. */
  v2: z.array(z.strictObject({ name: z.string().min(1), factory: addressField })),
  /** Exchanges of the Uniswap v3 kind, with the fees {1e-6} of the pools that are looked at. */
  v3: z.array(
    z.strictObject({
      name: z.string().min(1),
      factory: addressField,
      fees: z.array(z.number().int().min(1).max(999_999)).min(1),
    }),
  ),
});

/** The exchanges of a chain on which liquidity is counted. */
export type Venues = z.output<typeof venuesShape>;

/**
 * Reads venues from JSON with comments.
 *
 * @throws InvalidJsonError, DuplicateIdError; InvalidFileError that names the line and field of every fault
 */
export const parseVenuesText = (text: string): Venues => {
  const { value, lineOf } = parseLocatedJson(text);
  return parseFile('venues', venuesShape, value, lineOf);
};
