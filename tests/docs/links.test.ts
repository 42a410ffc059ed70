import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/paths.ts';
import { anchorsOf, type Page, proseOf, readPages, resolveLink } from './pages.ts';

const pages = readPages();
const pageAt = new Map(pages.map((page) => [page.path, page]));
const each = pages.map((page) => [page.path, page] as const);

const linksOf = (page: Page): string[] => [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
const codeOf = (page: Page): string[] => [...proseOf(page).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

/** Folders whose paths the pages name. */
const IN_CHECKOUT = /^(\.ci|bench|contracts|data|docs|packages|scripts|tests)\/[^\s*<]*$/;

describe('documentation', () => {
  it.each(each)('%s links to what is there', (_, page) => {
    for (const link of linksOf(page).filter((one) => !one.startsWith('https://'))) {
      const { path, anchor } = resolveLink(page.path, link);
      expect(existsSync(join(ROOT, path)), `${link}: no such file`).toBe(true);
      const target = pageAt.get(path);
      if (anchor !== '' && target) expect([...anchorsOf(target)], `${link}: no such heading`).toContain(anchor);
    }
  });

  it.each(each)('%s names files and folders that are there', (_, page) => {
    const missing = codeOf(page).filter((code) => IN_CHECKOUT.test(code) && !existsSync(join(ROOT, code)));
    expect(missing).toEqual([]);
  });

  it.each(each)('%s names npm scripts that are there', (_, { text }) => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const named = [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('sections of the rules that code cites are there', () => {
    const rules = pageAt.get('docs/rules.md');
    const sections = [...(rules?.text ?? '').matchAll(/^#+ (\d+(?:\.\d+)?) /gm)].map(([, number]) => number);
    expect(sections).toEqual(['1', '2', '3', '4', '4.1', '4.2', '5', '6', ...'7 8 9 10 11 12 13 14 15'.split(' ')]);
    expect(rules?.text).toContain('\n## Roles and delays\n');
  });
});
