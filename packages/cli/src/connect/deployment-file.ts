import { InputError, parseUniqueJson } from '@wicker/core';
import { readDevnet } from '@wicker/devnet';
import { type Deployment, deploymentSchema } from '@wicker/sdk';
import * as z from 'zod';
import { inContext, nameOf, readText } from '../input.ts';

const parseTextOf = (file: string): unknown => {
  const text = readText(file);
  return inContext(nameOf(file), () => parseUniqueJson(text));
};

/**
 * The deployment of a file; without one that of the devnet that runs in this folder.
 *
 * @throws {InputError} UNREADABLE_FILE, INVALID_JSON, DUPLICATE_ID, INVALID_FILE; {DevnetError} NO_DEVNET, BAD_DEVNET
 */
export const readDeployment = (file: string | undefined): Deployment => {
  if (file === undefined) return readDevnet(process.cwd());
  const parsed = deploymentSchema.safeParse(parseTextOf(file));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${z.core.toDotPath(path)}: ${message}`,
  );
  throw new InputError(
    'INVALID_FILE',
    `'${nameOf(file)}' is no deployment: ${faults.join('; ')}`,
    'Compare it with the .wicker/devnet.json of a devnet.',
  );
};
