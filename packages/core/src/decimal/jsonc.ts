import { parse, type ValueNode } from '@humanwhocodes/momoa';
import { InvalidJsonError } from './errors.ts';
import { parseUniqueJson } from './json.ts';

/** A JSON value and where its parts stand in the text. */
export interface LocatedJson {
  readonly value: unknown;
  /** {line} from 1, of the part at a path, or of the nearest part around it that is there */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

const treeOf = (text: string) => {
  try {
    return parse(text, { mode: 'jsonc', tokens: true, ranges: true });
  } catch (error) {
    throw new InvalidJsonError(`the text is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const childAt = (node: ValueNode, step: PropertyKey | undefined): ValueNode | undefined => {
  if (node.type === 'Array' && typeof step === 'number') return node.elements[step]?.value;
  if (node.type !== 'Object') return undefined;
  return node.members.find(({ name }) => (name.type === 'String' ? name.value : name.name) === step)?.value;
};

/**
 * Reads JSON with comments, and tells at which line each part is.
 *
 * @throws {InvalidJsonError}, {DuplicateIdError}
 */
export const parseLocatedJson = (text: string): LocatedJson => {
  if (text.trim() === '') return { value: parseUniqueJson(text), lineOf: () => 1 };
  const { body, tokens = [] } = treeOf(text);
  // Comments become blanks, line by line, so that every other character stays where it was.
  const bare = tokens
    .filter(({ type }) => type === 'LineComment' || type === 'BlockComment')
    .reduce((rest, { loc: { start, end } }) => {
      const comment = rest.slice(start.offset, end.offset);
      return rest.slice(0, start.offset) + comment.replace(/[^\n]/g, ' ') + rest.slice(end.offset);
    }, text);
  return {
    value: parseUniqueJson(bare),
    lineOf: (path) => {
      let node: ValueNode = body;
      for (const step of path) {
        const child = childAt(node, step);
        if (child === undefined) break;
        node = child;
      }
      return node.loc.start.line;
    },
  };
};
