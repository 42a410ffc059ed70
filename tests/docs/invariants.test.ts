import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/paths.ts';

const TESTS = join(ROOT, 'contracts/test');

const page = readFileSync(join(ROOT, 'docs/invariants.md'), 'utf8');
const invariants = [...page.matchAll(/^\| `([A-Z_]+)` \| (.+?) \| (.+?) \|$/gm)].map(
  ([, id = '', sentence = '', files = '']) => ({
    id,
    sentence,
    files: [...files.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
  }),
);

/** The ids that the actors of the campaign check. */
const checked = readdirSync(join(TESTS, 'invariant'))
  .map((file) => readFileSync(join(TESTS, 'invariant', file), 'utf8'))
  .flatMap((source) => [...source.matchAll(/"([A-Z]+(?:_[A-Z]+)*)"/g)].map(([, id]) => id));

describe('docs/invariants.md', () => {
  it.each(invariants)('$id is a sentence and is checked where it says', ({ id, sentence, files }) => {
    expect(sentence).toMatch(/^[A-Z].+\.$/);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(readFileSync(join(TESTS, file), 'utf8')).toMatch(new RegExp(`\\b${id}\\b`));
  });

  it('has every id that the campaign checks, once', () => {
    const ids = invariants.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining([...new Set(checked)]));
    expect(ids.length).toBeGreaterThanOrEqual(18);
  });
});
