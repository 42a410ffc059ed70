import { formatFixed } from '@wicker/core';

const BASE_PLACES = 6;

/** 1, 'fill' -> `1 fill`; 3 -> `3 fills` */
export const numberText = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** `a`, `a and b`, `a, b and c`; many are cut short */
export const listText = (parts: readonly string[], most = 4): string => {
  if (parts.length > most) return `${parts.slice(0, most).join(', ')} and ${parts.length - most} more`;
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
};

/** {base} -> `1 234`, in whole units of the base */
export const amountText = (value: bigint): string =>
  (formatFixed(value, BASE_PLACES).split('.')[0] ?? '').replace(/\B(?=(\d{3})+$)/g, ' ');

/** {s} -> `40 s`, `12 min`, `3 h 20 min` */
export const durationText = (seconds: bigint): string => {
  if (seconds < 60n) return `${seconds} s`;
  const minutes = seconds / 60n;
  if (minutes < 60n) return `${minutes} min`;
  return `${minutes / 60n} h ${minutes % 60n} min`;
};
