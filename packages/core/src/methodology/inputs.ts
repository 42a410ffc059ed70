import * as z from 'zod';
import type { Json } from '../canonical/canonical-json.ts';
import { type Hash32, sha256Of } from '../canonical/sha256.ts';
import { type Decimal, formatDecimal } from '../decimal/decimal.ts';
import { compareIds } from './capped-weights.ts';
import { idField, parseFile } from './fields.ts';
import { type Methodology, parseMethodology } from './methodology.ts';
import { type DocumentedUniverse, parseUniverse } from './universe.ts';

/** Everything that weights follow from. */
export type Inputs = {
  readonly universe: DocumentedUniverse;
  readonly methodology: Methodology;
  /** Ids of the index as it is; of none that is new. Zones of the selection favour them. */
  readonly members: readonly string[];
};

/** What weights follow from, in the one form that is hashed. */
export type CanonicalInputs = { readonly universe: Json; readonly methodology: Json; readonly members: Json };

/** A parsed file: as JSON, but with exact numbers. */
type Exact =
  | string
  | number
  | boolean
  | null
  | undefined
  | Decimal
  | readonly Exact[]
  | { readonly [key: string]: Exact };

const isDecimal = (value: object): value is Decimal => 'digits' in value && typeof value.digits === 'bigint';
const isList = (value: object): value is readonly Exact[] => Array.isArray(value);

/** An exact number as its shortest decimal, so that 0.30, "0.3" and 3e-1 are the same. */
const plain = (value: Exact): Json => {
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (isDecimal(value)) return formatDecimal(value);
  if (isList(value)) return value.map(plain);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : [[key, plain(member)]])),
  );
};

const sorted = (list: readonly string[]): string[] => [...list].sort(compareIds);

/** Who says what of each asset: by asset, then by rule. */
const attestedOf = ({ attestations }: DocumentedUniverse, id: string): Exact =>
  Object.fromEntries(
    attestations
      .filter(({ assets }) => assets.includes(id))
      .flatMap(({ rules, holds, source, note }) => rules.map((rule) => [rule, { holds, source, note }])),
  );

/** Assets by their id, each with what is attested of it: however a file orders and groups them, this is the same. */
const canonicalUniverse = (universe: DocumentedUniverse): Json => {
  const { attested: _, attestations: __, assets, ...rest } = universe;
  return plain({
    ...rest,
    assets: Object.fromEntries(
      assets.map(({ id, categories, ...asset }) => [
        id,
        { ...asset, categories: sorted(categories), attested: attestedOf(universe, id) },
      ]),
    ),
  });
};

/** Lists whose order means nothing are sorted; the rest is as the file says, with what it leaves to default. */
const canonicalMethodology = ({ $schema: _, ...methodology }: Methodology): Json => {
  const { screening, selection, weights, calendar } = methodology;
  return plain({
    ...methodology,
    selection: selection && { enter: selection.size, stay: selection.size, ...selection },
    screening: { ...screening, attested: sorted(screening.attested) },
    weights: { ...weights, splits: [...weights.splits].sort((a, b) => compareIds(a.asset, b.asset)) },
    calendar: { ...calendar, holidays: sorted(calendar.holidays) },
  });
};

/**
 * The inputs in the form that is hashed (docs/rules.md 4.1): everything that the two files say, except `$schema`. White space,
 * comments, the order of keys, of assets and of lists, the grouping of attestations, and how a number is written change nothing.
 */
export const canonicalInputs = ({ universe, methodology, members }: Inputs): CanonicalInputs => ({
  universe: canonicalUniverse(universe),
  methodology: canonicalMethodology(methodology),
  members: sorted([...new Set(members)]),
});

/** The hash that proposals and events on chain carry: who runs the same inputs again gets the same. */
export const inputsHash = (inputs: CanonicalInputs): Hash32 => sha256Of(inputs);

/** What the canonical form has of its own; the rest is as in the files. */
const canonicalShape = z.object({
  universe: z.looseObject({
    assets: z.record(
      idField,
      z.looseObject({ attested: z.record(z.string(), z.looseObject({ holds: z.boolean(), source: z.string() })) }),
    ),
  }),
  methodology: z.json(),
  members: z.array(idField),
});

/**
 * The inputs of a canonical form: its inverse, so that whoever has the form can determine anew.
 *
 * @throws InvalidFileError when it is not the form of a universe, a methodology and members
 */
export const inputsFrom = (canonical: CanonicalInputs): Inputs => {
  const { universe, methodology, members } = parseFile('proposal', canonicalShape, canonical);
  const entries = Object.entries(universe.assets);
  return {
    universe: parseUniverse({
      ...universe,
      assets: entries.map(([id, { attested: _, ...asset }]) => ({ ...asset, id })),
      attestations: entries.flatMap(([id, { attested }]) =>
        Object.entries(attested).map(([rule, said]) => ({ ...said, rules: [rule], assets: [id] })),
      ),
    }),
    methodology: parseMethodology(methodology),
    members,
  };
};
