import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseUniqueJson } from '@wicker/core';
import type { z } from 'zod';

/** The folder with real calculations of real indices; the tests on it are skipped, visibly, without it. */
export const FOLDER = process.env.WICKER_CONFORMANCE;

export const isSkipped = FOLDER === undefined || FOLDER === '';

/** One file of the folder in its expected shape. When the folder is not given: one line on standard output, and no cases. */
export function readCases<Shape extends z.ZodType>(file: string, shape: z.ZodArray<Shape>): z.output<Shape>[] {
  if (FOLDER === undefined || FOLDER === '') {
    console.log(`conformance: the cases of ${file} were skipped: WICKER_CONFORMANCE names no folder`);
    return [];
  }
  return shape.parse(parseUniqueJson(readFileSync(join(FOLDER, file), 'utf8')));
}
