import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CACHE, ROOT } from '../../scripts/paths.ts';
import { type RunningDevnet, startDevnet } from './devnet.ts';
import { missingLine } from './output.ts';
import { type Block, blocksOf, readPages } from './pages.ts';

const run = promisify(execFile);

/** The two commands of README: one stays until Ctrl-C, the other runs this test. */
const START = 'npm start';
const TEST = 'npm test';
/** {ms} for one block */
const TIMEOUT = 30_000;

const blocks = readPages().flatMap(blocksOf);
const nameOf = ({ page, line, language, code }: Block): string => `${page}:${line} ${language}: ${code.split('\n')[0]}`;
const testedBy = ({ info }: Block): string | undefined => /^tested-by=(\S+)$/.exec(info)?.[1];
const isRun = (block: Block): boolean =>
  ['sh', 'ts'].includes(block.language) && ![START, TEST].includes(block.code) && testedBy(block) === undefined;
const isOutput = ({ language, before }: Block): boolean =>
  ['json', 'text'].includes(language) && before !== undefined && ['sh', 'ts'].includes(before.language);

let devnet: RunningDevnet;
/** What each block that ran said on standard output. */
const said = new Map<Block, string>();

beforeAll(async () => {
  devnet = await startDevnet();
});
afterAll(() => devnet?.stop());

/** A shell block runs in the checkout, as one script that ends with its first failure. */
const runShell = async ({ code }: Block): Promise<string> =>
  (await run('bash', ['-euo', 'pipefail', '-c', code], { cwd: ROOT })).stdout;

/** A TypeScript block is a module of the checkout, run in the folder of a running devnet. */
const runTypeScript = async ({ page, line, code }: Block): Promise<string> => {
  const folder = join(CACHE, 'docs');
  const file = join(folder, `${page.replaceAll('/', '-')}-${line}.ts`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, code);
  try {
    const { href } = new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url);
    return (await run(process.execPath, ['--import', href, file], { cwd: devnet.folder })).stdout;
  } finally {
    rmSync(file);
  }
};

describe('code blocks', () => {
  it('are of a language that is run or compared', () => {
    const others = blocks.filter(({ language }) => !['sh', 'ts', 'json', 'text'].includes(language));
    expect(others.map(nameOf)).toEqual([]);
    const strange = blocks.filter((block) => block.info !== '' && testedBy(block) === undefined);
    expect(strange.map(nameOf)).toEqual([]);
  });

  it('include the two commands', () => {
    const readme = blocks.filter(({ page }) => page === 'README.md').map(({ code }) => code);
    expect(readme).toEqual(expect.arrayContaining([START, TEST]));
  });

  it.each(blocks.filter(isRun).map((block) => [nameOf(block), block] as const))(
    '%s',
    async (_, block) => {
      said.set(block, await (block.language === 'ts' ? runTypeScript(block) : runShell(block)));
    },
    TIMEOUT,
  );

  it.each(blocks.filter(testedBy).map((block) => [nameOf(block), block] as const))(
    '%s (another test runs it)',
    (_, block) => {
      const test = testedBy(block) ?? '';
      expect(test).toMatch(/^(tests|packages)\/.+\.test\.ts$/);
      const path = join(ROOT, test);
      expect(existsSync(path), `${test} does not exist`).toBe(true);
      const [, args] = /^npm run wicker -- ([^\n]+)$/.exec(block.code) ?? [];
      expect(args, 'only a single `npm run wicker -- ...` can be tested by another test').toBeDefined();
      const list = `[${args
        ?.split(' ')
        .map((arg) => `'${arg}'`)
        .join(', ')}]`;
      expect(readFileSync(path, 'utf8'), `${test} does not run ${list}`).toContain(list);
    },
  );

  it.each(blocks.filter(isOutput).map((block) => [nameOf(block), block] as const))('%s (output)', (_, block) => {
    const { language, code, before } = block;
    if (before === undefined) throw new Error('no block before it');
    const output = before.code === START ? devnet.output() : said.get(before);
    expect(output, `${nameOf(before)} did not run: its output cannot be shown`).toBeDefined();
    if (language === 'json') expect(JSON.parse(output ?? '')).toEqual(JSON.parse(code));
    else expect(missingLine(code, output ?? ''), `not in the output:\n${output}`).toBeUndefined();
  });

  it('that are JSON parse, and text is always the output of the block before it', () => {
    for (const block of blocks.filter((one) => !isOutput(one))) {
      if (block.language === 'json') expect(() => JSON.parse(block.code), nameOf(block)).not.toThrow();
      expect(block.language, nameOf(block)).not.toBe('text');
    }
  });
});
