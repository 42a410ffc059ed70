import { z } from 'zod';
import { compareDecimal } from '../decimal/decimal.ts';
import { calendarField } from './calendar.ts';
import { decimalField, idField, parseFile } from './fields.ts';

/** A share of the whole, {1}, 0 to 1. */
const shareField = decimalField.refine(
  (value) => compareDecimal(value, { digits: 1n, scale: 0 }) <= 0,
  'a share is 0 to 1',
);

const daysField = z.number().int().nonnegative();

const methodologyShape = z.strictObject({
  id: idField,
  title: z.string().min(1),
  screening: z.strictObject({
    priceImpact: z.strictObject({
      /** Highest loss {1} of a trade of `tradeUsd` against the price before it. */
      max: shareField,
      /** {USD} */
      tradeUsd: decimalField,
    }),
    liquidity: z.strictObject({
      /** {USD}, summed over the supported exchanges. */
      minUsd: decimalField,
      /** {days} */
      minDays: daysField,
    }),
    /** {days} of daily prices. */
    priceHistoryMinDays: daysField,
    supply: z.strictObject({
      /** Circulating / base must be above this, {1}. */
      above: shareField,
      base: z.enum(['max', 'total']),
    }),
  }),
  weights: z.strictObject({
    cap: shareField,
    floor: shareField,
    /** Caps of single assets, in place of `cap`. */
    caps: z.record(idField, shareField).default({}),
  }),
  calendar: calendarField,
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
