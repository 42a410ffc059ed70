import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { applyPolicy, checkTable, readDailyTable, STATE } from '@wicker/data';
import { describe, expect, it } from 'vitest';
import { FOLDER } from './folder.ts';

const PRICES = join(FOLDER ?? '', '..', 'market', 'core_daily.csv.gz');
const isThere = FOLDER !== undefined && existsSync(PRICES);
if (!isThere) console.log('conformance: the check of daily prices was skipped: there are none beside the cases');

describe.skipIf(!isThere)('daily prices of 2021 to 2023', () => {
  it('are read whole, and what is odd about them is found', async () => {
    const table = await readDailyTable(PRICES);
    expect([table.days[0], table.days.at(-1), table.days.length, table.ids.length]).toEqual([
      '2021-01-01',
      '2023-12-04',
      1068,
      28,
    ]);
    expect(table.price.filter((price) => price > 0)).toHaveLength(25_681);
    const findings = checkTable(table);
    const of = (kind: string) =>
      findings.filter((finding) => finding.kind === kind).map(({ id, from }) => `${id} ${from}`);
    expect(of('gap')).toEqual(['pangolin 2021-05-08', 'pangolin 2022-01-01', 'ribbon-finance 2023-08-14']);
    // Each a week and a day after its last price; pangolin came back after two months, and went again.
    expect(of('delisting')).toEqual([
      ...['avalaunch 2022-01-08', 'balancer 2023-11-14', 'benqi-liquid-staked-avax 2022-09-29'],
      ...['pangolin 2022-01-08', 'pangolin 2022-11-02', 'seedify-fund 2022-01-08'],
    ]);
    // None of these assets changed its unit, though supplies were counted anew dozens of times.
    expect(of('redenomination')).toEqual([]);
    expect(of('supply-jump').length).toBeGreaterThan(30);
    expect(of('zero-price')).toEqual([]);
    const { state } = applyPolicy(table);
    expect(state.filter((one) => one === STATE.quoted)).toHaveLength(25_681);
  });
});
