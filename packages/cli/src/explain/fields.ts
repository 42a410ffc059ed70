import { digitsAt, parseDecimal } from '@wicker/core';
import * as z from 'zod';

/** A JSON number or a string of digits, at most `places` after the point, as an integer at that scale. */
const fixed = (places: number, signed: boolean) =>
  z.unknown().transform((value, context): bigint => {
    const negative =
      signed && (typeof value === 'number' ? value < 0 : typeof value === 'string' && value.startsWith('-'));
    const magnitude = !negative ? value : typeof value === 'number' ? -value : String(value).slice(1);
    try {
      const decimal = parseDecimal(magnitude, 'the value');
      if (decimal.scale <= places) return (negative ? -1n : 1n) * digitsAt(decimal, places);
      context.addIssue({ code: 'custom', message: `the value has more than ${places} digits after the point` });
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    }
    return z.NEVER;
  });

/** A number of 0 or more with at most `places` digits after the point, as an integer at that scale. */
export const amountField = (places: number) => fixed(places, false);

/** The same, also below 0. */
export const signedField = (places: number) => fixed(places, true);

/** USDC {base}. */
export const usdcField = amountField(6);

/** USDC {base}, also below 0. */
export const signedUsdcField = signedField(6);

/** A percentage as a part {1e18}: 20 is 20 %. */
export const percentField = amountField(16);

/** Whole basis points {bp}. */
export const bpsField = z.int().nonnegative().max(10_000).transform(BigInt);

/** A name of an asset, an index or a person. */
export const nameField = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, 'has control characters');
