import * as z from 'zod';
import { formatPath } from '../decimal/json.ts';
import { type LocatedJson, parseLocatedJson } from '../decimal/jsonc.ts';
import type { Day } from './calendar.ts';
import { InvalidFileError } from './errors.ts';
import { dateField, daysField, decimalField, idField, parseFile } from './fields.ts';
import { termField } from './fixed-term.ts';
import { ATTESTABLE_RULES, type ScreeningRule } from './rules.ts';

/** A supply of 0 would make every share of it meaningless: a token without a maximum leaves the field out. */
const supplyField = decimalField.refine((value) => value.digits > 0n, 'leave a supply of 0 out');

/** No attestation can stand for a category, a missing market cap or yield. */
const attestedRuleField = z.enum(ATTESTABLE_RULES);

const figures = {
  /** {USD} circulating supply x price. */
  marketCapUsd: decimalField.optional(),
  /** {USD/tok} */
  priceUsd: decimalField.optional(),
  /** {tok} */
  circulatingSupply: decimalField.optional(),
  /** {tok} */
  totalSupply: supplyField.optional(),
  /** {tok}; absent when the token has no maximum. */
  maxSupply: supplyField.optional(),
  /** Loss {1} of a trade of `priceImpactTradeUsd` against the price before it, in the worse direction. */
  priceImpact: decimalField.optional(),
  /** {USD} on chain, summed over the supported exchanges. */
  liquidityUsd: decimalField.optional(),
  /** {days} for which that liquidity has been there. */
  liquidityDays: daysField.optional(),
  /** {days} of daily prices. */
  priceDays: daysField.optional(),
  /** {1} a year, after the protocol's own fees. */
  netYield: decimalField.optional(),
  /** Of a principal token. */
  term: termField.optional(),
};

const FIGURES = z.keyof(z.object(figures)).options;

/** A fact about an asset that is a number, or a term. */
export type FigureName = (typeof FIGURES)[number];

const figuresShape = z.strictObject({
  /** Key of `sources`. */
  source: z.string(),
  /** Of single figures that come from elsewhere: keys of `sources`. */
  sources: z.partialRecord(z.enum(FIGURES), z.string()).optional(),
  ...figures,
});

const universeShape = z.strictObject({
  id: idField,
  title: z.string().min(1),
  /** The day for which the assets are screened. */
  date: dateField,
  /** Where facts come from; every fact names one of these. */
  sources: z.record(z.string().min(1), z.strictObject({ title: z.string().min(1), date: dateField })),
  /** {USD} size of the trade behind every `priceImpact`. */
  priceImpactTradeUsd: decimalField,
  /** Facts without a figure: what a source says of a list of assets. */
  attestations: z.array(
    z.strictObject({
      source: z.string(),
      rules: z.array(attestedRuleField).min(1),
      /** Does the rule hold for these assets? */
      holds: z.boolean(),
      assets: z.array(idField).min(1),
      note: z.string().optional(),
    }),
  ),
  assets: z
    .array(
      z.strictObject({
        id: idField,
        symbol: z.string().min(1),
        /** Decimals of the ERC-20. */
        decimals: z.number().int().min(0).max(27),
        /** What it belongs to, such as `defi` or `avalanche`; methodologies choose by it. */
        categories: z.array(z.string().min(1)).default([]),
        figures: figuresShape,
      }),
    )
    .min(1),
});

type UniverseFile = z.output<typeof universeShape>;

/** The assets considered for an index, with the facts about them. */
export type Universe = Omit<UniverseFile, 'attestations'> & {
  /** What is attested: asset id -> rule -> whether it holds. */
  readonly attested: ReadonlyMap<string, ReadonlyMap<ScreeningRule, boolean>>;
  /** Where it is of the day of a roll, which is none of the calendar's: no file has it. */
  readonly between?: RollPeriod;
};

/** The rebalances of the calendar that a roll lies between. */
export type RollPeriod = {
  /** `YYYY-MM` of the one before, by which shares of splits are chosen. */
  readonly month: string;
  /** Day of the one after: so long what is bought has to last. */
  readonly until: Day;
};

export type UniverseAsset = UniverseFile['assets'][number];

/** What a source says of a list of assets: that rules hold, or that they do not. */
export type Attestation = UniverseFile['attestations'][number];

/** A universe as its file has it, so that every fact can be traced to its source. */
export type DocumentedUniverse = Universe & Pick<UniverseFile, 'attestations'>;

/**
 * Reads a universe from parsed JSON.
 *
 * @throws InvalidFileError that names every field at fault, and its line where `lineOf` is given: also an asset listed twice, a source,
 * figure or asset that does not exist, a term of a term, a fact attested twice.
 */
export function parseUniverse(json: unknown, lineOf?: LocatedJson['lineOf']): DocumentedUniverse {
  const { attestations, ...universe } = parseFile('universe', universeShape, json, lineOf);
  const problems: string[] = [];
  const ids = new Set<string>();
  const terms = new Set(universe.assets.flatMap(({ id, figures }) => (figures.term === undefined ? [] : [id])));
  const fault = (path: readonly PropertyKey[], what: string): void => {
    const line = lineOf === undefined ? '' : `line ${lineOf(path)}: `;
    problems.push(`${line}${formatPath(path)}: ${what}`);
  };
  const requireSource = (source: string, path: readonly PropertyKey[]): void => {
    if (!Object.hasOwn(universe.sources, source)) fault(path, `'${source}' is not among the sources`);
  };

  for (const [i, { id, figures }] of universe.assets.entries()) {
    if (ids.has(id)) fault(['assets', i, 'id'], `'${id}' occurs twice`);
    ids.add(id);
    requireSource(figures.source, ['assets', i, 'figures', 'source']);
    for (const [name, source] of Object.entries(figures.sources ?? {})) {
      const path = ['assets', i, 'figures', 'sources', name];
      requireSource(source, path);
      if (figures[name as FigureName] === undefined) fault(path, 'there is no such figure');
    }
    const { term } = figures;
    if (term !== undefined && terms.has(term.underlying)) {
      fault(['assets', i, 'figures', 'term', 'underlying'], `'${term.underlying}' is a principal token itself`);
    }
  }

  const attested = new Map<string, Map<ScreeningRule, boolean>>([...ids].map((id) => [id, new Map()]));
  for (const [i, { source, rules, holds, assets }] of attestations.entries()) {
    requireSource(source, ['attestations', i, 'source']);
    for (const [k, id] of assets.entries()) {
      const facts = attested.get(id);
      if (facts === undefined) fault(['attestations', i, 'assets', k], `'${id}' is not among the assets`);
      for (const rule of rules) {
        if (facts?.has(rule)) fault(['attestations', i, 'assets', k], `'${rule}' of '${id}' is attested twice`);
        facts?.set(rule, holds);
      }
    }
  }
  if (problems.length > 0) throw new InvalidFileError('universe', problems);
  return { ...universe, attestations, attested };
}

/**
 * Reads a universe from the text of its file: JSON with comments.
 *
 * @throws InvalidJsonError, DuplicateIdError; InvalidFileError with line, field and what was expected, for every fault.
 */
export function parseUniverseText(text: string): DocumentedUniverse {
  const { value, lineOf } = parseLocatedJson(text);
  return parseUniverse(value, lineOf);
}

/** Key of the source of a figure of an asset. */
export function figureSource({ figures }: UniverseAsset, name: FigureName): string {
  return figures.sources?.[name] ?? figures.source;
}
