import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../../scripts/paths.ts';

/** A page of documentation; paths are relative to the checkout. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** A fenced code block. */
export interface Block {
  readonly page: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
  readonly language: string;
  /** What stands behind the language, such as `tested-by=tests/scenario/demo.test.ts`; readers do not see it. */
  readonly info: string;
  readonly code: string;
  /** The block before it on the same page. */
  readonly before: Block | undefined;
}

const DOCS = 'docs';

const pageAt = (path: string): Page => ({ path, text: readFileSync(join(ROOT, path), 'utf8') });

/** All pages: those of the checkout itself, then docs/. */
export const readPages = (): Page[] =>
  [
    ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
    ...readdirSync(join(ROOT, DOCS))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(DOCS, name)),
  ].map(pageAt);

const FENCE = /^```(\S*) ?(.*)$/;

/** The code blocks of a page, in their order. @throws when a fence is not closed */
export const blocksOf = ({ path, text }: Page): Block[] => {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const [, language = '', info = ''] = FENCE.exec(lines[at] ?? '') ?? [undefined];
    if (!lines[at]?.startsWith('```')) continue;
    const end = lines.indexOf('```', at + 1);
    if (end === -1) throw new Error(`${path}:${at + 1}: the block is not closed`);
    const code = lines.slice(at + 1, end).join('\n');
    blocks.push({ page: path, line: at + 1, language, info, code, before: blocks.at(-1) });
    at = end;
  }
  return blocks;
};

/** The text of a page without its code blocks. */
export const proseOf = ({ text }: Page): string => text.replace(/^```[\s\S]*?^```$/gm, '');

/** Where GitHub's anchors of a page's headings point: lower case, without punctuation, with - for spaces. */
export const anchorsOf = (page: Page): Set<string> =>
  new Set(
    [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

/** A link's target, relative to the checkout, and the heading it names. */
export const resolveLink = (from: string, link: string): { path: string; anchor: string } => {
  const [target = '', anchor = ''] = link.split('#');
  return { path: target === '' ? from : join(dirname(from), target), anchor };
};
