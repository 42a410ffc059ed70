import { type Methodology, parseMethodology, seeded } from '@wicker/core';
import { type DailyTable, DEFAULT_POLICY, dayNumber, daysFrom, type Figure } from '@wicker/data';
import type { BacktestSettings } from './result.ts';

/** A figure of an asset by the number of its day; undefined where there is none. */
type Series = (day: number) => number | undefined;

/** Figures of one asset: its price, and with it a market cap of a million tokens where none is given. */
export type AssetSeries = { readonly price: Series } & Partial<Record<Exclude<Figure, 'price'>, Series>>;

const MILLION = 1e6;

/** A table from the first day on. */
export const tableOf = (first: string, days: number, assets: Readonly<Record<string, AssetSeries>>): DailyTable => {
  const ids = Object.keys(assets).sort();
  const column = (of: (series: AssetSeries) => Series | undefined): Float64Array => {
    const values = new Float64Array(days * ids.length).fill(Number.NaN);
    for (const [asset, id] of ids.entries()) {
      const series = assets[id] && of(assets[id]);
      for (let day = 0; day < days; day += 1) values[day * ids.length + asset] = series?.(day) ?? Number.NaN;
    }
    return values;
  };
  const optional = (['circulatingSupply', 'totalSupply', 'maxSupply', 'liquidity', 'netYield'] as const).flatMap(
    (name) =>
      Object.values(assets).some((series) => series[name] !== undefined)
        ? [[name, column((series) => series[name])]]
        : [],
  );
  return {
    days: daysFrom(dayNumber(first), days),
    ids,
    price: column(({ price }) => price),
    marketCap: column(({ price, marketCap }) => marketCap ?? ((day) => (price(day) ?? Number.NaN) * MILLION)),
    ...Object.fromEntries(optional),
  };
};

/** A methodology file without any screening; free of costs but for what is given. */
export const fileOf = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...{ format: 1, id: 'test', title: 'Test' },
  screening: {
    ...{ category: null, supply: null, liquidity: null, liquidityHistory: null, priceImpact: null, priceHistory: null },
    attested: [],
  },
  weights: { by: 'equal', cap: 1, floor: 0 },
  calendar: { schedule: 'monthly' },
  costs: { poolFeeBps: 0, gasUsdPerTrade: 0, managementFee: 0 },
  ...change,
});

export const methodologyOf = (change: Record<string, unknown> = {}): Methodology => parseMethodology(fileOf(change));

/** Made prices stand still, and are believed. */
export const CALM: Partial<BacktestSettings> = { policy: { ...DEFAULT_POLICY, maxSameDays: 100_000 } };

/** So deep that impact is next to nothing. */
export const DEEP: Partial<BacktestSettings> = { ...CALM, liquidityUsd: 1e30 };

/** A market that never was, with gaps, an asset that begins late and a large one that ends; market caps are whole USD. */
export const randomTable = (seed: number, days: number, assets: number): DailyTable => {
  const random = seeded(seed);
  const series = Array.from({ length: assets }, (_, asset): [string, AssetSeries] => {
    const supply = asset === 2 ? 1e8 : 10 ** (6 + 2 * random());
    const [begins, ends] = [asset === 1 ? days / 3 : 0, asset === 2 ? days / 2 : days];
    let price = 10 ** (2 * random());
    const prices = Array.from({ length: days }, (_, day) => {
      price *= Math.exp(0.12 * (random() - 0.5));
      return day < begins || day >= ends || random() < 0.02 ? undefined : price;
    });
    const at = (of: (price: number) => number) => (day: number) => {
      const now = prices[day];
      return now === undefined ? undefined : of(now);
    };
    return [
      `asset-${asset.toString().padStart(2, '0')}`,
      {
        ...{ price: at((now) => now), marketCap: at((now) => Math.round(now * supply)) },
        ...{ circulatingSupply: () => supply * (0.2 + (0.5 * ((asset * 7) % 10)) / 10), totalSupply: () => supply },
        liquidity: at((now) => Math.round(4e6 + 1e5 * now)),
      },
    ];
  });
  return tableOf('2021-01-01', days, Object.fromEntries(series));
};

/** Supply, liquidity and history decide; caps and floor bind. */
export const screeningFile = (change: Record<string, unknown> = {}): Record<string, unknown> =>
  fileOf({
    screening: {
      ...{ category: null, supply: { above: 0.3, base: 'total' }, liquidity: { minUsd: 4_110_000 } },
      ...{ liquidityHistory: { minDays: 5 }, priceImpact: null, priceHistory: { minDays: 20 }, attested: ['safety'] },
    },
    weights: { by: 'market-cap', cap: 0.35, floor: 0.01 },
    costs: { poolFeeBps: 30, gasUsdPerTrade: 10, managementFee: 0.01 },
    ...change,
  });
