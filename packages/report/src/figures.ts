/** `1234567` -> `1 234 567` */
export const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ' ');

/** A number with so many digits after the point, in groups of three before it, and the sign that print has for a minus. */
export const decimal = (value: number, places: number): string => {
  const [whole = '', part] = Math.abs(value).toFixed(places).split('.');
  const text = part === undefined ? grouped(whole) : `${grouped(whole)}.${part}`;
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
};

/** `0.0123` -> `1.2 %` */
export const percent = (share: number, places: number): string => `${decimal(share * 100, places)} %`;

const UNITS = [
  [1e9, ' bn'],
  [1e6, ' m'],
  [1e3, ' k'],
] as const;

/** An amount as the marks of an axis have it: `1.2 m`, `250 k`; at most three digits that matter. */
export const short = (value: number): string => {
  const [unit, name] = UNITS.find(([one]) => Math.abs(value) >= one) ?? [1, ''];
  return `${threeDigits(value / unit)}${name}`;
};

/** A share as the marks of an axis have it: `0.05 %`, `20 %`. */
export const shortPercent = (share: number): string => `${threeDigits(share * 100)} %`;

const threeDigits = (value: number): string => {
  const text = String(Number(Math.abs(value).toPrecision(3)));
  return value < 0 ? `−${text}` : text;
};
