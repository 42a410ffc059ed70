import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, type Run, wicker } from './main.fixture.ts';

const WICKER = fileURLToPath(new URL('../bin/wicker.mjs', import.meta.url));
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The command as people start it. */
function spawnWicker(args: string[], input = ''): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [WICKER, ...args], { cwd: ROOT });
    const run: Run = { code: null, stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      run.stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      run.stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...run, code }));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wicker-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const PDI = [
  join(ROOT, 'data/universes/pdi-2023-05.json'),
  '--methodology',
  join(ROOT, 'data/methodologies/pdi.jsonc'),
];

describe('wicker weigh', () => {
  it('answers one set as one JSON object', async () => {
    const caps = file('one.json', '{"a": 700, "b": "200.0", "c": 9.7e1, "d": 3}');
    const run = await wicker(['weigh', caps, '--cap', '0.30', '--floor', '0.005', '--scale', '255', '--json']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toEqual({
      weights: {
        a: '0.300000000000000000',
        b: '0.300000000000000000',
        c: '0.300000000000000000',
        d: '0.100000000000000000',
      },
      removed: [],
      capRounds: 3,
      integers: { a: 77, b: 77, c: 76, d: 25 },
    });
  });

  it('answers a list case by case, each with its own cap and floor', async () => {
    const cases = [
      { name: 'floor', cap: 0.5, floor: 0.005, input: { a: 400, b: 300, c: 296, d: 4 } },
      { name: 'caps', cap: 1, floor: 0, caps: { a: 0 }, input: { a: 1, b: 1 } },
    ];
    const run = await spawnWicker(['weigh', '-', '--json'], JSON.stringify(cases));
    expect(JSON.parse(run.stdout)).toMatchObject([
      { name: 'floor', removed: ['d'], capRounds: 0 },
      { name: 'caps', weights: { a: '0.000000000000000000', b: '1.000000000000000000' }, capRounds: 0 },
    ]);
  });

  it.each(['0', '1.5', '-1', 'many', '1e80'])('refuses the scale %s', async (scale) => {
    const run = await wicker(['weigh', file('scale.json', '{"a": 1}'), '--scale', scale, '--json']);
    expect(run.code).toBe(2);
    expect(errorOf(run).message).toMatch(/^--scale is /);
  });

  it('gives integers at 1e18 as strings, which no double could hold', async () => {
    const run = await wicker(['weigh', file('thirds.json', '{"a": 1, "b": 1, "c": 1}'), '--scale', '1e18', '--json']);
    const third = '333333333333333333';
    expect(JSON.parse(run.stdout).integers).toEqual({ a: '333333333333333334', b: third, c: third });
  });

  it('prints a table for people', async () => {
    const run = await wicker(['weigh', file('table.json', '{"a": 50, "b": 30, "c": 20}'), '--scale', '255']);
    expect(run.stdout).toBe(
      [
        'asset                weight  integer',
        '─────  ────────────────────  ───────',
        'a      0.500000000000000000      128',
        'b      0.300000000000000000       76',
        'c      0.200000000000000000       51',
        'removed: none   cap rounds: 0',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['not JSON', '{"a": 1', 'INVALID_JSON', 'the text is not JSON'],
    ['an empty file', '', 'INVALID_JSON', 'the text is empty'],
    ['a duplicate id', '{"a": 1, "b": 2, "a": 1}', 'DUPLICATE_ID', "'a' occurs twice"],
    ['an infinite cap', '{"a": 1e999}', 'INVALID_NUMBER', "market cap of 'a' is infinite"],
    ['no assets', '{}', 'NO_ASSETS', 'no assets'],
    ['an empty list', '[]', 'INVALID_FILE', 'the list of cases is empty'],
    ['zero total', '{"a": 0, "b": "0.0"}', 'ZERO_TOTAL', 'are 0'],
    ['an infeasible cap', '{"a": 1, "b": 1, "c": 1}', 'INFEASIBLE_CAP', 'sum to 0.9'],
    [
      'one bad case of a list',
      '[{"name": "x", "cap": 1, "floor": 0, "input": {"a": 1}}, {"name": "y", "cap": 1, "floor": 0, "input": {"a": -1}}]',
      'INVALID_NUMBER',
      "case 2 'y': market cap of 'a' is negative",
    ],
    [
      'a duplicate id in a case',
      '[{"name": "x", "cap": 1, "floor": 0, "input": {"a": 1, "a": 1}}]',
      'DUPLICATE_ID',
      "case 1 'x': 'a' occurs twice in input",
    ],
    [
      'an infeasible case',
      '[{"name": "x", "cap": 0.5, "floor": 0, "input": {"a": 1}}]',
      'INFEASIBLE_CAP',
      "case 1 'x': the caps",
    ],
  ])('refuses %s with exit 2 and one error object', async (_, text, code, message) => {
    const run = await wicker(['weigh', file('bad.json', text), '--cap', '0.3', '--json']);
    expect(run.code).toBe(2);
    const error = errorOf(run);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.hint).not.toBe('');
  });

  it('says on two lines what is wrong with a file that is not there', async () => {
    const run = await wicker(['weigh', join(folder, 'none.json')]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toBe(
      `error: cannot read '${join(folder, 'none.json')}': there is no such file\nhint:  Check the path; - reads standard input.\n`,
    );
  });
});

describe('wicker screen', () => {
  it('names the field of a file that is not valid', async () => {
    const run = await wicker(['screen', file('bad.json', '{"id": "x"}'), ...PDI.slice(1), '--json']);
    expect(run.code).toBe(2);
    expect(errorOf(run)).toMatchObject({ code: 'INVALID_FILE', message: expect.stringContaining('assets: ') });
  });
});

describe('wicker', () => {
  it.each([
    [['weigh', '--json'], "missing required argument 'file'"],
    [['weigh', 'x.json', '--flor', '1', '--json'], "unknown option '--flor'"],
    [['wiegh', '--json'], "unknown command 'wiegh'"],
    [['report', 'x.json', '--json'], "required option '--methodology <file>' not specified"],
    [['--json'], 'unknown option'],
  ])('refuses %j with exit 2 and one error object', async (args, message) => {
    const run = await wicker(args);
    expect(run.code).toBe(2);
    expect(errorOf(run)).toMatchObject({ code: 'USAGE', message: expect.stringContaining(message) });
  });

  it('without a command says how to get help', async () => {
    expect(await spawnWicker([])).toEqual({
      code: 2,
      stdout: '',
      stderr: "error: no command given\nhint:  See 'wicker --help'.\n",
    });
  });

  it('lists its commands and its version', async () => {
    expect((await wicker(['index', 'mint'])).stderr).toContain("hint:  See 'wicker index mint --help'.\n");
    expect((await wicker(['index', 'mit', 'x'])).stderr).toContain("hint:  See 'wicker index --help'.\n");
    const [help, version] = [await wicker(['--help']), await wicker(['--version'])];
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toMatch(/screen .*weigh /s);
    expect(version).toMatchObject({ code: 0, stdout: '0.1.0\n' });
  });

  it('ends quietly when its reader closes the pipe', async () => {
    const input = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`asset-${i}`, i + 1]));
    const child = spawn(process.execPath, [WICKER, 'weigh', file('many.json', JSON.stringify(input))], { cwd: ROOT });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
