import { MathError } from '../math/errors.ts';

/** Items by name, ascending by UTF-16 units: what follows from them must not depend on the order that they came in. */
export const sorted = <T>(items: readonly T[], nameOf: (item: T) => string): T[] =>
  items
    .map((item) => ({ item, name: nameOf(item) }))
    .sort((a, b) => (a.name === b.name ? 0 : a.name < b.name ? -1 : 1))
    .map(({ item }) => item);

/** @throws {MathError} with the code given when a name comes twice, in names sorted */
export const requireOnce = (names: readonly string[], code: string, what: string): void => {
  const twice = names.find((name, i) => i > 0 && names[i - 1] === name);
  if (twice === undefined) return;
  throw new MathError(code, `${what} ${twice} is named twice`, `name each ${what} once, with all that belongs to it`);
};
