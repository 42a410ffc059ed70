import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isInstalled } from './install.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'wicker-'));
  mkdirSync(join(root, 'node_modules'));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (file: string, packages: object): void => writeFileSync(join(root, file), JSON.stringify({ packages }));

const LINK = { link: true, resolved: 'packages/a' };
const WANTED = {
  '': { name: 'root' },
  'packages/a': { version: '1.0.0' },
  'node_modules/a': LINK,
  'node_modules/b': { version: '1.0.0' },
  'node_modules/b-other-platform': { version: '1.0.0', optional: true },
};

it.each([
  ['nothing is there', undefined, false],
  ['all is there but other platforms', { 'node_modules/a': LINK, 'node_modules/b': { version: '1.0.0' } }, true],
  ['a version differs', { 'node_modules/a': LINK, 'node_modules/b': { version: '1.0.1' } }, false],
  ['a package lacks', { 'node_modules/a': LINK }, false],
  ['a package of the workspace lacks', { 'node_modules/b': { version: '1.0.0' } }, false],
])('says whether the packages are installed: %s', (_, present, installed) => {
  write('package-lock.json', WANTED);
  if (present !== undefined) write('node_modules/.package-lock.json', present);
  expect(isInstalled(root)).toBe(installed);
});

it('says what to do without a lock file', () => {
  expect(() => isInstalled(root)).toThrow(expect.objectContaining({ hint: expect.stringContaining('git checkout') }));
});
