import { InvalidFileError, idField, parseFile, parseLocatedJson } from '@wicker/core';
import * as z from 'zod';

/** Sources that the readers add themselves. */
const OWN_SOURCES = ['collected', 'defillama'] as const;

const attestShape = z.strictObject({
  /** Id and title of the universe. */
  id: idField,
  title: z.string().min(1),
  /** {USD} whole dollars of the trade behind every price impact. */
  priceImpactTradeUsd: z.number().int().positive(),
  /** Name -> title and date, as in a universe. */
  sources: z.record(z.string().min(1), z.unknown()),
  /** As in a universe. */
  attestations: z.array(z.unknown()),
  /** Figures that no reader knows, such as net yields and terms, as in a universe; they go before what the readers find. */
  figures: z
    .array(z.strictObject({ source: z.string(), assets: z.record(idField, z.record(z.string(), z.unknown())) }))
    .default([]),
  /** What no reader knows of an asset. */
  assets: z
    .record(
      idField,
      z.strictObject({
        categories: z.array(z.string().min(1)).optional(),
        /** Decimals of the ERC-20, where no node is asked. */
        decimals: z.number().int().min(0).max(27).optional(),
      }),
    )
    .default({}),
});

/** What people attest of the assets of a universe, with its name. */
export type AttestFile = z.output<typeof attestShape>;

/**
 * Reads an attestation file from JSON with comments.
 *
 * @throws InvalidJsonError, DuplicateIdError; InvalidFileError that names the line and field of every fault
 */
export const parseAttestText = (text: string): AttestFile => {
  const { value, lineOf } = parseLocatedJson(text);
  const file = parseFile('attestation', attestShape, value, lineOf);
  const taken = OWN_SOURCES.filter((name) => Object.hasOwn(file.sources, name));
  if (taken.length === 0) return file;
  const faultOf = (name: string) => `line ${lineOf(['sources', name])}: sources.${name}: the readers add this source`;
  throw new InvalidFileError('attestation', taken.map(faultOf));
};
