import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Abi, Hex } from 'viem';
import * as z from 'zod';
import { DevnetError } from './errors.ts';

/** Where the compiler writes; the variable is the compiler's own. */
const OUT = process.env.FOUNDRY_OUT ?? fileURLToPath(new URL('../../../artifacts', import.meta.url));

const abiSchema = z.custom<Abi>((value) => Array.isArray(value));
const hexSchema = z.custom<Hex>((value) => typeof value === 'string' && /^0x[0-9a-f]+$/i.test(value));
const artifactSchema = z.object({ abi: abiSchema, bytecode: z.object({ object: hexSchema }) });

/** What a compiled contract is deployed with. */
export interface Artifact {
  readonly abi: Abi;
  /** Creation code, without constructor arguments. */
  readonly bytecode: Hex;
}

/**
 * Reads a compiled contract of this project.
 *
 * @param name the contract's name; its source is `<name>.sol`
 * @throws {DevnetError} ARTIFACT_MISSING when it was not compiled or still wants a library's address
 */
export const artifact = (name: string): Artifact => {
  const path = `${OUT}/${name}.sol/${name}.json`;
  try {
    const { abi, bytecode } = artifactSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return { abi, bytecode: bytecode.object };
  } catch {
    throw new DevnetError('ARTIFACT_MISSING', `no compiled contract ${name}`, 'run `npm run compile`');
  }
};
