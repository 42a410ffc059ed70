import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseMethodologyText } from '@wicker/core';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/paths.ts';
import { committedSchema, schemaText } from '../../scripts/schema.ts';

const FOLDER = join(ROOT, 'data/methodologies');
const files = readdirSync(FOLDER);

describe('the methodologies that ship (docs/rules.md 4.1)', () => {
  it('are these', () => {
    expect(files.map((file) => file.replace('.jsonc', '')).sort()).toEqual([
      ...['boosted-eth', 'cai', 'gaming', 'liquid-staking', 'liquid-staking-yield', 'meme', 'pdi', 'pdi-2023'],
      'top10-equal',
    ]);
  });

  it.each(files)('%s is read, has the name of its file, and names its schema', (file) => {
    const { id, $schema } = parseMethodologyText(readFileSync(join(FOLDER, file), 'utf8'));
    expect(`${id}.jsonc`).toBe(file);
    expect($schema).toBe('../schema/methodology.schema.json');
  });
});

describe('the published schema', () => {
  it('is that of the shape by which files are read', () => {
    expect(JSON.parse(committedSchema())).toEqual(JSON.parse(schemaText()));
  });
});
