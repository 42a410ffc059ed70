/** How often each line ran, and how often each way of each branch was taken. */
export interface FileCoverage {
  readonly path: string;
  /** Hits by line number, from 1. */
  readonly lines: ReadonlyMap<number, number>;
  readonly branches: readonly Branch[];
}

interface Branch {
  readonly line: number;
  /** Number of the branch in its file, and of the way within it. */
  readonly id: string;
  readonly hits: number;
}

export interface Tally {
  readonly hit: number;
  readonly all: number;
}

const numbers = (text: string): number[] => text.split(',').map((part) => (part === '-' ? 0 : Number(part)));

const parseFile = (record: string): FileCoverage[] => {
  const rows = record.split('\n');
  const of = (tag: string): string[] =>
    rows.filter((row) => row.startsWith(`${tag}:`)).map((row) => row.slice(tag.length + 1));
  const [path] = of('SF');
  if (path === undefined) return [];
  const lines = new Map<number, number>();
  for (const [line = 0, hits = 0] of of('DA').map(numbers)) lines.set(line, Math.max(hits, lines.get(line) ?? 0));
  const branches = of('BRDA').map((text) => {
    const [line = 0, branch = 0, way = 0, hits = 0] = numbers(text);
    return { line, id: `${branch},${way}`, hits };
  });
  return [{ path, lines, branches }];
};

/** Reads a tracefile of lcov. */
export const parseLcov = (text: string): FileCoverage[] => text.split('end_of_record').flatMap(parseFile);

/** Writes a tracefile of lcov. */
export const renderLcov = (files: readonly FileCoverage[]): string =>
  files
    .map(({ path, lines, branches }) =>
      [
        `SF:${path}`,
        ...[...lines].map(([line, hits]) => `DA:${line},${hits}`),
        ...branches.map(({ line, id, hits }) => `BRDA:${line},${id},${hits}`),
        'end_of_record\n',
      ].join('\n'),
    )
    .join('');

const ASSEMBLY = /^\s*assembly\b.*\{$/;
const braces = (line: string): number => {
  const code = line.replace(/\/\/.*/, '');
  return (code.match(/\{/g)?.length ?? 0) - (code.match(/\}/g)?.length ?? 0);
};

/**
 * Gives statements of inline assembly the hits of the statement before their block. The compiler's intermediate form, which the
 * deepest contracts need, forgets where such statements stand: forge counts them as never run. Only statements that run
 * whenever the block runs get hits, not those inside its own conditions and loops, and none when a condition of the
 * surrounding code opens right before the block.
 *
 * @param source the lines of the file
 */
export const withAssembly = (file: FileCoverage, source: readonly string[]): FileCoverage => {
  const lines = new Map(file.lines);
  let before = { hits: 0, conditional: true };
  let depth = 0;
  for (const [i, text] of source.entries()) {
    const own = lines.get(i + 1);
    if (depth > 0) {
      const straight = depth === 1 && !/^\s*(case|default)\b/.test(text);
      if (own === 0 && straight && !before.conditional) lines.set(i + 1, before.hits);
      depth += braces(text);
    } else if (ASSEMBLY.test(text)) {
      depth = 1;
      if (own !== undefined) before = { hits: own, conditional: false };
    } else if (own !== undefined) {
      before = { hits: own, conditional: /^\s*(if|else|for|while|\} else)\b.*\{$/.test(text) };
    }
  }
  return { ...file, lines };
};

/** `3, 7-9` */
const ranges = (sorted: readonly number[]): string => {
  const runs: [number, number][] = [];
  for (const line of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && line <= last[1] + 1) last[1] = line;
    else runs.push([line, line]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
};

/** How much of a file was reached, and which lines were not, or whose branch was not taken. */
export const partOf = ({ lines, branches }: FileCoverage): { lines: Tally; branches: Tally; missed: string } => {
  const missed = new Set([
    ...[...lines].flatMap(([line, hits]) => (hits === 0 ? [line] : [])),
    ...branches.flatMap(({ line, hits }) => (hits === 0 ? [line] : [])),
  ]);
  return {
    lines: { hit: [...lines.values()].filter((hits) => hits > 0).length, all: lines.size },
    branches: { hit: branches.filter(({ hits }) => hits > 0).length, all: branches.length },
    missed: ranges([...missed].sort((a, b) => a - b)),
  };
};
