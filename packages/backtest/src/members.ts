import {
  ATTESTABLE_RULES,
  dateField,
  InvalidFileError,
  idField,
  monthField,
  parseFile,
  parseLocatedJson,
  type ScreeningRule,
  type Term,
} from '@wicker/core';
import * as z from 'zod';

const sourceField = z.string().min(1);

const membersShape = z.strictObject({
  /** Version of this format. */
  format: z.literal(1),
  id: idField,
  title: z.string().min(1),
  /** Where facts come from; every fact names one of these. */
  sources: z.record(z.string().min(1), z.strictObject({ title: z.string().min(1), date: dateField })),
  /** What all these assets belong to, such as `avalanche`; methodologies choose by it. */
  categories: z.array(z.string().min(1)).default([]),
  /** The assets considered from a month of rebalancing on, until the next entry. */
  periods: z.array(z.strictObject({ from: monthField, source: sourceField, assets: z.array(idField).min(1) })).min(1),
  /** Facts without a figure, from a month of rebalancing on; a later entry on the same asset and rule goes before an earlier one. */
  attestations: z
    .array(
      z.strictObject({
        from: monthField,
        source: sourceField,
        rules: z.array(z.enum(ATTESTABLE_RULES)).min(1),
        holds: z.boolean(),
        /** All that are considered, where it is left out. */
        assets: z.array(idField).min(1).optional(),
      }),
    )
    .default([]),
  /** Of principal tokens: what each is worth one of, from which UTC day on. */
  terms: z
    .array(z.strictObject({ source: sourceField, underlying: idField, maturities: z.record(idField, z.iso.date()) }))
    .default([]),
});

type MembersFile = z.output<typeof membersShape>;

/** Which assets are considered for an index, and what is attested of them, from which month on. */
export type Members = Pick<MembersFile, 'id' | 'title' | 'categories' | 'periods' | 'attestations' | 'terms'>;

/** How the months of each list follow each other: two lists of attestations may begin in one month. */
const ORDERS: readonly (readonly ['periods' | 'attestations', (month: string, before: string) => boolean])[] = [
  ['periods', (month, before) => month > before],
  ['attestations', (month, before) => month >= before],
];

/**
 * Reads a file of members: JSON with comments.
 *
 * @throws InvalidJsonError; InvalidFileError with line, field and what was expected, for every fault.
 */
export const parseMembersText = (text: string): Members => {
  const { value, lineOf } = parseLocatedJson(text);
  const { sources, ...members } = parseFile('members', membersShape, value, lineOf);
  const problems: string[] = [];
  const at = (...path: (string | number)[]): string => `line ${lineOf(path)}: `;
  for (const list of ['periods', 'attestations', 'terms'] as const) {
    for (const [i, { source }] of members[list].entries()) {
      if (Object.hasOwn(sources, source)) continue;
      problems.push(`${at(list, i, 'source')}${list}[${i}].source: '${source}' is not among the sources`);
    }
  }
  for (const [i, { assets }] of members.periods.entries()) {
    const twice = assets.find((id, k) => assets.indexOf(id) !== k);
    if (twice !== undefined)
      problems.push(`${at('periods', i, 'assets')}periods[${i}].assets: '${twice}' occurs twice`);
  }
  const known = new Set<string>();
  for (const [i, { maturities }] of members.terms.entries()) {
    for (const id of Object.keys(maturities)) {
      if (known.has(id))
        problems.push(`${at('terms', i, 'maturities', id)}terms[${i}].maturities: '${id}' occurs twice`);
      known.add(id);
    }
  }
  for (const [i, { underlying }] of members.terms.entries()) {
    if (!known.has(underlying)) continue;
    problems.push(`${at('terms', i, 'underlying')}terms[${i}].underlying: '${underlying}' is a principal token itself`);
  }
  for (const [list, isBehind] of ORDERS) {
    const wrong = members[list].findIndex(({ from }, i, all) => i > 0 && !isBehind(from, all[i - 1]?.from ?? ''));
    if (wrong >= 0) problems.push(`${at(list, wrong, 'from')}${list}[${wrong}].from: months have to ascend`);
  }
  if (problems.length > 0) throw new InvalidFileError('members', problems);
  return members;
};

/** All of these, from ever on, with nothing attested: what a back-test without a file of members considers. */
export const everyAsset = (ids: readonly string[]): Members => ({
  ...{ id: 'all', title: 'every asset of the table', categories: [], attestations: [], terms: [] },
  periods: [{ from: '0000-01', source: '', assets: [...ids] }],
});

/** What is known of the members in one month of rebalancing. */
export interface MembersOfMonth {
  /** Ids that are considered, in the order of the file. */
  readonly assets: readonly string[];
  /** asset -> rule -> whether it holds */
  readonly attested: ReadonlyMap<string, ReadonlyMap<ScreeningRule, boolean>>;
}

/**
 * Who is considered for the rebalance of a month, and what is attested; nothing that begins later counts.
 *
 * @param month `YYYY-MM`
 */
export const membersOf = ({ periods, attestations }: Members, month: string): MembersOfMonth => {
  const assets = periods.findLast(({ from }) => from <= month)?.assets ?? [];
  const attested = new Map(assets.map((id) => [id, new Map<ScreeningRule, boolean>()]));
  for (const { from, rules, holds, assets: some = assets } of attestations) {
    if (from > month) break;
    for (const id of some) for (const rule of rules) attested.get(id)?.set(rule, holds);
  }
  return { assets, attested };
};

/** The terms of principal tokens, by their id. A term is known from the token's first day on. */
export const termsOf = ({ terms }: Members): ReadonlyMap<string, Term> =>
  new Map(
    terms.flatMap(({ underlying, maturities }) =>
      Object.entries(maturities).map(([id, maturity]) => [id, { underlying, maturity }]),
    ),
  );
