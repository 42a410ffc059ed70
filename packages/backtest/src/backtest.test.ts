import { describe, expect, it } from 'vitest';
import { backtest } from './backtest.ts';
import { CALM, DEEP, methodologyOf, tableOf } from './table.fixture.ts';

/** From Sunday 2023-01-01: determined 2023-01-25, rebalanced 2023-02-01 (day 31) and 2023-03-01 (day 59). */
const FIRST = '2023-01-01';
const FEBRUARY = 31;
const MARCH = 59;
const MILLION = 1_000_000;

const flat = (price: number) => ({ price: () => price });
const from = (day: number, before: number, after: number) => ({ price: (d: number) => (d < day ? before : after) });

describe('a back-test by hand', () => {
  it('holds the weights of the determination from the day of the rebalance, and lets them drift', () => {
    // b doubles in the middle of February, so NAV goes from 1 to 1.5; March puts both back to a half.
    const table = tableOf(FIRST, 62, { a: flat(1), b: from(45, 10, 20) });
    const { days, nav, rebalances } = backtest({ methodology: methodologyOf(), table, settings: DEEP });
    expect([days[0], days.at(-1), days.length]).toEqual(['2023-02-01', '2023-03-03', 31]);
    expect(nav.gross[0]).toBe(MILLION);
    expect(nav.gross[45 - FEBRUARY - 1]).toBeCloseTo(MILLION, 6);
    expect(nav.gross[45 - FEBRUARY]).toBeCloseTo(1.5 * MILLION, 6);
    expect(rebalances.map(({ day, determined, reason }) => [day, determined, reason])).toEqual([
      ['2023-02-01', '2023-01-25', 'start'],
      ['2023-03-01', '2023-02-22', 'calendar'],
    ]);
    expect(rebalances[0]).toMatchObject({ entered: ['a', 'b'], left: [], turnover: 0, costUsd: 0 });
    expect(rebalances[1]?.assets[1]?.before).toBeCloseTo(2 / 3, 12);
    expect(rebalances[1]?.assets.map(({ after }) => after)).toEqual([0.5, 0.5]);
    expect(rebalances[1]?.turnover).toBeCloseTo(1 / 6, 12);
  });

  it('weighs by the market caps of the day of determination', () => {
    const marketCap = (day: number): number => (day === 24 ? 300 : 100);
    const table = tableOf(FIRST, 32, { a: { price: () => 1, marketCap }, b: { price: () => 1, marketCap: () => 100 } });
    const methodology = methodologyOf({ weights: { by: 'market-cap', cap: 1, floor: 0 } });
    const { rebalances } = backtest({ methodology, table, settings: CALM });
    expect(rebalances[0]?.assets).toEqual([
      { id: 'a', before: 0, after: 0.75 },
      { id: 'b', before: 0, after: 0.25 },
    ]);
  });

  it('charges every kind of cost, each in the ledger, which sums to gross less net', () => {
    const table = tableOf(FIRST, 70, { a: flat(1), b: from(45, 10, 20) });
    const costs = { poolFeeBps: 30, gasUsdPerTrade: 7, managementFee: 0.02 };
    const settings = { ...CALM, liquidityUsd: 20 * MILLION };
    const {
      nav,
      ledger,
      costs: totals,
      rebalances,
    } = backtest({ methodology: methodologyOf({ costs }), table, settings });

    // A fee a day of 28 days, then trades: 1/6 of NAV sold and as much bought, each with its fee, impact and gas.
    const kept = 0.98 ** (86_400 / 31_556_952);
    const before = 1.5 * MILLION * kept ** (MARCH - FEBRUARY);
    const poolFee = (traded: number): number => traded * 0.003;
    const impact = (traded: number): number => (traded * 0.997) ** 2 / (10 * MILLION + traded * 0.997);
    const sold = before / 6;
    const bought = sold - poolFee(sold) - impact(sold);
    const ofMarch = ledger.filter(({ day }) => day === '2023-03-01');
    expect(ofMarch.map(({ kind, asset }) => [kind, asset])).toEqual([
      ['management-fee', null],
      ['pool-fee', 'a'],
      ['pool-fee', 'b'],
      ['impact', 'a'],
      ['impact', 'b'],
      ['gas', 'a'],
      ['gas', 'b'],
    ]);
    const paid = (kind: string, asset: string | null): number =>
      ofMarch.find((item) => item.kind === kind && item.asset === asset)?.paidUsd ?? 0;
    expect(paid('management-fee', null)).toBeCloseTo((before / kept) * (1 - kept), 6);
    expect(paid('pool-fee', 'b')).toBeCloseTo(poolFee(sold), 6);
    expect(paid('pool-fee', 'a')).toBeCloseTo(poolFee(bought), 6);
    expect(paid('impact', 'b')).toBeCloseTo(impact(sold), 6);
    expect(paid('impact', 'a')).toBeCloseTo(impact(bought), 6);
    expect(paid('gas', 'a')).toBe(7);
    const all = poolFee(sold) + poolFee(bought) + impact(sold) + impact(bought) + 14;
    expect(rebalances[1]?.costUsd).toBeCloseTo(all, 6);

    const lost = (nav.gross.at(-1) ?? 0) - (nav.net.at(-1) ?? 0);
    expect(Math.abs(ledger.reduce((sum, { shortfallUsd }) => sum + shortfallUsd, 0) - lost)).toBeLessThan(1e-12 * lost);
    expect(totals.reduce((sum, { shortfallUsd }) => sum + shortfallUsd, 0)).toBeCloseTo(lost, 6);
  });

  it('knows the liquidity of an asset where the table has it', () => {
    const liquidity = () => 40 * MILLION;
    const table = tableOf(FIRST, 70, { a: { ...flat(1), liquidity }, b: from(45, 10, 20) });
    const { ledger } = backtest({
      methodology: methodologyOf(),
      table,
      settings: { ...CALM, liquidityUsd: 2 * MILLION },
    });
    const impact = (id: string): number =>
      ledger.find(({ kind, asset }) => kind === 'impact' && asset === id)?.paidUsd ?? 0;
    const sold = (1.5 * MILLION) / 6;
    const bought = sold - sold ** 2 / (MILLION + sold);
    expect(impact('b')).toBeCloseTo(sold - bought, 5);
    expect(impact('a')).toBeCloseTo(bought ** 2 / (20 * MILLION + bought), 5);
  });

  it('sells an asset whose prices end at the last price less the haircut, and buys the others', () => {
    // b ends after day 40; its price stands for 7 days, and on day 48 it is sold.
    const table = tableOf(FIRST, 58, { a: flat(1), b: { price: (day) => (day <= 40 ? 10 : undefined) }, c: flat(2) });
    const { nav, rebalances, ledger, findings } = backtest({ methodology: methodologyOf(), table, settings: DEEP });
    expect(rebalances[1]).toMatchObject({
      ...{ day: '2023-02-18', reason: 'delisting', entered: [] },
      left: [{ id: 'b', rule: 'delisted' }],
    });
    expect(rebalances[1]?.assets.map(({ id, after }) => [id, after])).toEqual([
      ['a', 0.5],
      ['c', 0.5],
      ['b', 0],
    ]);
    expect(nav.gross.at(-1)).toBeCloseTo(MILLION, 6);
    expect(nav.net.at(-1)).toBeCloseTo(0.9 * MILLION, 6);
    expect(ledger.filter(({ kind }) => kind === 'delisting')).toEqual([
      {
        day: '2023-02-18',
        asset: 'b',
        kind: 'delisting',
        paidUsd: expect.closeTo(1e5, 6),
        shortfallUsd: expect.closeTo(1e5, 6),
      },
    ]);
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'delisting', id: 'b', from: '2023-02-18' }));
  });

  it('bridges a gap with the last price, and reports it', () => {
    const gap = { price: (day: number) => (day > 40 && day < 46 ? undefined : 10) };
    const { nav, rebalances, findings } = backtest({
      ...{ methodology: methodologyOf(), settings: DEEP },
      table: tableOf(FIRST, 58, { a: flat(1), b: gap }),
    });
    expect(new Set(nav.gross.map(Math.round))).toEqual(new Set([MILLION]));
    expect(rebalances).toHaveLength(1);
    expect(findings).toContainEqual(
      expect.objectContaining({ kind: 'gap', id: 'b', from: '2023-02-11', to: '2023-02-15' }),
    );
  });

  it('keeps the money when the only asset ends, until there is something to buy', () => {
    const only = {
      a: { price: (day: number) => (day <= 36 ? 1 : undefined) },
      b: { price: (day: number) => (day < 50 ? undefined : 4) },
    };
    const { nav, rebalances } = backtest({
      methodology: methodologyOf(),
      table: tableOf(FIRST, 65, only),
      settings: DEEP,
    });
    expect(rebalances.map(({ reason }) => reason)).toEqual(['start', 'delisting', 'calendar']);
    expect(nav.gross.at(-1)).toBeCloseTo(MILLION, 6);
    expect(nav.net.at(-1)).toBeCloseTo(0.7 * MILLION, 6);
    expect(rebalances[2]).toMatchObject({ entered: ['b'], turnover: 0.5 });
  });

  it('compares with an asset and with a methodology', () => {
    const table = tableOf(FIRST, 70, { a: flat(1), b: from(45, 10, 20) });
    const single = methodologyOf({ id: 'largest', selection: { size: 1 }, calendar: { schedule: 'monthly' } });
    const { benchmarks, nav } = backtest({
      ...{ methodology: methodologyOf(), table, settings: DEEP },
      benchmarks: [
        { kind: 'asset', id: 'b' },
        { kind: 'methodology', methodology: single },
        { kind: 'methodology', methodology: methodologyOf() },
      ],
    });
    expect(benchmarks.map(({ id }) => id)).toEqual(['b', 'largest', 'test']);
    expect(benchmarks[0]?.nav.at(-1)).toBeCloseTo(2 * MILLION, 6);
    expect(benchmarks[1]?.nav.at(-1)).toBeCloseTo(2 * MILLION, 6);
    expect(benchmarks[2]?.nav).toEqual(nav.net);
    expect(benchmarks[2]?.relative).toEqual({ trackingError: 0, informationRatio: null });
  });

  it.each([
    ['BAD_DAYS', { from: '2023-02-30' }],
    ['BAD_DAYS', { from: '2023-03-01', to: '2023-02-01' }],
    ['BAD_DAYS', { from: '2024-01-01' }],
    ['NO_REBALANCE', { from: '2023-02-02', to: '2023-02-20' }],
    ['BAD_SETTING', { settings: { ...CALM, capitalUsd: 0 } }],
    ['BAD_SETTING', { settings: { ...CALM, riskFreeRate: Number.NaN } }],
    [
      'RUINOUS_COST',
      {
        settings: { ...CALM, capitalUsd: 10 },
        methodology: methodologyOf({ costs: { poolFeeBps: 0, gasUsdPerTrade: 10, managementFee: 0 } }),
      },
    ],
    ['UNKNOWN_BENCHMARK', { benchmarks: [{ kind: 'asset', id: 'x' }] }],
    ['BENCHMARK_TOO_LATE', { benchmarks: [{ kind: 'asset', id: 'late' }] }],
    ['NOT_TESTABLE', { methodology: methodologyOf({ weights: { by: 'net-yield', cap: 1, floor: 0 } }) }],
    ['INFEASIBLE_CAP', { methodology: methodologyOf({ weights: { by: 'equal', cap: 0.3, floor: 0 } }) }],
  ] as const)('says %s', (code, change) => {
    const late = { price: (day: number) => (day < 35 ? undefined : 1) };
    const table = tableOf(FIRST, 70, { a: flat(1), b: from(45, 10, 20), late });
    expect(() => backtest({ methodology: methodologyOf(), table, settings: CALM, ...change })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('goes on when holidays move one rebalance onto the day of the next', () => {
    // All of February without business: both are on 2023-03-01, and the later determination counts.
    const holidays = Array.from({ length: 28 }, (_, i) => `2023-02-${String(i + 1).padStart(2, '0')}`);
    const table = tableOf(FIRST, 62, { a: flat(1), b: flat(2) });
    const methodology = methodologyOf({ calendar: { schedule: 'monthly', holidays } });
    const { rebalances } = backtest({ methodology, table, settings: DEEP });
    expect(rebalances.map(({ day, determined }) => [day, determined])).toEqual([['2023-03-01', '2023-02-22']]);
  });

  it('names the benchmark that cannot be followed', () => {
    const table = tableOf(FIRST, 62, { a: flat(1) });
    const quarterly = methodologyOf({ id: 'slow', calendar: { schedule: 'quarterly' } });
    const benchmarks = [{ kind: 'methodology' as const, methodology: quarterly }];
    expect(() => backtest({ methodology: methodologyOf(), table, settings: DEEP, benchmarks })).toThrow(
      expect.objectContaining({ code: 'NO_REBALANCE', message: expect.stringMatching(/^benchmark slow: /) }),
    );
  });

  it('names the day on which nothing can be weighed', () => {
    const screening = { ...(methodologyOf().screening as object), attested: ['safety'] };
    const table = tableOf(FIRST, 70, { a: flat(1) });
    expect(() => backtest({ methodology: methodologyOf({ screening }), table })).toThrow('determined on 2023-01-25');
  });
});
