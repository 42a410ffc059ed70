import * as z from 'zod';
import { dayOf } from '../daily-table.ts';
import type { JsonSource } from '../http/json-source.ts';

/** Figures that are unknown come as null, as 0, or not at all. */
const figure = z
  .number()
  .nonnegative()
  .nullish()
  .transform((value) => (value !== undefined && value !== null && value > 0 ? value : undefined));

const marketShape = z
  .object({
    id: z.string(),
    symbol: z.string(),
    name: z.string(),
    current_price: figure,
    market_cap: figure,
    circulating_supply: figure,
    total_supply: figure,
    max_supply: figure,
  })
  .transform(({ id, symbol, name, ...figures }) => ({
    ...{ id, symbol, name },
    /** {USD/tok} */
    price: figures.current_price,
    /** {USD} */
    marketCap: figures.market_cap,
    /** {tok} */
    circulatingSupply: figures.circulating_supply,
    totalSupply: figures.total_supply,
    maxSupply: figures.max_supply,
  }));

/** A coin's figures of now; undefined where CoinGecko does not know. */
export type CoinMarket = z.output<typeof marketShape>;

/** [{ms since 1970-01-01}, {USD/tok} or {USD}] */
const pointsShape = z.array(
  z.tuple([z.number().int().nonnegative(), z.number().nonnegative().nullable()], z.unknown()),
);
const chartShape = z.object({ prices: pointsShape, market_caps: pointsShape });

/** A coin's figures of a day: those of its first moment, 00:00 UTC. */
export interface DailyQuote {
  readonly day: string;
  /** {USD/tok}; 0 as published, NaN when there is none. */
  readonly price: number;
  /** {USD} */
  readonly marketCap: number;
}

const coinsShape = z.array(
  z.object({
    id: z.string(),
    symbol: z.string(),
    name: z.string(),
    /** Platform, such as `ethereum` -> address of the token. */
    platforms: z.record(z.string(), z.string().nullable()).default({}),
  }),
);

export type Coin = z.output<typeof coinsShape>[number];

/** A page of `/coins/markets`. */
const PAGE = 250;
const MS_A_DAY = 86_400_000;

/**
 * The figures of now of the coins with these ids, in their order (CoinGecko API v3, `/coins/markets`). Those that CoinGecko does not know
 * are left out.
 *
 * @throws DataError as `JsonSource.json`
 */
export const readMarkets = async (source: JsonSource, ids: readonly string[]): Promise<CoinMarket[]> => {
  const found: CoinMarket[] = [];
  for (let from = 0; from < ids.length; from += PAGE) {
    const page = ids.slice(from, from + PAGE);
    const query = { vs_currency: 'usd', ids: page.join(','), per_page: PAGE, page: 1, sparkline: 'false' };
    const markets = await source.json('/coins/markets', query, z.array(marketShape));
    const byId = new Map(markets.map((market) => [market.id, market]));
    found.push(...page.flatMap((id) => byId.get(id) ?? []));
  }
  return found;
};

/**
 * The daily figures of a coin over the last `days` {days} until now (CoinGecko API v3, `/coins/{id}/market_chart`), by day.
 *
 * @throws DataError as `JsonSource.json`; HTTP_NOT_FOUND for an id that CoinGecko does not have
 */
export const readChart = async (source: JsonSource, id: string, days: number): Promise<DailyQuote[]> => {
  const query = { vs_currency: 'usd', days, interval: 'daily' };
  const chart = await source.json(`/coins/${encodeURIComponent(id)}/market_chart`, query, chartShape);
  const [prices, caps] = [firstOfDays(chart.prices), firstOfDays(chart.market_caps)];
  return [...prices]
    .map(([day, price]) => ({ day: dayOf(day), price, marketCap: caps.get(day) ?? Number.NaN }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
};

/** {days since 1970-01-01} -> the earliest value of that day: the last point of a chart is of now, not of midnight. */
const firstOfDays = (points: z.output<typeof pointsShape>): Map<number, number> => {
  const first = new Map<number, number>();
  for (const [time, value] of [...points].sort(([a], [b]) => a - b)) {
    const day = Math.floor(time / MS_A_DAY);
    if (!first.has(day)) first.set(day, value ?? Number.NaN);
  }
  return first;
};

/**
 * Every coin with the addresses of its tokens (CoinGecko API v3, `/coins/list`).
 *
 * @throws DataError as `JsonSource.json`
 */
export const readCoins = (source: JsonSource): Promise<Coin[]> =>
  source.json('/coins/list', { include_platform: 'true' }, coinsShape);
