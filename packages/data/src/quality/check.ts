import type { Day } from '@wicker/core';
import { cellOf, type DailyTable } from '../daily-table.ts';
import { newUnits, type Quote } from './jump.ts';
import { applyPolicy, type DataPolicy, DEFAULT_POLICY, type FoundJump, requirePolicy } from './policy.ts';

/** Something in the prices of an asset that a reader of a back-test has to know. */
export type Finding =
  /** `days` {days} without a price, from `from` to `to`, between two quotes. */
  | (Span & { readonly kind: 'gap' })
  /** The price was 0. */
  | (Span & { readonly kind: 'zero-price' })
  /** The very same price for `days` {days}, more than the policy believes. */
  | (Span & { readonly kind: 'stale-price'; readonly price: number })
  /** The market cap is unknown for `days` {days} beside a price. */
  | (Span & { readonly kind: 'no-market-cap' })
  /** Sold on `from` at `price` {USD/tok} after the haircut; the last quote was on `lastQuoted`. */
  | (Place & { readonly kind: 'delisting'; readonly lastQuoted: Day; readonly price: number })
  /** `factor` new tokens for an old one {1}. */
  | (Place & { readonly kind: 'redenomination'; readonly factor: number; readonly priceRatio: number })
  /** After / before {1}; `supplyRatio` is NaN when a market cap is unknown. */
  | (Place & {
      readonly kind: 'supply-jump' | 'price-jump';
      readonly priceRatio: number;
      readonly supplyRatio: number;
    });

interface Place {
  readonly id: string;
  readonly from: Day;
}

interface Span extends Place {
  readonly to: Day;
  /** {days} */
  readonly days: number;
}

/** What `applyPolicy` does about each kind. */
export const HANDLING: Readonly<Record<Finding['kind'], string>> = {
  gap: 'the last figures stand, for as long as the policy carries them',
  'zero-price': 'counts as a day without a price',
  'stale-price': 'what is beyond the days believed counts as days without a price',
  'no-market-cap': 'the last supply x price stands, for as long as the policy carries it; then there is none',
  delisting: 'sold at the last price less the haircut',
  redenomination: 'prices and supplies go on in the unit of before',
  'supply-jump': 'stays as published',
  'price-jump': 'stays as published',
};

/**
 * What is odd about a table, by asset and then by day: gaps, prices of 0, prices that stand still, unknown market caps, delistings,
 * redenominations, and jumps of supply and price that no market makes in a day.
 *
 * @throws InputError BAD_POLICY for a policy that is none
 */
export const checkTable = (table: DailyTable, policy: DataPolicy = DEFAULT_POLICY): Finding[] => {
  requirePolicy(policy);
  const found = table.ids.map((id, asset) => {
    const series = seriesOf(table, asset);
    return [
      ...gaps(table, series).map((span): Finding => ({ kind: 'gap', id, ...span })),
      ...spans(table, series, ({ price }) => price === 0).map((span): Finding => ({ kind: 'zero-price', id, ...span })),
      ...spans(table, series, ({ price, marketCap }) => price > 0 && !(marketCap > 0)).map(
        (span): Finding => ({ kind: 'no-market-cap', id, ...span }),
      ),
      ...stalePrices(table, series, policy).map((span): Finding => ({ kind: 'stale-price', id, ...span })),
    ];
  });
  const { delistings, jumps } = applyPolicy(table, policy);
  for (const jump of jumps) found[jump.asset]?.push(jumpFinding(table, jump));
  for (const { day, asset, lastQuoted, price } of delistings) {
    const [id = '', from = '', last = ''] = [table.ids[asset], table.days[day], table.days[lastQuoted]];
    found[asset]?.push({ kind: 'delisting', id, from, lastQuoted: last, price });
  }
  return found.flatMap((findings) => findings.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)));
};

const seriesOf = (table: DailyTable, asset: number): Quote[] =>
  table.days.map((_, day) => {
    const cell = cellOf(table, day, asset);
    return { price: table.price[cell] ?? Number.NaN, marketCap: table.marketCap[cell] ?? Number.NaN };
  });

type Bounds = Pick<Span, 'from' | 'to' | 'days'>;

const boundsOf = ({ days }: DailyTable, first: number, last: number): Bounds => ({
  ...{ from: days[first] ?? '', to: days[last] ?? '', days: last - first + 1 },
});

/** Days in a row for which something holds. */
const spans = (table: DailyTable, series: readonly Quote[], holds: (quote: Quote) => boolean): Bounds[] => {
  const found: Bounds[] = [];
  let first = -1;
  for (let day = 0; day <= series.length; day += 1) {
    const quote = series[day];
    const is = quote !== undefined && holds(quote);
    if (is && first < 0) first = day;
    if (is || first < 0) continue;
    found.push(boundsOf(table, first, day - 1));
    first = -1;
  }
  return found;
};

/** A missing price before the first quote or after the last is no gap. */
const gaps = (table: DailyTable, series: readonly Quote[]): Bounds[] => {
  const quoted = series.flatMap(({ price }, day) => (price > 0 ? [day] : []));
  const [first = '', last = ''] = [table.days[quoted[0] ?? -1], table.days[quoted.at(-1) ?? -1]];
  return spans(table, series, ({ price }) => Number.isNaN(price)).filter(({ from }) => from > first && from < last);
};

const stalePrices = (table: DailyTable, series: readonly Quote[], { maxSameDays }: DataPolicy) => {
  const found: (Bounds & { price: number })[] = [];
  for (let first = 0; first < series.length; ) {
    const price = series[first]?.price ?? Number.NaN;
    let after = first + 1;
    while (price > 0 && series[after]?.price === price) after += 1;
    if (after - first > maxSameDays) found.push({ ...boundsOf(table, first, after - 1), price });
    first = after;
  }
  return found;
};

const jumpFinding = ({ ids, days }: DailyTable, { day, asset, jump }: FoundJump): Finding => {
  const { kind, priceRatio, supplyRatio } = jump;
  const [id = '', from = ''] = [ids[asset], days[day]];
  if (kind === 'redenomination') return { kind, id, from, factor: newUnits(jump), priceRatio };
  return { kind, id, from, priceRatio, supplyRatio };
};
