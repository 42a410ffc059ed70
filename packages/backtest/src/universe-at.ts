import {
  type Methodology,
  parseDecimal,
  rebalanceAfter,
  type ScreeningRule,
  toNumber,
  type Universe,
  type UniverseAsset,
} from '@wicker/core';
import { cellOf, type Figure } from '@wicker/data';
import type { Market } from './market.ts';
import { type Members, membersOf } from './members.ts';
import type { ScheduledRebalance } from './schedule.ts';

type Figures = UniverseAsset['figures'];

const NONE = { digits: 0n, scale: 0 };
const SOURCE = 'table';

/**
 * Figures of a universe, where a table has them; whether 0 says something (a supply or a price of 0 is an unknown one), and which
 * methodologies ask for them: what nobody asks for need not be read.
 */
const FIGURES = [
  ['priceUsd', 'price', false, ({ fixedTerm }) => fixedTerm !== null],
  ['marketCapUsd', 'marketCap', false, () => true],
  ['circulatingSupply', 'circulatingSupply', true, ({ screening: { supply } }) => supply !== null],
  ['totalSupply', 'totalSupply', false, ({ screening: { supply } }) => supply?.base === 'total'],
  ['maxSupply', 'maxSupply', false, ({ screening: { supply } }) => supply?.base === 'max'],
  [
    ...(['liquidityUsd', 'liquidity', true] as const),
    ({ screening: { liquidity }, weights }) => liquidity !== null || weights.liquidityScore !== null,
  ],
  ['netYield', 'netYield', true, ({ weights: { by } }) => by === 'net-yield'],
] as const satisfies readonly (readonly [keyof Figures, Figure, boolean, (methodology: Methodology) => boolean])[];

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
  const least = screening.liquidity === null ? 0 : toNumber(screening.liquidity.minUsd);
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
  const { table, priceDays, terms } = market;
  const cell = cellOf(table, day, asset);
  const figures: Figures = { source: SOURCE };
  const term = terms.get(asset);
  if (term !== undefined) figures.term = { underlying: term.underlying, maturity: term.maturity };
  for (const [name, column, isLikeZero, isAsked] of FIGURES) {
    if (!isAsked(methodology)) continue;
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
  { month, determined: day, rolled }: ScheduledRebalance,
): Universe => {
  const { table, assetOf } = market;
  const { assets: considered, attested } = membersOf(members, month);
  const underlying = methodology.fixedTerm?.underlying;
  // It is no term of itself, so the screening leaves it out; its price is what discounts are counted from.
  const assets = underlying === undefined ? considered : [...new Set([...considered, underlying])];
  const date = table.days[day] ?? '';
  return {
    ...{ id: members.id, title: members.title, date, attested },
    ...(rolled.length === 0
      ? {}
      : { between: { month, until: rebalanceAfter(month, methodology.calendar).rebalanced } }),
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
