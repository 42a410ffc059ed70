import { describe, expect, it } from 'vitest';
import { holdingRows, type SortKey, sortRows } from './rows.ts';

const E18 = 10n ** 18n;
const at = (usd: bigint): bigint => (usd * (1n << 112n)) / 10n ** 12n;
const a = (digit: string) => `0x${digit.padStart(40, '0')}` as const;
const [UNI, LDO, BAD] = [a('1'), a('2'), a('3')];
const none = { excess: 0n, deficit: 0n, status: 'live' } as const;

const rows = holdingRows(
  [
    {
      ...none,
      asset: UNI,
      amount: 10n * E18,
      price: at(6n),
      weight: (30n * E18) / 100n,
      target: (28n * E18) / 100n,
      excess: E18,
    },
    {
      ...none,
      asset: LDO,
      amount: 5n * E18,
      price: at(2n),
      weight: (5n * E18) / 100n,
      target: (7n * E18) / 100n,
      deficit: 3n * E18,
    },
    { ...none, asset: BAD, amount: E18, price: 0n, weight: 0n, target: 0n, status: 'dead' },
  ],
  () => 18,
);
const names: Readonly<Record<string, string>> = { [UNI]: 'UNI', [LDO]: 'LDO', [BAD]: 'BAD' };
const order = (by: SortKey, descending: boolean) =>
  sortRows(rows, { by, descending }, (asset) => names[asset] ?? '').map(({ asset }) => names[asset]);

describe('the rows of the holdings', () => {
  it('have value, price and what is missing to the target', () => {
    expect(rows[0]).toMatchObject({
      ...{ weightBps: 3_000, targetBps: 2_800, need: { what: 'sell', value: 5_999_999n } },
      band: { side: 'over', outside: true },
    });
    expect(rows[1]?.need?.what).toBe('buy');
    expect(rows[2]).toMatchObject({ value: undefined, price: undefined, need: undefined, status: 'dead' });
  });

  it('sort by any column, both ways', () => {
    expect(order('weight', true)).toEqual(['UNI', 'LDO', 'BAD']);
    expect(order('asset', false)).toEqual(['BAD', 'LDO', 'UNI']);
    expect(order('off', false)).toEqual(['LDO', 'BAD', 'UNI']);
    expect(order('value', false)).toEqual(['BAD', 'LDO', 'UNI']);
    expect(order('price', true)).toEqual(['UNI', 'LDO', 'BAD']);
    expect(order('need', true)).toEqual(['UNI', 'BAD', 'LDO']);
  });
});
