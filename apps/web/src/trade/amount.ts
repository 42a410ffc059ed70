/** What a person typed into a field for an amount. */
export type TypedAmount =
  | { readonly kind: 'empty' }
  | { readonly kind: 'bad'; readonly why: string }
  | { readonly kind: 'amount'; readonly value: bigint };

/** Digits in groups of three, all by the same sign, or in none; then a point and more digits. */
const TYPED = /^(\d*|\d{1,3}(?:([,_\s])\d{3}(?:\2\d{3})*))(?:\.(\d*))?$/;
/** {1} digits before the point: more than there is of anything */
const MOST_DIGITS = 30;

/**
 * Reads `1,234.5` exactly {tok of `decimals`}. A comma or space stands between groups of three digits only: `1,5`, which is one and
 * a half to half of the world, is no amount rather than 15.
 */
export const readAmount = (text: string, decimals: number): TypedAmount => {
  const bare = text.trim();
  if (bare === '') return { kind: 'empty' };
  const match = TYPED.exec(bare);
  const [, grouped = '', , fraction = ''] = match ?? [];
  const whole = grouped.replace(/\D/g, '');
  if (match === null || whole + fraction === '') {
    return { kind: 'bad', why: 'Use digits and a point before the decimals, for example 1,250.50.' };
  }
  if (whole.length > MOST_DIGITS) return { kind: 'bad', why: 'Use a smaller amount: there is not so much of it.' };
  if (fraction.length > decimals) return { kind: 'bad', why: `Use at most ${decimals} places after the point.` };
  const value = BigInt(whole + fraction.padEnd(decimals, '0'));
  if (value === 0n) return { kind: 'bad', why: 'Use an amount above zero.' };
  return { kind: 'amount', value };
};

/** The whole of an amount as a person would type it, without losing a digit. */
export const writeAmount = (value: bigint, decimals: number): string => {
  const digits = value.toString().padStart(decimals + 1, '0');
  const [whole, fraction] = [digits.slice(0, digits.length - decimals), digits.slice(digits.length - decimals)];
  const kept = fraction.replace(/0+$/, '');
  return kept === '' ? whole : `${whole}.${kept}`;
};

/** Slippage as typed in percent -> {bps}; undefined when it is no number from 0 to 50 with at most two places. */
export const readSlippage = (text: string): bigint | undefined => {
  const typed = readAmount(text, 2);
  if (typed.kind === 'amount') return typed.value <= 5_000n ? typed.value : undefined;
  return /^0*\.?0*$/.test(text.trim()) && text.includes('0') ? 0n : undefined;
};
