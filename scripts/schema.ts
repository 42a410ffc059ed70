import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { methodologyShape } from '@wicker/core';
import * as z from 'zod';
import { ROOT } from './paths.ts';

/** The published JSON Schema of methodology files: what editors check and complete while somebody writes one. */
export const SCHEMA = join(ROOT, 'data/schema/methodology.schema.json');

/** A number as it is, or as a string of digits: exact either way. */
const DECIMAL = { type: ['number', 'string'], minimum: 0, pattern: '^[0-9]+(\\.[0-9]+)?$' };

/** The schema as the text of its file, from the shape that reads the files. */
export const schemaText = (): string => {
  const { $schema, ...schema } = z.toJSONSchema(methodologyShape, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'pipe') Object.assign(jsonSchema, DECIMAL);
    },
  });
  const title = 'Methodology of an index, format 1';
  const text = JSON.stringify({ $schema, title, ...schema }, null, 2);
  return `${text}\n`;
};

/** Writes it anew after the shape changed. */
export const writeSchema = (): void => writeFileSync(SCHEMA, schemaText());

/** The schema as it is committed. */
export const committedSchema = (): string => readFileSync(SCHEMA, 'utf8');
