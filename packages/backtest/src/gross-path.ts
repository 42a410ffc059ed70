import type { Banding } from './banding.ts';
import type { Market } from './market.ts';
import type { Targets } from './targets.ts';
import type { Trades } from './trades.ts';

/** What a fund does before any cost. */
export interface GrossPath {
  /** Number of the first day. */
  readonly first: number;
  /** {USD} closing values from the first day on. */
  readonly gross: Float64Array;
  /** By day ascending; the first is the start. */
  readonly trades: readonly Trades[];
}

/** A basket from a day on: what is held, and the money that waits when nothing is left to hold. */
interface Basket {
  readonly targets: Targets;
  /** Numbers of assets, ascending. */
  readonly assets: readonly number[];
  /** {tok} */
  readonly units: readonly number[];
  /** {USD} */
  readonly cash: number;
}

/** Numbers of assets, ascending, each with its part {1} of NAV. */
interface Shares {
  readonly assets: readonly number[];
  readonly weights: readonly number[];
}

const NOTHING: Shares = { assets: [], weights: [] };
/** No asset has this number. */
const PAST_ALL = 2 ** 31;

/** Room for lists whose length is not known beforehand: a copy of the right length is cheaper than a list that grows. */
const room: { readonly assets: number[]; readonly before: number[]; readonly after: number[] } = {
  ...{ assets: [], before: [], after: [] },
};

/** The weights before and after a trade, over all assets of both. */
const merged = (held: Shares, wanted: Shares): Pick<Trades, 'assets' | 'before' | 'after'> => {
  const { assets, before, after } = room;
  let count = 0;
  for (let i = 0, k = 0; i < held.assets.length || k < wanted.assets.length; count += 1) {
    const x = i < held.assets.length ? (held.assets[i] as number) : PAST_ALL;
    const y = k < wanted.assets.length ? (wanted.assets[k] as number) : PAST_ALL;
    assets[count] = Math.min(x, y);
    before[count] = x <= y ? (held.weights[i] as number) : 0;
    after[count] = y <= x ? (wanted.weights[k] as number) : 0;
    if (x <= y) i += 1;
    if (y <= x) k += 1;
  }
  return { assets: assets.slice(0, count), before: before.slice(0, count), after: after.slice(0, count) };
};

/** What a basket is worth {USD}; what has no price any more, at that of the day before. */
const valuesAt = ({ table: { price, ids } }: Market, { assets, units }: Basket, day: number): number[] => {
  const values: number[] = [];
  for (let i = 0; i < assets.length; i += 1) {
    const cell = day * ids.length + (assets[i] as number);
    const now = price[cell] as number;
    values.push((units[i] as number) * (Number.isNaN(now) ? (price[cell - ids.length] as number) : now));
  }
  return values;
};

const sharesOf = ({ assets }: Basket, values: readonly number[], nav: number): Shares => {
  return { assets, weights: values.map((value) => value / nav) };
};

/** The shares without those that are gone, scaled up; all 0 when nothing is left. */
const withoutGone = ({ assets, weights }: Shares, gone: ReadonlyMap<number, number>): Shares => {
  const rest = weights.reduce((sum, weight, i) => (gone.has(assets[i] ?? -1) ? sum : sum + weight), 0);
  return { assets, weights: weights.map((weight, i) => (gone.has(assets[i] ?? -1) ? 0 : weight / rest)) };
};

/** What a NAV {USD} buys at the prices of a day; the money waits when there is nothing to buy. */
const bought = (
  { table: { price, ids } }: Market,
  { day, targets, assets, after }: Pick<Trades, 'day' | 'targets' | 'assets' | 'after'>,
  nav: number,
): Basket => {
  const kept: number[] = [];
  const units: number[] = [];
  for (let i = 0; i < assets.length; i += 1) {
    const weight = after[i] as number;
    if (weight <= 0) continue;
    const asset = assets[i] as number;
    kept.push(asset);
    units.push((weight * nav) / (price[day * ids.length + asset] as number));
  }
  return { targets, assets: kept, units, cash: kept.length === 0 ? nav : 0 };
};

const NO_HAIRCUTS: ReadonlyMap<number, number> = new Map();

/** {1} what holders lose of the last price, by number of asset, of those held whose prices end on a day. */
const haircutsOn = ({ table: { price, ids }, delistings }: Market, day: number, held: Shares): Trades['haircuts'] => {
  const ended = delistings.get(day)?.filter(({ asset }) => held.assets.includes(asset)) ?? [];
  if (ended.length === 0) return NO_HAIRCUTS;
  return new Map(ended.map((one) => [one.asset, 1 - one.price / (price[(day - 1) * ids.length + one.asset] ?? 1)]));
};

/**
 * The closing values {USD} of a basket that nobody touches.
 *
 * @param until number of the first day that is not asked for
 * @param into takes them
 */
const drift = (
  { table, series }: Market,
  { assets, units, cash }: Basket,
  { from, until, first }: { readonly from: number; readonly until: number; readonly first: number },
  into: Float64Array,
): void => {
  into.fill(cash, from - first, until - first);
  const { length } = table.days;
  // Four assets at a time: the sums are read and written a quarter as often, which is most of what a scenario does.
  const fours = assets.length - (assets.length % 4);
  for (let i = 0; i < fours; i += 4) {
    const [a, b] = [(assets[i] as number) * length, (assets[i + 1] as number) * length];
    const [c, d] = [(assets[i + 2] as number) * length, (assets[i + 3] as number) * length];
    const [ofA, ofB, ofC, ofD] = [units[i], units[i + 1], units[i + 2], units[i + 3]] as [
      number,
      number,
      number,
      number,
    ];
    for (let day = from; day < until; day += 1) {
      into[day - first] =
        (into[day - first] as number) +
        (ofA * (series[a + day] as number) + ofB * (series[b + day] as number)) +
        (ofC * (series[c + day] as number) + ofD * (series[d + day] as number));
    }
  }
  for (let i = fours; i < assets.length; i += 1) {
    const [start, amount] = [(assets[i] as number) * length, units[i] as number];
    for (let day = from; day < until; day += 1) {
      into[day - first] = (into[day - first] as number) + amount * (series[start + day] as number);
    }
  }
};

/**
 * Follows the targets through the days: bought on their day at its prices, left alone until the next ones, but for assets whose prices
 * end, which are sold at the last one and the others bought in proportion, and for what the bands say where there are some. Nothing
 * costs anything here: costs are taken in proportion of all assets (net-path.ts), so they change no weight.
 *
 * @param periods by day, at least one
 * @param last number of the last day
 * @param capitalUsd {USD} at the start
 */
export const grossPath = (
  market: Market,
  periods: readonly Targets[],
  last: number,
  capitalUsd: number,
  banding?: Banding,
): GrossPath => {
  const first = periods[0]?.scheduled.rebalanced ?? 0;
  const gross = new Float64Array(last - first + 1);
  const trades: Trades[] = [];
  const endings = [...market.delistings.keys()].filter((day) => day > first);
  let basket: Basket = { targets: periods[0] as Targets, assets: [], units: [], cash: capitalUsd };
  let [next, ending] = [0, 0];

  for (let day = first; day <= last; ) {
    const values = valuesAt(market, basket, day);
    const nav = values.reduce((sum, value) => sum + value, basket.cash);
    gross[day - first] = nav;
    const held = day === first ? NOTHING : sharesOf(basket, values, nav);
    const haircuts = haircutsOn(market, day, held);

    const planned = periods[next];
    const period = planned?.scheduled.rebalanced === day ? planned : undefined;
    let wanted: Shares | undefined;
    let reason: Trades['reason'] = 'calendar';
    if (period !== undefined) {
      wanted = period;
      if (next === 0) reason = 'start';
      else if (period.scheduled.rolled.length > 0) reason = 'roll';
      next += 1;
      banding?.begin(period);
    } else if (haircuts.size > 0) {
      wanted = withoutGone(held, haircuts);
      reason = 'delisting';
      banding?.leave(haircuts);
    } else if (banding !== undefined && held.assets.length > 0) {
      const weights = banding.tradesOn(day, held.assets, held.weights);
      wanted = weights && { assets: held.assets, weights };
      reason = 'bands';
    }
    if (wanted !== undefined) {
      const traded = { day, reason, targets: period ?? basket.targets, ...merged(held, wanted), haircuts };
      trades.push(traded);
      basket = bought(market, traded, nav);
    }

    while ((endings[ending] ?? PAST_ALL) <= day) ending += 1;
    const until = banding
      ? day + 1
      : Math.min(last + 1, periods[next]?.scheduled.rebalanced ?? PAST_ALL, endings[ending] ?? PAST_ALL);
    drift(market, basket, { from: day + 1, until, first }, gross);
    day = until;
  }
  return { first, gross, trades };
};
