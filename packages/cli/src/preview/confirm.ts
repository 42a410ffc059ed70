import { createInterface } from 'node:readline/promises';
import { InputError } from '@wicker/core';
import type { SendOptions } from '../connect/options.ts';

/**
 * Asks whether to go on; `--yes` answers for the person.
 *
 * @throws {InputError} NOT_ASKED when there is nobody to ask
 */
export const confirm = async ({ yes = false }: SendOptions): Promise<boolean> => {
  if (yes) return true;
  if (!process.stdin.isTTY) {
    throw new InputError(
      'NOT_ASKED',
      'nobody can be asked here, so nothing was sent',
      'Add --yes to send without asking, or run it in a terminal.',
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    const answer = await Promise.race([terminal.question('\nSend? [y/N] '), closed]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
};
