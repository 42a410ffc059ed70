import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backtest, type Members } from '@wicker/backtest';
import { ATTESTABLE_RULES, type Methodology, parseMethodologyText, seeded } from '@wicker/core';
import { type DailyTable, dayNumber, daysFrom } from '@wicker/data';
import { describe, expect, it } from 'vitest';

const FOLDER = new URL('../../data/methodologies', import.meta.url).pathname;
const DAYS = 600;

/** A market of 24 assets whose prices walk, with all figures that a table can have. */
const tableWith = (named: readonly string[]): DailyTable => {
  const ids = [...new Set([...named, ...Array.from({ length: 24 }, (_, i) => `token-${i}`)])].sort();
  const random = seeded(9);
  const [price, marketCap, circulatingSupply, totalSupply, liquidity, netYield] = Array.from(
    { length: 6 },
    () => new Float64Array(DAYS * ids.length),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  for (let asset = 0; asset < ids.length; asset += 1) {
    const supply = 1e7 * (1 + asset);
    for (let day = 0, now = 10; day < DAYS; day += 1) {
      const cell = day * ids.length + asset;
      now *= 1 + 0.05 * (random() - 0.5);
      [price[cell], marketCap[cell], circulatingSupply[cell]] = [now, now * supply, supply];
      [totalSupply[cell], liquidity[cell], netYield[cell]] = [1.2 * supply, 2e7, 0.02 + 0.01 * random()];
    }
  }
  const days = daysFrom(dayNumber('2022-06-01'), DAYS);
  return { days, ids, price, marketCap, circulatingSupply, totalSupply, maxSupply: totalSupply, liquidity, netYield };
};

const MATURITIES = ['2023-03-30', '2023-06-29', '2023-09-28', '2023-12-28', '2024-06-27', '2024-12-26'];

/** Everybody of the market, with everything attested that no figure says; of fixed terms the first tokens are principal. */
const membersFor = ({ screening, fixedTerm }: Methodology, ids: readonly string[]): Members => ({
  ...{ id: 'made', title: 'Made', categories: screening.category === null ? [] : [screening.category] },
  periods: [{ from: '2022-06', source: 'x', assets: [...ids] }],
  attestations: [{ from: '2022-06', source: 'x', rules: [...ATTESTABLE_RULES], holds: true }],
  terms:
    fixedTerm === null
      ? []
      : [
          {
            ...{ source: 'x', underlying: fixedTerm.underlying },
            maturities: Object.fromEntries(MATURITIES.map((day, i) => [`token-${i}`, day])),
          },
        ],
});

describe('every methodology that ships', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.jsonc'));

  it.each(files)('%s can be back-tested, and its ledger sums to gross less net NAV', (file) => {
    const methodology = parseMethodologyText(readFileSync(join(FOLDER, file), 'utf8'));
    const made = tableWith(methodology.fixedTerm === null ? [] : [methodology.fixedTerm.underlying]);
    // Principal tokens have no price of their own here.
    const own = made.ids.map((id) => methodology.fixedTerm === null || !/^token-[0-5]$/.test(id));
    const price = made.price.map((value, cell) => (own[cell % made.ids.length] ? value : Number.NaN));
    const table = { ...made, price };
    const { nav, ledger, rebalances } = backtest({ methodology, table, members: membersFor(methodology, made.ids) });
    const [gross, net] = [nav.gross.at(-1) ?? 0, nav.net.at(-1) ?? 0];
    const sum = ledger.reduce((total, { shortfallUsd }) => total + shortfallUsd, 0);
    expect(Math.abs(sum - (gross - net)) / gross).toBeLessThan(1e-12);
    expect(rebalances.length).toBeGreaterThan(5);
    const held = rebalances.at(-1)?.assets.filter(({ after }) => after > 0) ?? [];
    expect(held.reduce((total, { after }) => total + after, 0)).toBeCloseTo(1, 12);
    expect(rebalances.some(({ reason }) => reason === 'roll')).toBe(methodology.fixedTerm !== null);
  });
});
