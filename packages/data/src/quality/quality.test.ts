import { describe, expect, it } from 'vitest';
import type { DailyTable } from '../daily-table.ts';
import { daysFrom } from '../daily-table.ts';
import { checkTable } from './check.ts';
import { applyPolicy, STATE } from './policy.ts';

/** One asset from 2023-01-01 on; a market cap of 1e6 tokens where none is given. */
const series = (prices: readonly number[], caps?: readonly number[]): DailyTable => ({
  days: daysFrom(19_358, prices.length),
  ids: ['aave'],
  price: Float64Array.from(prices),
  marketCap: Float64Array.from(caps ?? prices.map((price) => price * 1e6)),
});
const NO = Number.NaN;
const rising = (days: number): number[] => Array.from({ length: days }, (_, i) => 10 + i / 100);
const POLICY = { maxCarryDays: 2, maxSameDays: 3, haircut: 0.25 };

describe('applyPolicy', () => {
  it('carries the last price, and the market cap with it', () => {
    const { table, state, delistings } = applyPolicy(series([10, NO, NO, 11]), POLICY);
    expect([...table.price]).toEqual([10, 10, 10, 11]);
    expect([...table.marketCap]).toEqual([1e7, 1e7, 1e7, 1.1e7]);
    expect([...state]).toEqual([STATE.quoted, STATE.carried, STATE.carried, STATE.quoted]);
    expect(delistings).toEqual([]);
  });

  it('delists on the day after, at the last price less the haircut, and lists again when prices come', () => {
    const { table, state, delistings } = applyPolicy(series([NO, 10, 12, NO, NO, NO, NO, 8]), POLICY);
    expect([...table.price]).toEqual([NO, 10, 12, 12, 12, NO, NO, 8]);
    expect([...state]).toEqual([0, 1, 1, 2, 2, 0, 0, 1]);
    expect(delistings).toEqual([{ day: 5, asset: 0, lastQuoted: 2, price: 9 }]);
  });

  it('takes a price of 0 for none', () => {
    const { table, state } = applyPolicy(series([10, 0, 11]), POLICY);
    expect([...table.price]).toEqual([10, 10, 11]);
    expect(state[1]).toBe(STATE.carried);
  });

  it('believes the same price for some days; a series that stands still ends', () => {
    const { state, delistings } = applyPolicy(series([9, 10, 10, 10, 10, 10, 10, 10, 10]), POLICY);
    expect([...state]).toEqual([1, 1, 1, 1, 2, 2, 0, 0, 0]);
    expect(delistings).toEqual([{ day: 6, asset: 0, lastQuoted: 3, price: 7.5 }]);
  });

  it('fills a missing market cap by the last supply, for as long as a price is carried', () => {
    const { table } = applyPolicy(series([10, 11, 12, 13], [1000, NO, 0, NO]), POLICY);
    expect([...table.marketCap]).toEqual([1000, 1100, 1200, NO]);
  });

  it('goes on in the unit of before after a redenomination, supplies too', () => {
    const before = series([10, 10.1, 0.0101, 0.0102], [1000, 1010, 1010, 1020]);
    const { table } = applyPolicy({ ...before, totalSupply: Float64Array.of(100, 100, 100_000, 100_000) }, POLICY);
    expect([...table.price]).toEqual([10, 10.1, 10.1, 10.2].map((price) => expect.closeTo(price, 12)));
    expect([...table.marketCap]).toEqual([1000, 1010, 1010, 1020]);
    expect([...(table.totalSupply ?? [])]).toEqual([100, 100, 100, 100]);
  });

  it('carries supplies, liquidity and net yields with the price, supplies in the unit of before', () => {
    const [totalSupply, liquidity] = [Float64Array.of(100, 1e5, NO, NO, NO), Float64Array.of(5, 6, NO, NO, NO)];
    const prices = series([10, 0.01, NO, 0.01, NO], [1000, 1000, NO, 1000, NO]);
    const netYield = Float64Array.of(0.1, 0.2, NO, NO, NO);
    const { table } = applyPolicy({ ...prices, totalSupply, liquidity, netYield }, POLICY);
    // A row of its own that does not say is no missing row.
    expect([...(table.totalSupply ?? [])]).toEqual([100, 100, 100, NO, NO]);
    expect([...(table.liquidity ?? [])]).toEqual([5, 6, 6, NO, NO]);
    expect([...(table.netYield ?? [])]).toEqual([0.1, 0.2, 0.2, NO, NO]);
  });

  it('keeps supply jumps and crashes as they are', () => {
    const unlock = series([10, 9.9, 9.8], [1000, 1980, 1960]);
    expect([...applyPolicy(unlock, POLICY).table.price]).toEqual([10, 9.9, 9.8]);
    // Terra's end: the price fell by 1 000 while the supply grew by 10, and nobody had as much as before.
    const crash = series([10, 0.01], [1000, 10]);
    expect([...applyPolicy(crash, POLICY).table.price]).toEqual([10, 0.01]);
  });

  it('knows nothing of the future: each prefix has the same answers', () => {
    const prices = [10, 10.1, NO, 0.0101, 0, NO, NO, NO, 5, 5, 5, 5, 5, 5, 5, 6, 60];
    const caps = [1000, 1010, NO, 1010, NO, NO, NO, NO, 700, NO, NO, NO, NO, 700, 700, 800, 805];
    const whole = applyPolicy(series(prices, caps), POLICY);
    for (let days = 1; days < prices.length; days += 1) {
      const part = applyPolicy(series(prices.slice(0, days), caps.slice(0, days)), POLICY);
      expect(part.table.price).toEqual(whole.table.price.slice(0, days));
      expect(part.table.marketCap).toEqual(whole.table.marketCap.slice(0, days));
      expect(part.state).toEqual(whole.state.slice(0, days));
      expect(part.delistings).toEqual(whole.delistings.filter(({ day }) => day < days));
    }
  });

  it.each([{ maxCarryDays: -1 }, { maxCarryDays: 1.5 }, { maxSameDays: 0 }, { haircut: 1.1 }, { haircut: NO }])(
    'refuses %j',
    (wrong) => {
      expect(() => applyPolicy(series([1]), { ...POLICY, ...wrong })).toThrow(
        expect.objectContaining({ code: 'BAD_POLICY' }),
      );
    },
  );
});

describe('checkTable', () => {
  it('finds nothing in prices of every day', () => {
    expect(checkTable(series(rising(30)), POLICY)).toEqual([]);
  });

  it('finds gaps, prices of 0, prices that stand still, unknown market caps', () => {
    expect(checkTable(series([NO, 10, NO, NO, 11, 0, 12, NO]), POLICY)).toEqual([
      { kind: 'gap', id: 'aave', from: '2023-01-03', to: '2023-01-04', days: 2 },
      { kind: 'zero-price', id: 'aave', from: '2023-01-06', to: '2023-01-06', days: 1 },
    ]);
    expect(checkTable(series([9, 9, 9, 9, 10]), POLICY)).toEqual([
      { kind: 'stale-price', id: 'aave', from: '2023-01-01', to: '2023-01-04', days: 4, price: 9 },
    ]);
    expect(checkTable(series([9, 10], [0, NO]), POLICY)).toEqual([
      { kind: 'no-market-cap', id: 'aave', from: '2023-01-01', to: '2023-01-02', days: 2 },
    ]);
  });

  it('finds the end of a series, with the day and price of the sale', () => {
    expect(checkTable(series([10, 12, NO, NO, NO]), POLICY)).toEqual([
      { kind: 'delisting', id: 'aave', from: '2023-01-05', lastQuoted: '2023-01-02', price: 9 },
    ]);
  });

  it.each([
    // What a holder has stays: 1 for 1 000, 100 for 1 (a third of a percent is the market), 1 for 24 000, 2 for 1.
    [[10, 0.0101], [1000, 1010], 'redenomination', { factor: 1000 }],
    [[0.5, 50.2], [1000, 1004], 'redenomination', { factor: 0.01 }],
    [[2400, 0.1], [1000, 1000], 'redenomination', { factor: 24_000 }],
    [[10, 5.05], [1000, 1010], 'redenomination', { factor: 2 }],
    // The second day of a token: what was distributed is no new unit.
    [[10, 4.07], [1000, 1165], 'supply-jump', { supplyRatio: 1165 / 407 }],
    [[10, 10.1], [1000, 1313], 'supply-jump', { supplyRatio: 1.3 }],
    [[10, 10], [1000, 500], 'supply-jump', { supplyRatio: 0.5 }],
    [[10, 40], [1000, 4000], 'price-jump', { priceRatio: 4 }],
    [[10, 0.01], [NO, NO], 'price-jump', { priceRatio: 0.001 }],
  ])('tells %j with market caps %j: %s', (prices, caps, kind, numbers) => {
    const jumps = checkTable(series(prices, caps), POLICY).filter((finding) => finding.kind !== 'no-market-cap');
    const [[key = '', value = NO] = []] = Object.entries(numbers);
    expect(jumps).toEqual([
      expect.objectContaining({ kind, id: 'aave', from: '2023-01-02', [key]: expect.closeTo(value, 9) }),
    ]);
  });

  it('says of jumps what the policy does: a market cap that was filled in decides too', () => {
    const table = series([10, 10.1, 0.0101], [1000, NO, 1010]);
    expect(applyPolicy(table, POLICY).table.price[2]).toBeCloseTo(10.1, 12);
    expect(checkTable(table, POLICY)).toContainEqual(
      expect.objectContaining({ kind: 'redenomination', from: '2023-01-03', factor: 1000 }),
    );
  });

  it('compares nothing with a price from before a delisting: nobody held it', () => {
    const table = series([10, NO, NO, NO, 0.01], [1000, NO, NO, NO, 1000]);
    expect(applyPolicy(table, POLICY).table.price[4]).toBe(0.01);
    expect(checkTable(table, POLICY).map(({ kind }) => kind)).toEqual(['gap', 'delisting']);
  });
});
