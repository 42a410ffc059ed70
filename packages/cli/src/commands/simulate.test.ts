import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, wicker } from '../main.fixture.ts';

const SCENARIO = {
  name: 'two days',
  days: 2,
  stepSeconds: 600,
  assets: [
    { id: 'weth', price: 2000, volatility: 0.8, pools: [5_000_000] },
    { id: 'link', price: 10, volatility: 0.9, pools: [2_000_000] },
  ],
  indices: { count: 2, assets: [2, 2], value: [100_000, 200_000] },
  agents: [
    { kind: 'trader', name: 'crowd', swapsPerDay: 20, size: 2_000 },
    { kind: 'keeper', name: 'keeper', behaviour: 'honest' },
  ],
  policies: [{ name: 'clock' }, { name: 'flat', limit: { kind: 'flat', bps: 100 } }],
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wicker-simulate-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (name: string, scenario: object): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(scenario));
  return path;
};

describe('wicker simulate', () => {
  it('prints tables, and writes a page that needs nothing but itself', async () => {
    const html = join(folder, 'deep', 'page.html');
    const { code, stdout } = await wicker(['simulate', fileOf('a.json', SCENARIO), '--html', html]);
    expect(code).toBe(0);
    expect(stdout).toContain('2 days, 2 indices, 2 assets, 2 agents, 1 market: 8 agent-days');
    expect(stdout).toMatch(/all together +0 +0/);
    expect(stdout).toContain(`page: ${html}`);
    const page = readFileSync(html, 'utf8');
    expect(page).toMatch(/^<!doctype html>/);
    expect(page.match(/<svg [^>]*role="img"/g)?.length).toBeGreaterThanOrEqual(6);
    expect(page).not.toMatch(/<script|src=|href=|url\(/);
  });

  it('gives the same bytes for the same scenario, and others for another seed', async () => {
    const path = fileOf('b.json', SCENARIO);
    const [first, again, other] = [[], [], ['--seeds', '2']].map((more) => ['simulate', path, '--json', ...more]);
    const texts: string[] = [];
    for (const args of [first, again, other]) texts.push((await wicker(args ?? [])).stdout);
    expect(texts[0]).toBe(texts[1]);
    expect(JSON.parse(texts[2] ?? '').scenario.seeds).toEqual([2]);
    expect(texts[2]).not.toBe(texts[0]);
    expect(existsSync(join(folder, 'b.html'))).toBe(false);
  });

  it('tries other numbers for the rules', async () => {
    const path = fileOf('d.json', {
      scenario: SCENARIO,
      grids: [{ of: 'clock', vary: { fallBpsPerMinute: [2, 10] } }],
    });
    const html = join(folder, 'sweep.html');
    const { code, stdout } = await wicker(['simulate', path, '--html', html]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/clock: fallBpsPerMinute 10 +\d/);
    expect(readFileSync(html, 'utf8').match(/<tr>/g)?.length).toBe(4);
    const { scenario, rows } = JSON.parse((await wicker(['simulate', path, '--json', '--seeds', '3'])).stdout);
    expect([scenario, rows.length]).toEqual(['two days', 3]);
  });

  it.each([
    [{ scenario: SCENARIO, grids: [{ of: 'clock', vary: { speed: [1] } }] }, [], 'INVALID_FILE', 'grids[0].vary'],
    [{ ...SCENARIO, days: 0 }, [], 'INVALID_FILE', 'days'],
    [{ ...SCENARIO, agents: [{ kind: 'whale', name: 'w' }] }, [], 'INVALID_FILE', 'agents[0].kind'],
    [{ ...SCENARIO, policies: [] }, [], 'INVALID_FILE', 'policies'],
    [SCENARIO, ['--seeds', '1;2'], 'BAD_SEEDS', '--seeds'],
  ])('refuses a bad scenario %#', async (scenario, more, code, where) => {
    const run = await wicker(['simulate', fileOf('c.json', scenario), '--json', ...more]);
    expect(run.code).toBe(2);
    const error = errorOf(run);
    expect([error.code, error.message]).toEqual([code, expect.stringContaining(where)]);
  });
});
