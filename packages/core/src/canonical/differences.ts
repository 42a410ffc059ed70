import { canonicalJson, isList, type Json } from './canonical-json.ts';

/** A place where two JSON values differ; undefined where one of them has nothing. */
export type Difference = {
  /** Keys and positions that lead there. */
  readonly path: readonly string[];
  readonly before: Json | undefined;
  readonly after: Json | undefined;
};

type Members = { readonly [key: string]: Json | undefined };

const isMembers = (value: Json | undefined): value is Members =>
  typeof value === 'object' && value !== null && !isList(value);

/** Where two values differ, as deep as both have members; lists are compared whole. In the order of keys, by UTF-16 code unit. */
export const differences = (
  before: Json | undefined,
  after: Json | undefined,
  path: readonly string[] = [],
): Difference[] => {
  if (isMembers(before) && isMembers(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => differences(ownOf(before, key), ownOf(after, key), [...path, key]));
  }
  const [x, y] = [before, after].map((value) => (value === undefined ? undefined : canonicalJson(value)));
  return x === y ? [] : [{ path, before, after }];
};

const ownOf = (value: Members, key: string): Json | undefined => (Object.hasOwn(value, key) ? value[key] : undefined);
