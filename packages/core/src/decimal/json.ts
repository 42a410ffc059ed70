import { parse, type ValueNode } from '@humanwhocodes/momoa';
import { DuplicateIdError, InvalidJsonError } from './errors.ts';

/** A step into a JSON document: a key of an object or a position in a list. */
export type JsonPath = readonly (string | number)[];

/** A key that occurs a second time in the object at `path`; line counts from 1. */
export type DuplicateKey = { readonly path: JsonPath; readonly key: string; readonly line: number };

/** The value of a JSON text, and what `JSON.parse` hides: the keys that occur twice. */
export type JsonDocument = { readonly value: unknown; readonly duplicates: readonly DuplicateKey[] };

/**
 * Parses a JSON text and reports duplicate keys, also those spelled differently by escapes.
 *
 * @throws InvalidJsonError with line and column when the text is empty or not JSON.
 */
export function parseJson(text: string): JsonDocument {
  if (text.trim() === '') throw new InvalidJsonError('the text is empty', 'Write a JSON object or list into it.');
  // Two parsers, each for what it is good at: the built-in one is strict about every character, momoa knows positions.
  const strict = attempt(() => JSON.parse(text) as unknown);
  const tree = attempt(() => parse(text, { mode: 'json' }));
  if (tree.error instanceof RangeError) throw new InvalidJsonError('the text is not usable JSON: it nests too deeply');
  if (tree.error !== undefined) throw new InvalidJsonError(`the text is not JSON: ${tree.error.message}`);
  if (strict.error !== undefined) throw new InvalidJsonError(`the text is not JSON: ${strict.error.message}`);
  const duplicates: DuplicateKey[] = [];
  collectDuplicates(tree.value.body, [], duplicates);
  return { value: strict.value, duplicates };
}

/**
 * The value of a JSON text in which no key occurs twice.
 *
 * @throws InvalidJsonError, DuplicateIdError
 */
export function parseUniqueJson(text: string): unknown {
  const { value, duplicates } = parseJson(text);
  const [first] = duplicates;
  if (first !== undefined) throw duplicateIdError(first);
  return value;
}

/** The error for a duplicate key, with its place. */
export function duplicateIdError({ key, line, path }: DuplicateKey): DuplicateIdError {
  const inside = path.length === 0 ? '' : ` in ${formatPath(path)}`;
  return new DuplicateIdError(key, `${inside} (line ${line})`);
}

/** A path for people: `tokens[3].figures.priceUsd`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${String(step)}`))
    .join('');
}

function collectDuplicates(node: ValueNode, path: JsonPath, found: DuplicateKey[]): void {
  if (node.type === 'Array') {
    for (const [i, element] of node.elements.entries()) collectDuplicates(element.value, [...path, i], found);
  }
  if (node.type !== 'Object') return;
  const seen = new Set<string>();
  for (const member of node.members) {
    const key = member.name.type === 'String' ? member.name.value : member.name.name;
    if (seen.has(key)) found.push({ path, key, line: member.loc.start.line });
    seen.add(key);
    collectDuplicates(member.value, [...path, key], found);
  }
}

type Attempt<T> =
  | { readonly value: T; readonly error?: undefined }
  | { readonly value?: undefined; readonly error: Error };

function attempt<T>(action: () => T): Attempt<T> {
  try {
    return { value: action() };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}
