import { vi } from 'vitest';
import { main } from '../../../packages/cli/src/main.ts';

/** What a run of the command said. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `wicker` in this process, without a terminal. */
export const run = async (...args: string[]): Promise<Run> => {
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[stream], 'write').mockImplementation((chunk) => {
      said[stream] += chunk;
      return true;
    });
  }
  try {
    const code = await main(args);
    return { code, ...said };
  } finally {
    vi.restoreAllMocks();
  }
};

/** The one error object of a run with `--json`. @throws when it printed anything else */
export const errorOf = ({ stdout, stderr }: Run): { code: string; message: string; hint: string } => {
  if (stdout !== '') throw new Error(`it printed ${stdout}`);
  return JSON.parse(stderr).error;
};

/** The one document of a run with `--json`. @throws when it failed */
export const jsonOf = ({ code, stdout, stderr }: Run) => {
  if (code !== 0) throw new Error(`it ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
};
