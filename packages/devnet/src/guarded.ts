import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const GUARD = fileURLToPath(new URL('./guard.mjs', import.meta.url));

/** A running command that cannot outlive this process. */
export interface Guarded {
  /** The guard's process; its output and exit code are the command's. */
  readonly process: ChildProcess;
  /** Asks the command to end, kills it after 1 s, and resolves when it is gone. Calling it twice is harmless. */
  readonly stop: () => Promise<void>;
  /** Resolves with the exit code. */
  readonly exited: Promise<number>;
}

/**
 * Starts a command behind a guard that ends it, and its children, when this process is gone, however it went.
 * The guard is a process group of its own: a Ctrl-C at the terminal reaches this process only, which stops its children
 * in the order it likes.
 *
 * @param command path of the executable
 * @param args its arguments
 * @param output 'pipe' to read the output from `process.stdout` and `process.stderr`, 'inherit' to show it
 */
export const spawnGuarded = (
  command: string,
  args: readonly string[],
  { output, cwd, env }: { output: 'pipe' | 'inherit'; cwd?: string; env?: NodeJS.ProcessEnv },
): Guarded => {
  const child = spawn(process.execPath, [GUARD, command, ...args], {
    stdio: ['pipe', output, output],
    detached: true,
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
  });
  const exited = new Promise<number>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', (code) => resolve(code ?? 1));
  });
  child.stdin?.on('error', () => {}); // the guard may be gone before its input is closed
  return {
    process: child,
    exited,
    stop: async () => {
      child.stdin?.destroy();
      await exited;
    },
  };
};
