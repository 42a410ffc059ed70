import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, wicker } from '../main.fixture.ts';

let folder = '';
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** Two assets over three months; b doubles bit by bit. */
const rows = (): string =>
  Array.from({ length: 90 }, (_, i) => {
    const day = new Date(Date.UTC(2023, 0, 1 + i)).toISOString().slice(0, 10);
    const [a, b] = [10 + (i % 3) / 10, 5 + i / 18];
    return `${day},a,${a},${a * 1e6}\n${day},b,${b},${b * 1e6}\n`;
  }).join('');

const METHODOLOGY = {
  ...{ format: 1, id: 'two', title: 'Two' },
  screening: {
    ...{ category: null, supply: null, liquidity: null, liquidityHistory: null, priceImpact: null, priceHistory: null },
    attested: ['safety'],
  },
  weights: { by: 'market-cap', cap: 0.7, floor: 0.01 },
  calendar: { schedule: 'monthly' },
  costs: { poolFeeBps: 30, gasUsdPerTrade: 10, managementFee: 0.01 },
};
const MEMBERS = {
  ...{ format: 1, id: 'members', title: 'Members', sources: { list: { title: 'a list', date: '2023-01' } } },
  periods: [{ from: '2023-01', source: 'list', assets: ['a', 'b'] }],
  attestations: [{ from: '2023-01', source: 'list', rules: ['safety'], holds: true }],
};

let args: string[] = [];
let grid = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wicker-lab-'));
  const prices = file('prices.csv', `date,id,price_usd,market_cap_usd\n${rows()}`);
  const members = file('members.jsonc', `// who\n${JSON.stringify(MEMBERS)}`);
  args = [file('two.jsonc', JSON.stringify(METHODOLOGY)), '--prices', prices, '--members', members];
  grid = file('grid.jsonc', JSON.stringify({ format: 1, parameters: { 'weights.cap': [0.4, 0.6, 0.7] } }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('wicker backtest', () => {
  it('prints one JSON document whose ledger sums to gross less net NAV', async () => {
    const { code, stdout, stderr } = await wicker(['backtest', ...args, '--benchmark', 'b', '--json']);
    expect([code, stderr]).toEqual([0, '']);
    const { nav, ledger, days, benchmarks } = JSON.parse(stdout);
    expect([days[0], days.length]).toEqual(['2023-02-01', 59]);
    const lost = nav.gross.at(-1) - nav.net.at(-1);
    const sum = ledger.reduce((total: number, one: { shortfallUsd: number }) => total + one.shortfallUsd, 0);
    expect(Math.abs(sum / lost - 1)).toBeLessThan(1e-12);
    expect(benchmarks[0].id).toBe('b');
  });

  it('prints tables and writes a page', async () => {
    const out = join(folder, 'page.html');
    const run = await wicker(['backtest', ...args, '--bands', '--benchmark', 'b', args[0] ?? '', '--out', out]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('Two, 2023-02-01 to 2023-03-31');
    expect(run.stdout).toContain('management-fee');
    expect(readFileSync(out, 'utf8')).toContain('<!doctype html>');
  });

  it.each([
    ['BAD_NUMBER', ['--capital', 'much']],
    ['BAD_SETTING', ['--capital', '0']],
    ['BAD_POLICY', ['--haircut', '2']],
    ['BAD_DAYS', ['--from', 'yesterday']],
    ['UNKNOWN_BENCHMARK', ['--benchmark', 'c']],
    ['UNREADABLE_FILE', ['--benchmark', 'nothing.jsonc']],
    ['UNREADABLE_FILE', ['--prices', 'nothing.csv']],
  ])('bad input ends with 2: %s for %j', async (code, more) => {
    const run = await wicker(['backtest', ...args, ...more, '--json']);
    expect(run.code).toBe(2);
    expect(errorOf(run).code).toBe(code);
  });
});

describe('wicker sweep', () => {
  it('prints every scenario as JSON, one of them infeasible', async () => {
    const { code, stdout, stderr } = await wicker(['sweep', ...args, '--grid', grid, '--json']);
    expect([code, stderr]).toEqual([0, '']);
    const { scenarios, best } = JSON.parse(stdout);
    expect(scenarios.map(({ outcome }: { outcome: { kind: string } }) => outcome.kind)).toEqual([
      'failed',
      'done',
      'done',
    ]);
    expect(best).toBeGreaterThan(0);
  });

  it('prints the table, how far it is, and writes a page', async () => {
    const out = join(folder, 'sweep.html');
    const { code, stdout, stderr } = await wicker(['sweep', ...args, '--grid', grid, '--out', out]);
    expect(code).toBe(0);
    expect(stderr).toContain('3 of 3 scenarios');
    expect(stdout).toContain('weights.cap');
    expect(stdout).toContain('1 without figures, such as: determined on 2023-01-25');
    expect(readFileSync(out, 'utf8')).toContain('<!doctype html>');
  });

  it('says which line of the grid is wrong', async () => {
    const wrong = file('wrong.jsonc', '{\n "format": 1,\n "parameters": { "weights.cap": [] }\n}');
    const run = await wicker(['sweep', ...args, '--grid', wrong, '--json']);
    expect(run.code).toBe(2);
    expect(errorOf(run).message).toContain('line 3: parameters.weights.cap: give at least one value');
  });
});
