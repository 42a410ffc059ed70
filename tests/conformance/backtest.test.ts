import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backtest, parseMembersText } from '@wicker/backtest';
import { parseMethodologyText } from '@wicker/core';
import { readDailyTable } from '@wicker/data';
import { describe, expect, it } from 'vitest';
import { FOLDER } from './folder.ts';

const PRICES = join(FOLDER ?? '', '..', 'market', 'core_daily.csv.gz');
const isThere = FOLDER !== undefined && existsSync(PRICES);
if (!isThere)
  console.log('conformance: the back-test of the PDI was skipped: there are no daily prices beside the cases');

const read = (path: string): string => readFileSync(new URL(`../../data/${path}`, import.meta.url), 'utf8');

describe.skipIf(!isThere).each(['calendar', 'bands'] as const)(
  'the PDI from 2021-02 to 2023-11 by %s',
  (rebalancing) => {
    const run = async () =>
      backtest({
        methodology: parseMethodologyText(read('methodologies/pdi.jsonc')),
        members: parseMembersText(read('universes/pdi-members.jsonc')),
        table: await readDailyTable(PRICES),
        ...{ from: '2021-02-01', to: '2023-11-30', settings: { rebalancing } },
        benchmarks: [{ kind: 'asset', id: 'ethereum' }],
      });

    it('goes through all months, with gaps and all, and its ledger sums to gross less net NAV', async () => {
      const { days, nav, ledger, costs, rebalances, benchmarks, findings } = await run();
      expect([days[0], days.at(-1), days.length]).toEqual(['2021-02-01', '2023-11-30', 1033]);
      expect(rebalances.filter(({ reason }) => reason === 'calendar')).toHaveLength(33);
      expect(benchmarks[0]?.nav).toHaveLength(1033);
      expect(findings.length).toBeGreaterThan(0);
      const [gross, net] = [nav.gross.at(-1) ?? 0, nav.net.at(-1) ?? 0];
      expect(net).toBeLessThan(gross);
      for (const items of [ledger, costs]) {
        const sum = items.reduce((total, { shortfallUsd }) => total + shortfallUsd, 0);
        expect(Math.abs(sum - (gross - net))).toBeLessThan(1e-12 * (gross - net));
      }
      for (const { assets } of rebalances) {
        expect(Math.abs(assets.reduce((sum, { after }) => sum + after, 0) - 1)).toBeLessThan(1e-12);
      }
    });

    it('holds whom the published calculations held, in their order by weight, from their months on', async () => {
      const { rebalances } = await run();
      const held = (day: string) =>
        rebalances
          .find((one) => one.day === day)
          ?.assets.filter(({ after }) => after > 0)
          .map(({ id }) => id) ?? [];
      expect(held('2022-06-01').slice(0, 2).sort()).toEqual(['aave', 'uniswap']);
      expect(held('2022-11-01')).toHaveLength(13);
      expect(held('2023-05-01').slice(0, 3)).toEqual(['uniswap', 'lido-dao', 'aave']);
      // The series of balancer ends on 2023-11-06: its price stands for a week, then it is sold.
      expect(rebalances.find(({ reason }) => reason === 'delisting')).toMatchObject({
        ...{ day: '2023-11-14', left: [{ id: 'balancer', rule: 'delisted' }] },
      });
    });
  },
);
