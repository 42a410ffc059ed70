import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnGuarded } from '@wicker/devnet';
import { ROOT } from '../../scripts/paths.ts';
import { until } from '../scenario/wicker.ts';

/** Makes standard output look like a terminal, for which the table is drawn. */
const TERMINAL =
  'Object.assign(process.stdout, { isTTY: true, rows: 60, columns: 120, clearLine: () => true, cursorTo: () => true })';

/** What `npm start` runs, on a free port and in a folder of its own. */
export interface RunningDevnet {
  /** Where `.wicker/devnet.json` is. */
  readonly folder: string;
  /** What it has said so far, as on a terminal. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

/** Starts a devnet; resolves when its first table has been drawn. */
export const startDevnet = async (): Promise<RunningDevnet> => {
  const folder = mkdtempSync(join(tmpdir(), 'wicker-docs-'));
  const terminal = `data:text/javascript,${encodeURIComponent(TERMINAL)}`;
  const args = [
    '--import',
    terminal,
    join(ROOT, 'packages/cli/bin/wicker.mjs'),
    'up',
    '--port',
    '0',
    '--web-port',
    '0',
  ];
  const child = spawnGuarded(process.execPath, args, { output: 'pipe', cwd: folder });
  let output = '';
  for (const stream of [child.process.stdout, child.process.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const stop = async (): Promise<void> => {
    await child.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until('the table of a devnet', () => output.includes('no fills yet'));
  } catch (error) {
    await stop();
    throw new Error(`the devnet said only:\n${output}`, { cause: error });
  }
  return { folder, output: () => output, stop };
};
