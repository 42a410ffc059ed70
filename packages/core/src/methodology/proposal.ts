import * as z from 'zod';
import { canonicalJson, type Json } from '../canonical/canonical-json.ts';
import { type Hash32, sha256Of } from '../canonical/sha256.ts';
import type { LocatedJson } from '../decimal/jsonc.ts';
import { type Rebalance, rebalanceFor } from './calendar.ts';
import { determine } from './determine.ts';
import { InvalidFileError } from './errors.ts';
import { idField, parseFile } from './fields.ts';
import { type CanonicalInputs, canonicalInputs, type Inputs, inputsFrom, inputsHash } from './inputs.ts';
import { WEIGHT_SCALE } from './integer-weights.ts';

const hashField = z.custom<Hash32>(
  (value) => typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value),
  'a hash is 0x and 64 hexadecimal digits in lower case',
);

/** {1e-18} */
const weightField = z
  .string()
  .regex(/^[1-9]\d{0,18}$/, 'a weight is a string of digits, of 1e18, above 0')
  .transform(BigInt);

const namedHash = z.strictObject({ id: idField, hash: hashField });

const jsonField: z.ZodType<Json> = z.json();

const proposalShape = z.strictObject({
  /** Version of this format. */
  format: z.literal(1),
  /** Of the inputs. */
  hash: hashField,
  universe: namedHash,
  methodology: namedHash,
  /** UTC days; null where the calendar has no rebalance in the month of the universe. */
  calendar: z.strictObject({ determined: z.iso.date(), rebalanced: z.iso.date() }).nullable(),
  weights: z.record(idField, weightField),
  inputs: z.strictObject({ universe: jsonField, methodology: jsonField, members: jsonField }),
});

/** Weights that somebody proposes for an index, with everything that they follow from. */
export type Proposal = {
  readonly hash: Hash32;
  readonly universe: { readonly id: string; readonly hash: Hash32 };
  readonly methodology: { readonly id: string; readonly hash: Hash32 };
  readonly calendar: Rebalance | null;
  /** {1e-18} by asset id, each above 0, sum exactly 1e18, heaviest first. */
  readonly weights: ReadonlyMap<string, bigint>;
  readonly inputs: CanonicalInputs;
};

const daysOf = ({ universe, methodology }: Inputs): Rebalance | null =>
  rebalanceFor(universe.date, methodology.calendar) ?? null;

/**
 * Determines weights and puts them together with what they follow from (docs/rules.md 4.1).
 *
 * @throws as `determine`
 */
export const propose = (inputs: Inputs): Proposal => {
  const { universe, methodology, members } = inputs;
  const { weights } = determine(universe, methodology, new Set(members));
  const canonical = canonicalInputs(inputs);
  return {
    hash: inputsHash(canonical),
    universe: { id: universe.id, hash: sha256Of(canonical.universe) },
    methodology: { id: methodology.id, hash: sha256Of(canonical.methodology) },
    calendar: daysOf(inputs),
    weights,
    inputs: canonical,
  };
};

/** The file of a proposal, as JSON. */
export const proposalJson = ({ weights, inputs, ...proposal }: Proposal): Json => ({
  format: 1,
  ...proposal,
  weights: Object.fromEntries([...weights].map(([id, weight]) => [id, weight.toString()])),
  inputs,
});

const idOf = (input: Json): Json | undefined =>
  typeof input === 'object' && input !== null && 'id' in input ? input.id : undefined;

/** What a proposal says of itself that is not so. */
const contradictions = ({ hash, universe, methodology, inputs, weights }: z.output<typeof proposalShape>): string[] => {
  const sum = Object.values(weights).reduce((total, weight) => total + weight, 0n);
  const hashes: [string, Hash32, Hash32][] = [
    ['hash', hash, inputsHash(inputs)],
    ['universe.hash', universe.hash, sha256Of(inputs.universe)],
    ['methodology.hash', methodology.hash, sha256Of(inputs.methodology)],
  ];
  const ids: [string, string, Json][] = [
    ['universe.id', universe.id, inputs.universe],
    ['methodology.id', methodology.id, inputs.methodology],
  ];
  return [
    ...ids.flatMap(([field, said, input]) => (said === idOf(input) ? [] : [`${field}: its inputs have another`])),
    ...hashes.flatMap(([field, said, found]) =>
      said === found ? [] : [`${field}: its inputs have the hash ${found}`],
    ),
    ...(sum === WEIGHT_SCALE ? [] : [`weights: they sum to ${sum}, not to ${WEIGHT_SCALE}`]),
  ];
};

/**
 * Reads a proposal from parsed JSON, and checks that its hashes and ids are those of its inputs. That the weights follow from the
 * inputs is for `requireDetermined`, and for the one who verifies it with inputs of his own.
 *
 * @throws InvalidFileError that names every field at fault
 */
export const parseProposal = (json: unknown, lineOf?: LocatedJson['lineOf']): Proposal => {
  const { format: _, weights, ...proposal } = parseFile('proposal', proposalShape, json, lineOf);
  const problems = contradictions({ format: 1, weights, ...proposal });
  if (problems.length > 0) throw new InvalidFileError('proposal', problems);
  return { ...proposal, weights: new Map(Object.entries(weights)) };
};

/**
 * Determines a proposal anew from the inputs in it: whoever puts it on a chain vouches that its hash and its weights belong together.
 *
 * @throws InvalidFileError that names every weight, day and hash that its inputs do not give; as `determine`
 */
export const requireDetermined = (proposal: Proposal): void => {
  const again = propose(inputsFrom(proposal.inputs));
  const ids = new Set([...again.weights.keys(), ...proposal.weights.keys()]);
  const [days, found] = [proposal.calendar, again.calendar].map((value) => canonicalJson(value));
  const problems = [
    ...(proposal.hash === again.hash ? [] : [`inputs: not in canonical form, which has the hash ${again.hash}`]),
    ...[...ids].flatMap((id) => {
      const [said, given] = [proposal.weights.get(id) ?? 0n, again.weights.get(id) ?? 0n];
      return said === given ? [] : [`weights.${id}: is ${said}, its inputs give ${given}`];
    }),
    ...(days === found ? [] : [`calendar: is ${days}, its inputs give ${found}`]),
  ];
  if (problems.length > 0) throw new InvalidFileError('proposal', problems);
};
