import * as z from 'zod';
import { parseLocatedJson } from '../decimal/jsonc.ts';
import { calendarField } from './calendar.ts';
import { daysField, decimalField, idField, monthField, parseFile, shareField } from './fields.ts';
import { ATTESTED_RULES } from './rules.ts';

const unique = (list: readonly string[]): boolean => new Set(list).size === list.length;

const screeningShape = z.strictObject({
  category: z
    .string()
    .min(1)
    .nullable()
    .meta({ description: 'The assets considered are those of the universe in this category; null for all of them.' }),
  supply: z
    .strictObject({
      above: shareField.meta({ description: 'Circulating / base must be above this share; exactly the share fails.' }),
      base: z.enum(['max', 'total']).meta({ description: 'max: as published; total: as calculated in practice.' }),
    })
    .nullable(),
  liquidity: z
    .strictObject({ minUsd: decimalField.meta({ description: 'USD on chain, summed over the supported exchanges.' }) })
    .nullable(),
  liquidityHistory: z
    .strictObject({ minDays: daysField.meta({ description: 'Days for which that liquidity has been there.' }) })
    .nullable(),
  priceImpact: z
    .strictObject({
      max: shareField.meta({ description: 'Highest loss of the trade against the price before it, worse direction.' }),
      tradeUsd: decimalField.meta({ description: 'USD size of the trade.' }),
    })
    .nullable(),
  priceHistory: z.strictObject({ minDays: daysField.meta({ description: 'Days of daily prices.' }) }).nullable(),
  attested: z
    .array(z.enum(ATTESTED_RULES))
    .refine(unique, 'a rule is named twice')
    .meta({ description: 'Facts that somebody has to attest, with a source and its date: an unattested fact fails.' }),
});

const selectionShape = z
  .strictObject({
    size: z.number().int().min(1).meta({ description: 'The largest by market cap that are taken.' }),
    enter: z
      .number()
      .int()
      .min(1)
      .optional()
      .meta({ description: 'Best ranks always enter, to this one; default size.' }),
    stay: z.number().int().min(1).optional().meta({ description: 'Members stay to this rank; default size.' }),
  })
  .refine(({ size, enter = size, stay = size }) => enter <= size && size <= stay, 'it has to be enter <= size <= stay');

const splitShape = z.strictObject({
  asset: idField,
  into: idField.meta({ description: 'Gets a share of the weight of the asset.' }),
  shares: z
    .array(z.strictObject({ from: monthField, share: shareField }))
    .min(1)
    .refine((list) => list.every(({ from }, i) => i === 0 || (list[i - 1]?.from ?? '') < from), 'months have to ascend')
    .meta({ description: 'The share from a month of rebalancing on, until the next entry; none before the first.' }),
});

const weightsShape = z.strictObject({
  by: z.enum(['market-cap', 'sqrt-market-cap', 'equal', 'net-yield']),
  cap: shareField.meta({ description: 'Highest weight of one asset; 1 for none.' }),
  floor: shareField.meta({ description: 'Lowest weight of one asset; what is below leaves; 0 for none.' }),
  caps: z.record(idField, shareField).default({}).meta({ description: 'Caps of single assets, in place of `cap`.' }),
  liquidityScore: z
    .strictObject({
      fullUsd: decimalField
        .refine(({ digits }) => digits > 0n, 'has to be above 0')
        .meta({ description: 'USD of liquidity from which an asset counts whole; with less it counts in proportion.' }),
    })
    .nullable()
    .default(null),
  splits: z
    .array(splitShape)
    .default([])
    .refine((list) => unique(list.flatMap(({ asset, into }) => [asset, into])), 'an asset occurs in two splits'),
});

const costsShape = z.strictObject({
  poolFeeBps: z.number().min(0).max(1_000).meta({ description: 'Basis points that a pool keeps of a trade.' }),
  gasUsdPerTrade: z.number().min(0).meta({ description: 'USD for the gas of one trade.' }),
  managementFee: shareField.meta({ description: 'Share of the fund a year, taken continuously.' }),
});

const fixedTermShape = z
  .strictObject({
    underlying: idField,
    rollDaysBefore: daysField.meta({
      description: 'Days before maturity at which a term is sold and the next one is bought.',
    }),
  })
  .meta({ description: 'The assets are principal tokens of `underlying`: priced by their discount to maturity.' });

export const methodologyShape = z.strictObject({
  $schema: z.string().optional(),
  format: z.literal(1).meta({ description: 'Version of this format.' }),
  id: idField,
  title: z.string().min(1),
  about: z.string().min(1).optional().meta({ description: 'The idea, for readers.' }),
  screening: screeningShape,
  selection: selectionShape.nullable().default(null),
  weights: weightsShape,
  calendar: calendarField,
  costs: costsShape,
  homes: z
    .record(idField, z.string().min(1))
    .default({})
    .meta({ description: 'The chain on which an asset is bought: that of its own liquidity, never a bridged form.' }),
  fixedTerm: fixedTermShape.nullable().default(null),
});

/** How an index chooses and weighs its assets: every number of docs/rules.md 4.1 is a field of it. */
export type Methodology = z.output<typeof methodologyShape>;

/**
 * Reads a methodology from parsed JSON.
 *
 * @throws InvalidFileError that names every field at fault.
 */
export function parseMethodology(json: unknown): Methodology {
  return parseFile('methodology', methodologyShape, json);
}

/**
 * Reads a methodology from the text of its file: JSON with comments.
 *
 * @throws InvalidJsonError, DuplicateIdError; InvalidFileError with line, field and what was expected, for every fault.
 */
export function parseMethodologyText(text: string): Methodology {
  const { value, lineOf } = parseLocatedJson(text);
  return parseFile('methodology', methodologyShape, value, lineOf);
}
