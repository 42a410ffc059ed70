import { type Day, InputError } from '@wicker/core';
import pLimit from 'p-limit';
import { cellOf, type DailyTable, dayNumber, daysFrom } from '../daily-table.ts';
import type { JsonSource } from '../http/json-source.ts';
import { type DailyQuote, readChart } from '../readers/coingecko.ts';

/** How far a collection is. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** What was got last. */
  readonly id: string;
}

/** Charts on their way at the same time; the source's rate limit holds over all. */
const AT_ONCE = 4;

/**
 * The daily charts of many coins over the last days {days}, which are counted anew for each: a collection may last past midnight. What was
 * got on a day stays got: a second run goes on where the first was
 * interrupted.
 *
 * @returns id -> quotes by day, in the order of the ids
 * @throws DataError as `JsonSource.json`, after the charts on their way are in
 */
export const collectCharts = async (
  source: JsonSource,
  ids: readonly string[],
  daysNow: () => number,
  onProgress: (progress: Progress) => void,
): Promise<Map<string, DailyQuote[]>> => {
  const limit = pLimit({ concurrency: AT_ONCE, rejectOnClear: true });
  let done = 0;
  const charts = await Promise.allSettled(
    ids.map((id) =>
      limit(async () => {
        const quotes = await readChart(source, id, daysNow());
        done += 1;
        onProgress({ done, total: ids.length, id });
        return [id, quotes] as const;
      }).catch((error: unknown) => {
        limit.clearQueue();
        throw error;
      }),
    ),
  );
  return new Map(
    charts.map((chart) => {
      if (chart.status === 'rejected') throw chart.reason;
      return chart.value;
    }),
  );
};

/**
 * The daily prices and market caps of many coins from one day to another, both included, as CoinGecko has them.
 *
 * @throws InputError BAD_RANGE; DataError as `JsonSource.json`
 */
export const collectPrices = async (
  source: JsonSource,
  ids: readonly string[],
  { from, to }: { readonly from: Day; readonly to: Day },
  onProgress: (progress: Progress) => void,
): Promise<DailyTable> => {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  const today = (): number => dayNumber(source.today());
  if (!(first <= last && last <= today())) {
    throw new InputError(
      'BAD_RANGE',
      `${from} to ${to} are no days in the past`,
      'Give two UTC days YYYY-MM-DD, in order.',
    );
  }
  const charts = await collectCharts(source, ids, () => Math.max(today() - first, 1), onProgress);
  const sorted = [...charts].sort(([a], [b]) => (a < b ? -1 : 1));
  const days = daysFrom(first, last - first + 1);
  const table = {
    ...{ days, ids: sorted.map(([id]) => id) },
    price: new Float64Array(days.length * sorted.length).fill(Number.NaN),
    marketCap: new Float64Array(days.length * sorted.length).fill(Number.NaN),
  };
  for (const [asset, [, quotes]] of sorted.entries()) {
    for (const { day, price, marketCap } of quotes) {
      const number = dayNumber(day) - first;
      if (number < 0 || number >= days.length) continue;
      table.price[cellOf(table, number, asset)] = price;
      table.marketCap[cellOf(table, number, asset)] = marketCap;
    }
  }
  return table;
};
