import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const LOG = new URL('./log.ts', import.meta.url).href;
/** A device that is always full. */
const FULL = '/dev/full';

describe.skipIf(!existsSync(FULL))('a log that cannot be written', () => {
  it.each([true, false])('does not end the keeper (json: %s)', (json) => {
    const script = `
      const { createLog } = await import(${JSON.stringify(LOG)});
      const log = createLog({ json: ${json} });
      for (let i = 0; i < 3; i += 1) log.info('a line');
      process.stderr.write('goes on');
    `;
    const out = openSync(FULL, 'w');
    const args = ['--import', 'tsx', '--input-type=module', '-e', script];
    const { stderr, status } = spawnSync(process.execPath, args, { stdio: ['ignore', out, 'pipe'] });
    closeSync(out);
    expect([stderr.toString(), status]).toEqual(['goes on', 0]);
  });
});
