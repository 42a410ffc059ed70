/** What a person typed into a field for an amount. */
export type TypedAmount =
  | { readonly kind: 'empty' }
  | { readonly kind: 'bad'; readonly why: string }
  | { readonly kind: 'amount'; readonly value: bigint };

/** Reads `1,234.5` exactly {tok of `decimals`}. Commas and spaces between digits may be left in. */
export const readAmount = (text: string, decimals: number): TypedAmount => {
  const bare = text.replace(/[\s,_\u00a0]/g, '');
  if (bare === '') return { kind: 'empty' };
  const match = /^(\d*)(?:\.(\d*))?$/.exec(bare);
  const [, whole = '', fraction = ''] = match ?? [];
  if (match === null || whole + fraction === '') {
    return { kind: 'bad', why: 'Use digits and one point, for example 1,250.50.' };
  }
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
