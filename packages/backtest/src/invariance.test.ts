import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMethodology, seeded } from '@wicker/core';
import { type DailyTable, dailyCsv, readDailyTable } from '@wicker/data';
import { describe, expect, it } from 'vitest';
import { backtest } from './backtest.ts';
import type { Members } from './members.ts';
import { randomTable, screeningFile } from './table.fixture.ts';

const table = randomTable(11, 300, 10);
const methodology = parseMethodology(screeningFile());
const membersOf = (assets: readonly string[]): Members => ({
  ...{ id: 'some', title: 'Some', categories: [], terms: [] },
  periods: [{ from: '2021-01', source: 'x', assets: [...assets] }],
  attestations: [{ from: '2021-01', source: 'x', rules: ['safety'], holds: true }],
});
const run = (of: DailyTable, assets: readonly string[] = of.ids) =>
  backtest({ methodology, table: of, members: membersOf(assets) });
const whole = run(table);

const shuffled = <T>(items: readonly T[], random = seeded(3)): T[] =>
  items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);

describe('what should change nothing', () => {
  it('is enough of a case: assets enter, leave, are delisted, capped and below the floor', () => {
    const rules = new Set(
      whole.rebalances.flatMap(({ left, excluded }) => [...left, ...excluded].map(({ rule }) => rule)),
    );
    expect([...rules]).toEqual(expect.arrayContaining(['delisted', 'floor', 'supply', 'liquidity']));
    expect(whole.rebalances.some(({ assets }) => assets[0]?.after === 0.35)).toBe(true);
  });

  it('the order of rows, of columns and of members', async () => {
    const [heading = '', ...rows] = dailyCsv(table).trimEnd().split('\n');
    const order = shuffled(heading.split(',').map((_, i) => i));
    const lines = [heading, ...shuffled(rows)].map((row) => {
      const fields = row.split(',');
      return order.map((i) => fields[i]).join(',');
    });
    const folder = mkdtempSync(join(tmpdir(), 'wicker-shuffled-'));
    const file = join(folder, 'prices.csv');
    try {
      writeFileSync(file, lines.join('\n'));
      const { nav, ledger } = run(await readDailyTable(file), shuffled(table.ids));
      expect(nav).toEqual(whole.nav);
      expect(ledger).toEqual(whole.ledger);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('all market caps a thousand times as high', () => {
    const scaled = run({ ...table, marketCap: table.marketCap.map((value) => value * 1000) });
    expect(scaled.nav).toEqual(whole.nav);
    expect(scaled.ledger).toEqual(whole.ledger);
    expect(scaled.rebalances).toEqual(whole.rebalances);
  });

  it('an asset of dust below the floor', () => {
    const ids = ['a-dust', ...table.ids];
    const width = table.ids.length;
    const widened = (column: Float64Array | undefined, dust: number): Float64Array =>
      Float64Array.from({ length: table.days.length * ids.length }, (_, cell) => {
        const asset = cell % ids.length;
        return asset === 0
          ? dust * (1 + (cell % 3) / 10)
          : (column?.[Math.floor(cell / ids.length) * width + asset - 1] ?? 0);
      });
    const dusty = run({
      ...{ days: table.days, ids },
      price: widened(table.price, 1),
      marketCap: widened(table.marketCap, 0.7),
      circulatingSupply: widened(table.circulatingSupply, 1),
      totalSupply: widened(table.totalSupply, 1),
      liquidity: widened(table.liquidity, 1e9),
    });
    expect(dusty.nav).toEqual(whole.nav);
    expect(dusty.ledger).toEqual(whole.ledger);
    expect(dusty.rebalances.at(-1)?.excluded).toContainEqual(expect.objectContaining({ id: 'a-dust', rule: 'floor' }));
  });
});
