import { foundryPath } from '../packages/devnet/src/foundry.ts';
import { binary } from './binaries.ts';
import { exec, type Result } from './exec.ts';
import { writeSchema } from './schema.ts';

/** Style and format of TypeScript, JavaScript and JSON; with `write` what can be put right is. */
export const lintTypeScript = (write: boolean): Promise<Result> =>
  exec(process.execPath, [binary('biome'), 'check', '--error-on-warnings', ...(write ? ['--write'] : [])]);

/** Format of Solidity; with `write` it is put right. */
export const formatSolidity = (write: boolean): Promise<Result> =>
  exec(foundryPath('forge'), ['fmt', 'contracts', ...(write ? [] : ['--check'])]);

/** The command: looks at everything, and with --write puts right what can be. Gives the exit code. */
export const main = async (args: readonly string[]): Promise<number> => {
  let failed = 0;
  // The published schema follows the shape that reads the files.
  if (args.includes('--write')) writeSchema();
  for (const step of [lintTypeScript, formatSolidity]) {
    const { code, output } = await step(args.includes('--write'));
    process.stdout.write(output);
    if (code !== 0) failed = 1;
  }
  return failed;
};
