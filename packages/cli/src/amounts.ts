import { type Decimal, digitsAt, formatFixed, InputError, parseDecimal } from '@wicker/core';
import { groupDigits } from './output.ts';

/** {1} digits after the point that tables show of an amount of at least one whole; below it that many telling digits */
const PLACES = 4;

/** {tok} above any supply: the vault keeps amounts and supplies in 128 bits */
const LARGEST_AMOUNT = (1n << 128n) - 1n;

/** @throws {InputError} with the code given for what is not digits with an optional point */
const decimalOf = (text: string, code: string, what: string): Decimal => {
  try {
    return parseDecimal(text, what);
  } catch {
    throw new InputError(
      code,
      `${what} is '${text}', which is no amount`,
      'Give digits, such as 1234.5: without a sign, commas or a unit.',
    );
  }
};

/**
 * A positive decimal amount of the command line in smallest units: `1.5` of a token with 6 decimals is 1 500 000.
 *
 * @param what names the option in errors, such as `--shares`
 * @throws {InputError} BAD_AMOUNT, also for 0 and for more decimals than the token has
 */
export const parseAmount = (text: string, decimals: number, what: string): bigint => {
  const decimal = decimalOf(text.replaceAll(/[ _](?=\d)/g, ''), 'BAD_AMOUNT', what);
  if (decimal.digits === 0n) throw new InputError('BAD_AMOUNT', `${what} is 0`, 'Give an amount above 0.');
  if (decimal.scale > decimals) {
    throw new InputError(
      'BAD_AMOUNT',
      `${what} is ${text}, which has more than ${decimals} digits after the point`,
      'Round it.',
    );
  }
  const amount = digitsAt(decimal, decimals);
  if (amount <= LARGEST_AMOUNT) return amount;
  throw new InputError('BAD_AMOUNT', `${what} is ${text}, which is more than there is of anything`, 'Give less.');
};

/** What slippages are parts of: 0.5 % is 5 000 of a million. */
const MILLION = 1_000_000n;

/**
 * A part of the command line, `0.5` or `0.5%`, in millionths.
 *
 * @throws {InputError} BAD_SLIPPAGE
 */
export const parseSlippage = (text: string): bigint => {
  const decimal = decimalOf(text.replace(/ ?%$/, ''), 'BAD_SLIPPAGE', '--slippage');
  const millionths = decimal.scale > 4 ? MILLION : digitsAt(decimal, 4);
  if (millionths < MILLION) return millionths;
  throw new InputError(
    'BAD_SLIPPAGE',
    `--slippage is ${text}`,
    'Give a percentage below 100 with at most 4 digits after the point, such as 0.5.',
  );
};

/** What is left of an amount after a part {1/1 000 000} of it, floored. */
export const lessPart = (amount: bigint, millionths: bigint): bigint => (amount * (MILLION - millionths)) / MILLION;

/** An amount for people: `1 234.5678`, small ones with the first digits that tell, cut off and never rounded up. */
export const formatAmount = (amount: bigint, decimals: number): string => {
  const sign = amount < 0n ? '-' : '';
  const [whole = '', fraction = ''] = formatFixed(amount < 0n ? -amount : amount, decimals).split('.');
  const zeros = /^0*/.exec(fraction)?.[0].length ?? 0;
  const kept = (whole === '0' ? fraction.slice(0, zeros + PLACES) : fraction.slice(0, PLACES)).replace(/0+$/, '');
  return `${sign}${groupDigits(whole)}${kept === '' ? '' : `.${kept}`}`;
};

/** An amount in full, without grouping: for messages that somebody copies. */
export const exactAmount = (amount: bigint, decimals: number): string =>
  decimals === 0 ? amount.toString() : formatFixed(amount, decimals).replace(/\.?0+$/, '');
