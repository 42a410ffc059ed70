import { spawnGuarded } from '../packages/devnet/src/guarded.ts';
import { ROOT } from './paths.ts';

export interface Result {
  readonly code: number;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

/**
 * Runs a program in the checkout and collects what it says.
 *
 * @param show whether what it says is also shown, on standard output, as it comes
 */
export const exec = async (
  command: string,
  args: readonly string[],
  { show = false, env = {} }: { show?: boolean; env?: NodeJS.ProcessEnv } = {},
): Promise<Result> => {
  const child = spawnGuarded(command, args, { output: 'pipe', cwd: ROOT, env: { ...process.env, ...env } });
  let output = '';
  const read = (text: string): void => {
    output += text;
    if (show) process.stdout.write(text);
  };
  child.process.stdout?.setEncoding('utf8').on('data', read);
  child.process.stderr?.setEncoding('utf8').on('data', read);
  return { code: await child.exited, output };
};
