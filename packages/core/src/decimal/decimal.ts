import { InvalidNumberError } from './errors.ts';

/** An exact, non-negative decimal number: value = digits / 10^scale. */
export type Decimal = { readonly digits: bigint; readonly scale: number };

const PLAIN_DECIMAL = /^\d+(\.\d+)?$/;
const DOUBLE = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;

/**
 * Reads a number exactly, as docs/rules.md 4.1 wants it: a string of digits with an optional point as it stands, a JSON number as the
 * shortest decimal that names the same double (0.1 is one tenth). `what` names the quantity in the error.
 *
 * @throws InvalidNumberError when the input is anything else, is negative, infinite or not a number.
 */
export function parseDecimal(input: unknown, what: string): Decimal {
  if (typeof input === 'string') {
    if (!PLAIN_DECIMAL.test(input)) throw new InvalidNumberError(what, input);
    const [whole = '', fraction = ''] = input.split('.');
    return normalise(BigInt(whole + fraction), fraction.length);
  }
  if (typeof input !== 'number' || !Number.isFinite(input) || input < 0) throw new InvalidNumberError(what, input);
  if (Number.isSafeInteger(input)) return { digits: BigInt(input), scale: 0 };
  const match = DOUBLE.exec(String(input));
  if (match === null) throw new InvalidNumberError(what, input);
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale < 0 ? { digits: digits * pow10(-scale), scale: 0 } : normalise(digits, scale);
}

/** The number as a plain string without superfluous zeros: `0.3`, `5000000`. */
export function formatDecimal({ digits, scale }: Decimal): string {
  const fixed = formatFixed(digits, scale);
  return scale === 0 ? fixed : fixed.replace(/\.?0+$/, '');
}

/** `digits / 10^places` with exactly that many places: `formatFixed(128n, 2)` is `1.28`. Non-negative only. */
export function formatFixed(digits: bigint, places: number): string {
  if (places === 0) return digits.toString();
  const padded = digits.toString().padStart(places + 1, '0');
  return `${padded.slice(0, -places)}.${padded.slice(-places)}`;
}

/** `numerator / denominator` to that many places, rounded down. For reports; decisions compare the exact values. */
export function formatQuotient(numerator: bigint, denominator: bigint, places: number): string {
  return formatFixed((numerator * pow10(places)) / denominator, places);
}

/** The digits of the number at a larger (or equal) scale: `digitsAt(0.3, 4)` is 3000. */
export function digitsAt({ digits, scale }: Decimal, target: number): bigint {
  return digits * pow10(target - scale);
}

/** The smallest scale at which all the numbers are integers. */
export function commonScale(numbers: Iterable<Decimal>): number {
  let scale = 0;
  for (const number of numbers) scale = Math.max(scale, number.scale);
  return scale;
}

/** Negative, zero or positive, as a is below, equal to or above b. */
export function compareDecimal(a: Decimal, b: Decimal): number {
  const scale = commonScale([a, b]);
  const difference = digitsAt(a, scale) - digitsAt(b, scale);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** The number as a double, for what may be rounded. */
export function toNumber({ digits, scale }: Decimal): number {
  return Number(digits) / 10 ** scale;
}

/** 10 to the power of a small non-negative integer. */
export function pow10(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

/** `digits / 10^scale` without trailing zeros of the fraction, so that equal numbers have equal representations. */
export function normalise(digits: bigint, scale: number): Decimal {
  if (digits === 0n) return { digits, scale: 0 };
  let [d, s] = [digits, scale];
  while (s > 0 && d % 10n === 0n) {
    d /= 10n;
    s -= 1;
  }
  return { digits: d, scale: s };
}
