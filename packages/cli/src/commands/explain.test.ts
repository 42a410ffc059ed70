import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { errorOf, wicker } from '../main.fixture.ts';

const FOLDER = fileURLToPath(new URL('../../../../data/examples/', import.meta.url));
const TOPICS = ['bands', 'surface', 'swap', 'direct', 'reserve', 'vote', 'war', 'price'];
const examples = readdirSync(FOLDER);
const topicOf = (file: string): string => file.replace(/\.json$/, '').split('-')[0] ?? '';

describe('wicker explain', () => {
  it('has an example for each topic, and none without one', () => {
    expect([...new Set(examples.map(topicOf))].sort()).toEqual([...TOPICS].sort());
  });

  it.each(examples)('works %s out, for people and for programs', async (file) => {
    const topic = topicOf(file);
    const { code, stdout } = await wicker(['explain', topic, FOLDER + file]);
    expect(code).toBe(0);
    for (const heading of ['given', 'steps', 'result']) expect(stdout.split('\n')).toContain(heading);
    const json = JSON.parse((await wicker(['explain', topic, FOLDER + file, '--json'])).stdout);
    expect(json).toMatchObject({ topic, section: expect.any(Number), title: expect.any(String) });
    for (const { name, formula, value } of json.steps) {
      expect([typeof name, typeof formula, typeof value]).toEqual(['string', 'string', 'string']);
    }
    expect(json.steps.length).toBeGreaterThan(0);
    expect(json.result.length).toBeGreaterThan(0);
  });

  it.each([
    [['explain', 'band', `${FOLDER}bands.json`], 'UNKNOWN_TOPIC'],
    [['explain', 'constructor', `${FOLDER}bands.json`], 'UNKNOWN_TOPIC'],
    [['explain', 'bands', `${FOLDER}nothing.json`], 'UNREADABLE_FILE'],
    [['explain', 'bands', `${FOLDER}war.json`], 'INVALID_FILE'],
    [['explain', 'bands'], 'USAGE'],
  ])('refuses %j with %s', async (args, code) => {
    const run = await wicker([...args, '--json']);
    expect(run.code).toBe(2);
    expect(errorOf(run).code).toBe(code);
  });
});
