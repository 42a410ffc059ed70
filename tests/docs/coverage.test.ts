import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/paths.ts';

const CORE = 'packages/core/src';
const page = readFileSync(join(ROOT, 'docs/coverage.md'), 'utf8');
const rows = page.split('\n').filter((line) => /^\| (?!-|feature|what)/.test(line));

/** Folders of core that serve rules and are none. */
const HELPERS = ['decimal', 'math', 'canonical'];

/** What a file exports as modules; one that only gathers others stands for these. */
const modulesOf = (file: string): string[] => {
  const text = readFileSync(join(ROOT, CORE, file), 'utf8');
  return [...text.matchAll(/^export \* as \w+ from '(.+)';$/gm)].flatMap(([, path = '']) => {
    const module = join(dirname(file), path);
    const own = modulesOf(module);
    return own.length > 0 ? own : [module];
  });
};

describe('docs/coverage.md', () => {
  it('has a row for every folder of rules', () => {
    const folders = readdirSync(join(ROOT, CORE), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !HELPERS.includes(entry.name))
      .map(({ name }) => name);
    expect(folders.length).toBeGreaterThan(10);
    expect(folders.filter((name) => !page.includes(`${CORE}/${name}/`))).toEqual([]);
  });

  it('names every rule that core exports as a module of its own', () => {
    const rules = modulesOf('index.ts').filter((path) => !HELPERS.includes(path.split('/')[0] ?? ''));
    expect(rules.length).toBeGreaterThan(30);
    expect(rules.filter((path) => !page.includes(`${CORE}/${path})`))).toEqual([]);
  });

  it('has in each row a rule, and a contract or why there is none', () => {
    for (const row of rows.filter((one) => one.includes(`${CORE}/`))) {
      const [, feature = '', , chain = ''] = row.split('|').map((cell) => cell.trim());
      expect(feature).not.toBe('');
      expect(chain, row).toMatch(/contracts\/src|planned|off chain|no matter of a chain/);
    }
  });
});
