import { duplicateIdError, InvalidFileError, idField, type JsonDocument, parseFile } from '@wicker/core';
import * as z from 'zod';
import { caseLabel } from '../cases.ts';
import { inContext } from '../input.ts';

/** {1} change of the price: a loss is negative, as this format has it */
const lossField = z.number().min(-1, 'a loss is a fraction, -1 to 0').max(0, 'a loss is a fraction, -1 to 0');

/** {1} change of the price by a trade; above 0 it is no loss */
const priceImpactField = z.number().min(-1, 'a loss is a fraction, -1 to 0');

const figuresShape = z.object({
  /** {tok} */
  circulating_supply: z.number().nonnegative().nullish(),
  /** {tok} */
  total_supply: z.number().positive().nullish(),
  /** {USD} */
  liquidity_usd: z.number().nonnegative().nullish(),
  /** {1} change of the price by a trade of 100 000 USD, negative, in the worse direction; above 0 it is no loss */
  price_impact_100k: priceImpactField.nullish(),
});

/** The rule that decided, and its figure. */
const decidingShape = z.discriminatedUnion('stage', [
  z.object({ stage: z.enum(['supply', 'liquidity']), value: z.number().nonnegative() }),
  z.object({ stage: z.literal('avg_slippage'), value: priceImpactField }),
]);

const shape = z.object({
  name: z.string().min(1),
  thresholds: z.strictObject({
    /** {1} circulating / total has to be above */
    circulating_to_total: z.number().min(0).max(1).nullish(),
    /** {USD} has to be reached */
    liquidity_usd: z.number().nonnegative().nullish(),
    /** {1} has to be reached */
    price_impact: lossField.nullish(),
    /** {days} of prices: the format has no such figure, so this rule was applied before. */
    price_days: z.number().nullish(),
  }),
  assets: z.record(idField, figuresShape).refine((assets) => Object.keys(assets).length > 0, 'there is no asset'),
  /** What was published: passed, also where the file has no figure. */
  qualified: z.array(z.string()).default([]),
  /** What was published: the rule and the figure that decided, also of assets that the file has nothing else of. */
  excluded: z.record(idField, decidingShape).default({}),
});

/** The figures of the assets of one month, with the thresholds of that month. */
export type FiguresCase = z.output<typeof shape>;
export type Figures = z.output<typeof figuresShape>;

/** What a file of figures holds: one case, or a list. */
export type FiguresFile = { readonly kind: 'single' | 'list'; readonly cases: readonly FiguresCase[] };

/** Whether a JSON value is such a file, and no universe. */
export const isFiguresFile = (value: unknown): boolean =>
  Array.isArray(value) || (typeof value === 'object' && value !== null && 'thresholds' in value);

const parseCase = (value: unknown): FiguresCase => {
  const parsed = parseFile('figures', shape, value);
  const strangers = parsed.qualified.filter((id) => !Object.hasOwn(parsed.assets, id));
  if (strangers.length === 0) return parsed;
  throw new InvalidFileError(
    'figures',
    strangers.map((id) => `qualified: '${id}' is not among the assets`),
  );
};

/**
 * Reads a file of figures; one bad case refuses the whole list, and the error names it.
 *
 * @throws {InputError}
 */
export const parseFiguresFile = ({ value, duplicates }: JsonDocument): FiguresFile => {
  const [duplicate] = duplicates;
  if (duplicate !== undefined) throw duplicateIdError(duplicate);
  if (!Array.isArray(value)) return { kind: 'single', cases: [parseCase(value)] };
  const entries: readonly unknown[] = value;
  if (entries.length === 0) throw new InvalidFileError('figures', ['the list of cases is empty']);
  return { kind: 'list', cases: entries.map((entry, i) => inContext(caseLabel(entry, i), () => parseCase(entry))) };
};
