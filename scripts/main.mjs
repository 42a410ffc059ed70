// Installs what is missing, compiles where contracts are wanted, then hands over to the command's TypeScript in this very
// process: signals, exit codes and standard streams are the command's own. Nothing here writes to standard output.
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { install } from './install.mjs';
import { endWithNpm } from './parents.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const CLI = 'packages/cli/src/main.ts';

/** What each npm command runs: a module whose `main` takes the arguments, some before the person's own, and gives the exit code. */
const COMMANDS = {
  start: { entry: CLI, args: ['up'] },
  wicker: { entry: CLI, args: [] },
  bench: { entry: 'bench/main.ts', args: [] },
  test: { entry: 'scripts/test.ts', args: [] },
  compile: { entry: 'scripts/compile.ts', args: [] },
  coverage: { entry: 'scripts/coverage.ts', args: [] },
  lint: { entry: 'scripts/lint.ts', args: [] },
  format: { entry: 'scripts/lint.ts', args: ['--write'] },
};

/** Commands that run contracts; the others must not wait for a compiler. */
const NEED_CONTRACTS = new Set(['up', 'demo', 'gas']);

/** Exit codes are the project's: 2 bad input, 1 failed. One line for people; with --json the object that every command of the project prints for an error. */
const fail = (error, json) => {
  const { code = 'FAILED', message, hint = 'this is a defect of wicker: please report it with this output' } = error;
  if (json) process.stderr.write(`${JSON.stringify({ error: { code, message, hint } })}\n`);
  else process.stderr.write(`error: ${message}; ${hint}\n`);
  process.exit(error.exitCode ?? 1);
};

/** @param {string[]} argv the command and its arguments */
export const run = async ([name, ...rest]) => {
  const json = rest.includes('--json');
  // a reader that has seen enough (`| head`) closes the pipe: that is no failure
  process.stdout.on('error', (error) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  try {
    const command = COMMANDS[name];
    if (command === undefined) {
      throw Object.assign(new Error(`no command ${name ?? ''}`), {
        exitCode: 2,
        hint: `use ${Object.keys(COMMANDS).join(', ')}`,
      });
    }
    endWithNpm();
    // npm runs scripts in the checkout; files that a person names are relative to where they are
    if (process.env.npm_lifecycle_event === name && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
    await install(ROOT);
    const { register } = await import('tsx/esm/api');
    register({ tsconfig: join(ROOT, 'tsconfig.json') });
    const args = [...command.args, ...rest];
    if (NEED_CONTRACTS.has(args[0])) {
      const { compile } = await import('./compile.ts');
      await compile();
    }
    const { main } = await import(pathToFileURL(join(ROOT, command.entry)).href);
    process.exitCode = await main(args);
  } catch (error) {
    fail(error, json);
  }
};
