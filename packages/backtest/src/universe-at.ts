import { type Methodology, parseDecimal, type ScreeningRule, type Universe, type UniverseAsset } from '@wicker/core';
import { cellOf } from '@wicker/data';
import type { Market } from './market.ts';
import { type Members, membersOf } from './members.ts';
import type { ScheduledRebalance } from './schedule.ts';

type Figures = UniverseAsset['figures'];

const NONE = { digits: 0n, scale: 0 };
const SOURCE = 'table';

/** Figures of a universe, where a table has them, and whether 0 says something: a supply or a price of 0 is an unknown one. */
const FIGURES = [
  ['priceUsd', 'price', false],
  ['marketCapUsd', 'marketCap', false],
  ['circulatingSupply', 'circulatingSupply', true],
  ['totalSupply', 'totalSupply', false],
  ['maxSupply', 'maxSupply', false],
  ['liquidityUsd', 'liquidity', true],
] as const;

/** {days} in a row to a day with at least the methodology's liquidity; no more are counted than it asks for. */
const liquidityDays = (
  { table }: Market,
  { screening }: Methodology,
  day: number,
  asset: number,
): number | undefined => {
  const { liquidity } = table;
  if (liquidity === undefined || screening.liquidityHistory === null) return undefined;
  const { minDays } = screening.liquidityHistory;
  const least =
    screening.liquidity === null
      ? 0
      : Number(screening.liquidity.minUsd.digits) / 10 ** screening.liquidity.minUsd.scale;
  let days = 0;
  while (days < minDays && days <= day && (liquidity[cellOf(table, day - days, asset)] ?? 0) >= least) days += 1;
  return days;
};

/** The figures of one asset on one day, as far as the table has them. */
const figuresOf = (
  market: Market,
  methodology: Methodology,
  { day, asset, attested }: { day: number; asset: number; attested: ReadonlyMap<ScreeningRule, boolean> | undefined },
): Figures => {
  const { table, priceDays } = market;
  const cell = cellOf(table, day, asset);
  const figures: Figures = { source: SOURCE };
  for (const [name, column, isLikeZero] of FIGURES) {
    const value = table[column]?.[cell] ?? Number.NaN;
    if (value > 0 || (value === 0 && isLikeZero)) figures[name] = parseDecimal(value, name);
  }
  if (!attested?.has('price-history')) figures.priceDays = priceDays[cell];
  const days = attested?.has('liquidity-history') ? undefined : liquidityDays(market, methodology, day, asset);
  if (days !== undefined) figures.liquidityDays = days;
  return figures;
};

/**
 * The universe that a methodology sees on the day of determination: who is considered in that month, with the figures of that day, and
 * nothing that came later. What the table does not hold is left out, so that attestations decide. A table may begin later than an
 * asset did: an attested history goes before the table's count of days.
 */
export const universeAt = (
  market: Market,
  members: Members,
  methodology: Methodology,
  { month, determined: day }: ScheduledRebalance,
): Universe => {
  const { table, assetOf } = market;
  const { assets, attested } = membersOf(members, month);
  const date = table.days[day] ?? '';
  return {
    ...{ id: members.id, title: members.title, date, attested },
    sources: { [SOURCE]: { title: 'the table of prices', date } },
    priceImpactTradeUsd: methodology.screening.priceImpact?.tradeUsd ?? NONE,
    assets: assets.map((id) => {
      const asset = assetOf.get(id);
      const figures =
        asset === undefined
          ? { source: SOURCE }
          : figuresOf(market, methodology, { day, asset, attested: attested.get(id) });
      return { id, symbol: id, decimals: 18, categories: members.categories, figures };
    }),
  };
};
