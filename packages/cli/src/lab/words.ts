import { groupDigits } from '../output.ts';

/** What stands where a figure is not defined. */
const NONE = '-';

/** A share {1} in percent with one decimal. */
export const percentOr = (share: number | null): string => (share === null ? NONE : `${(share * 100).toFixed(1)} %`);

/** A ratio with two decimals. */
export const decimalOr = (value: number | null): string => (value === null ? NONE : value.toFixed(2));

/** {USD} whole, in groups of digits. */
export const usd = (amount: number): string => groupDigits(Math.round(amount).toString());
