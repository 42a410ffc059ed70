import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { spawnGuarded } from '../packages/devnet/src/guarded.ts';
import { withLock } from './lock.mjs';

const LOCK = new URL('./lock.mjs', import.meta.url).href;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wicker-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Processes that each say when they enter and when they leave, 100 ms later. */
const contend = async (count: number, file: string): Promise<string[]> => {
  const script = `
    import { withLock } from ${JSON.stringify(LOCK)};
    await withLock(${JSON.stringify(file)}, 'working', async () => {
      console.log('enter ' + process.pid);
      await new Promise((resolve) => setTimeout(resolve, 100));
      console.log('leave ' + process.pid);
    });
  `;
  const said: string[] = [];
  const children = Array.from({ length: count }, () => {
    const child = spawnGuarded(process.execPath, ['--input-type=module', '-e', script], { output: 'pipe' });
    child.process.stdout?.setEncoding('utf8').on('data', (text: string) => said.push(...text.trim().split('\n')));
    return child.exited;
  });
  expect(await Promise.all(children)).toEqual(children.map(() => 0));
  return said;
};

const expectTurns = (said: readonly string[], count: number): void => {
  expect(said).toHaveLength(2 * count);
  for (let i = 0; i < said.length; i += 2) expect(said[i + 1]).toBe(said[i]?.replace('enter', 'leave'));
};

it('lets one process in at a time', async () => {
  expectTurns(await contend(4, join(folder, 'a.lock')), 4);
});

it('is taken over, by one, from a process that is gone', async () => {
  const file = join(folder, 'b.lock');
  const gone = spawnGuarded('true', [], { output: 'pipe' });
  await gone.exited;
  writeFileSync(file, String(gone.process.pid));
  expectTurns(await contend(4, file), 4);
});

it('is released when the work fails', async () => {
  const file = join(folder, 'c.lock');
  const failing = withLock(file, 'failing', () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect(await withLock(file, 'working', () => Promise.resolve(7))).toBe(7);
});
