import { join } from 'node:path';
import { ROOT } from './paths.ts';

/** Arguments for Node that run a program of an npm package: the file that the package gives as its command. */
const FILES = {
  biome: '@biomejs/biome/bin/biome',
  knip: 'knip/bin/knip.js',
  tsc: 'typescript/bin/tsc',
  vitest: 'vitest/vitest.mjs',
} as const;

/** Path of the JavaScript file behind a command of an npm package. */
export const binary = (name: keyof typeof FILES): string => join(ROOT, 'node_modules', FILES[name]);
