import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { spawnGuarded } from '../packages/devnet/src/guarded.ts';

const RUN = fileURLToPath(new URL('./run.mjs', import.meta.url));
const PARENTS = new URL('./parents.mjs', import.meta.url).href;

const run = async (args: readonly string[], nodeArgs: readonly string[] = []) => {
  const child = spawnGuarded(process.execPath, [...nodeArgs, RUN, ...args], { output: 'pipe' });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child.process[name]?.setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  return { code: await child.exited, ...said };
};

describe('run.mjs', () => {
  it('says in one line that Node is too old', async () => {
    const old = `Object.defineProperty(process, 'versions', { value: { node: '20.18.3' } })`;
    expect(await run(['wicker'], ['--import', `data:text/javascript,${encodeURIComponent(old)}`])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'error: Node 20.18.3 is too old; install Node 20.19 or newer and try again\n',
    });
  });

  it('names its commands when asked for another', async () => {
    const { code, stdout, stderr } = await run(['nothing']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: no command nothing; use start, wicker, [^\n]*\n$/);
  });

  it('reports its own errors as JSON when asked', async () => {
    const { code, stdout, stderr } = await run(['nothing', '--json']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(JSON.parse(stderr)).toMatchObject({ error: { message: 'no command nothing', hint: expect.any(String) } });
  });

  it('hands the exit code and the streams of a command through', async () => {
    const { code, stdout, stderr } = await run(['wicker', 'weigh', '/nowhere.json', '--json']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(JSON.parse(stderr)).toHaveProperty('error.message');
  });
});

describe('endWithNpm', () => {
  it.runIf(process.platform === 'linux')(
    'ends the command when npm is killed',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'wicker-'));
      const npm = join(folder, 'npm');
      const script = `
      const { endWithNpm } = await import(${JSON.stringify(PARENTS)});
      endWithNpm();
      setInterval(() => {}, 1_000);
      console.log(process.pid);
    `;
      const file = join(folder, 'command.mjs');
      writeFileSync(file, script);
      writeFileSync(npm, `#!/bin/sh\n"${process.execPath}" "${file}"\necho done\n`);
      chmodSync(npm, 0o755);
      const parent = spawn(npm, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, npm_execpath: npm } });
      const closed = new Promise((resolve) => parent.stdout.once('close', resolve)); // held open by the command
      await new Promise((resolve) => parent.stdout.once('data', resolve));
      parent.kill('SIGKILL');
      await closed;
      rmSync(folder, { recursive: true });
    },
    10_000,
  );
});
