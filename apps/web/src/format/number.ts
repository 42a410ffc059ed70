// Numbers as people read them: thousands separated by commas, a real minus, units after a space that does not break.

const MINUS = '\u2212';
const NBSP = '\u00a0';
const BASE_DECIMALS = 6;

/** `1234567.8` -> `1,234,567.8` */
const grouped = (digits: string): string => {
  const [whole = '', fraction] = digits.split('.');
  const commas = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? commas : `${commas}.${fraction}`;
};

const withSign = (negative: boolean, digits: string): string => {
  // What rounds to zero has no sign.
  return negative && /[1-9]/.test(digits) ? `${MINUS}${digits}` : digits;
};

/** {tok of `decimals`} -> a number with that many places, rounded half up: `fixed(1234567n, 3, 1)` is `1,234.6`. */
export const fixed = (value: bigint, decimals: number, places: number): string => {
  const size = value < 0n ? -value : value;
  const scaled =
    decimals <= places
      ? size * 10n ** BigInt(places - decimals)
      : (size + 10n ** BigInt(decimals - places) / 2n) / 10n ** BigInt(decimals - places);
  const padded = scaled.toString().padStart(places + 1, '0');
  const digits = places === 0 ? padded : `${padded.slice(0, -places)}.${padded.slice(-places)}`;
  return withSign(value < 0n, grouped(digits));
};

/** A plain number with that many places. */
export const plain = (value: number, places: number): string =>
  withSign(value < 0, grouped(Math.abs(value).toFixed(places)));

/** {base} -> `1,234.56 USDC` */
export const usdc = (value: bigint, places = 2): string => `${fixed(value, BASE_DECIMALS, places)}${NBSP}USDC`;

/** {base} as `usdc`, and what is too small for two places is `under 0.01 USDC`, never zero. */
export const smallUsdc = (value: bigint): string => {
  const text = usdc(value);
  if (value === 0n || /[1-9]/.test(text)) return text;
  return `under 0.01${NBSP}USDC`;
};

/** {base} -> `+1,234.56 USDC` or `−0.05 USDC` */
export const signedUsdc = (value: bigint, places = 2): string => plus(value > 0n, usdc(value, places));

const plus = (positive: boolean, text: string): string => (positive && /[1-9]/.test(text) ? `+${text}` : text);

/**
 * An amount of a token with as many places as tell something: `1,234.57`, `12.3457`, `0.00012346`; what is smaller than it can
 * show is `<0.000001`, never zero.
 */
export const tokenAmount = (value: bigint, decimals: number): string => {
  const size = value < 0n ? -value : value;
  if (size === 0n) return '0';
  const one = 10n ** BigInt(decimals);
  if (size >= 1_000n * one) return fixed(value, decimals, 2);
  if (size >= one) return fixed(value, decimals, 4);
  if (size * 1_000_000n < one) return `<${value < 0n ? MINUS : ''}0.000001`;
  return fixed(value, decimals, 6);
};

/** {base} of one whole token, with as many places as tell something. */
export const priceText = (value: bigint): string => {
  if (value >= 100n * 10n ** 6n) return fixed(value, BASE_DECIMALS, 2);
  return fixed(value, BASE_DECIMALS, value >= 10n ** 6n ? 4 : 6);
};

/** {1e18} -> `8.97 %` */
export const percent = (weight: bigint, places = 2): string => `${fixed(weight, 16, places)}${NBSP}%`;

/** {1} -> `+1.23 %`, `−0.46 %`, `0.00 %` */
export const signedPercent = (part: number, places = 2): string =>
  plus(part > 0, `${plain(part * 100, places)}${NBSP}%`);

/** {bps} -> `16.1 bps` */
export const bps = (value: number, places = 1): string => `${plain(value, places)}${NBSP}bps`;

/** {bps} -> `+16.1 bps` */
export const signedBps = (value: number, places = 1): string => plus(value > 0, bps(value, places));

/** {bps} of a weight -> percentage points with a sign: `+0.12` */
export const signedPoints = (weightBps: number): string => plus(weightBps > 0, plain(weightBps / 100, 2));

/** {1e18} -> {bps} with two places */
export const toBps = (weight: bigint): number => Number(weight / 10n ** 12n) / 100;

/** `1 fill`, `3 fills` */
export const count = (many: number, one: string): string => `${plain(many, 0)} ${one}${many === 1 ? '' : 's'}`;
