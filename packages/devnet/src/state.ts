import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deploymentSchema } from '@wicker/sdk';
import * as z from 'zod';
import { DevnetError } from './errors.ts';

/** The devnet's deployment: it is served, and its accounts have names. */
const devnetSchema = deploymentSchema.required({ rpc: true, accounts: true });

/** What other programs need to use a running devnet. */
export type Devnet = z.infer<typeof devnetSchema>;

/** Path of the devnet's file in a checkout. */
const path = (root: string): string => join(root, '.wicker', 'devnet.json');

/** Writes `.wicker/devnet.json` under `root`, at once: a reader never sees half of it. Returns its path. */
export const writeDevnet = (root: string, devnet: Omit<Devnet, 'fromBlock'>): string => {
  const file = path(root);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(devnetSchema.parse({ ...devnet, fromBlock: 0 }), null, 2)}\n`);
  renameSync(`${file}.new`, file);
  return file;
};

/**
 * Reads `.wicker/devnet.json` under `root`. The chain itself may be gone: the file outlives a killed devnet.
 *
 * @throws {DevnetError} NO_DEVNET when it is not there, BAD_DEVNET when it is not what `writeDevnet` writes
 */
export const readDevnet = (root: string): Devnet => {
  let text: string;
  try {
    text = readFileSync(path(root), 'utf8');
  } catch {
    throw new DevnetError('NO_DEVNET', 'no devnet is running here', 'run `npm start` in another terminal');
  }
  try {
    return devnetSchema.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : 'it is not JSON';
    throw new DevnetError('BAD_DEVNET', `${path(root)}: ${why}`, 'delete the file and run `npm start` again');
  }
};

/** Deletes `.wicker/devnet.json` under `root`, when the devnet ends. */
export const removeDevnet = (root: string): void => rmSync(path(root), { force: true });
