import { expect, vi } from 'vitest';
import { main } from './main.ts';

/** What a command said, and its exit code. */
export type Run = { code: number | null; stdout: string; stderr: string };

/** A command without a process of its own: what does not concern the process is tested faster this way. */
export async function wicker(args: string[]): Promise<Run> {
  const run: Run = { code: null, stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[stream], 'write').mockImplementation((chunk) => {
      run[stream] += chunk;
      return true;
    });
  }
  try {
    const code = await main(args);
    return { ...run, code };
  } finally {
    vi.restoreAllMocks();
  }
}

/** The one error object on standard error of a run that printed nothing else. */
export function errorOf({ stdout, stderr }: Run): { code: string; message: string; hint: string } {
  expect(stdout).toBe('');
  return JSON.parse(stderr).error;
}
