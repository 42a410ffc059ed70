import * as z from 'zod';
import { commonScale, type Decimal, digitsAt, normalise, pow10 } from '../decimal/decimal.ts';
import { type Day, daysBetween, rebalanceAfter, rebalanceFor } from './calendar.ts';
import { idField } from './fields.ts';
import type { Methodology } from './methodology.ts';
import type { Universe, UniverseAsset } from './universe.ts';

/** What a principal token is: from the day of its maturity on it is worth one of its underlying. */
export const termField = z.strictObject({ underlying: idField, maturity: z.iso.date() });

export type Term = z.output<typeof termField>;

const DAYS_A_YEAR = 365;
/** Digits after the point of a yield; the rest is cut off. */
const YIELD_SCALE = 18;
const NONE: Decimal = { digits: 0n, scale: 0 };

/**
 * The discount of a principal token as a yield {1} a year, if it is held to maturity: (underlying / price - 1) x 365 / days, simple interest
 * as money markets count it (docs/rules.md 4.1), rounded down to 18 places. 0 for a token that costs as much as its underlying, or more.
 *
 * @param price {USD/tok} above 0
 * @param underlying {USD/tok}
 * @param days to maturity, above 0
 */
export const yieldToMaturity = (price: Decimal, underlying: Decimal, days: number): Decimal => {
  const scale = commonScale([price, underlying]);
  const [paid, back] = [digitsAt(price, scale), digitsAt(underlying, scale)];
  if (back <= paid) return NONE;
  const digits = ((back - paid) * BigInt(DAYS_A_YEAR) * pow10(YIELD_SCALE)) / (paid * BigInt(days));
  return normalise(digits, YIELD_SCALE);
};

/**
 * The price {USD/tok} of a principal token by its discount: underlying / (1 + yield x days / 365), the inverse of `yieldToMaturity`
 * (docs/rules.md 4.1). From maturity on it is the price of the underlying.
 *
 * @param underlying {USD/tok}
 * @param netYield {1} a year
 * @param days to maturity
 */
export const principalPrice = (underlying: number, netYield: number, days: number): number =>
  days <= 0 ? underlying : underlying / (1 + (netYield * days) / DAYS_A_YEAR);

/** The days of a universe that terms are counted from. */
interface TermDays {
  /** That its figures are of. */
  readonly determined: Day;
  /** On which it is traded. */
  readonly rebalanced: Day;
}

/** The day of the figures, and the calendar's next day of rebalancing after it: what is bought then has to last. */
const termDays = ({ date, between }: Universe, { calendar }: Methodology): TermDays => {
  if (between !== undefined) return { determined: date, rebalanced: between.until };
  // Only a month by itself may have none.
  const { determined, rebalanced } = rebalanceFor(date, calendar) ?? rebalanceAfter(date, calendar);
  return { determined: date.length === 7 ? determined : date, rebalanced };
};

/** {days} from the calendar's next day of rebalancing to maturity, below 0 when that is past. */
export const daysAtRebalance = (universe: Universe, methodology: Methodology): ((term: Term) => number) => {
  const { rebalanced } = termDays(universe, methodology);
  return ({ maturity }) => daysBetween(rebalanced, maturity);
};

/**
 * The assets, those without a net yield with the one that follows from their discount, where the universe has both prices
 * (docs/rules.md 4.1).
 */
export const withYieldsToMaturity = (universe: Universe, methodology: Methodology): readonly UniverseAsset[] => {
  if (methodology.fixedTerm === null) return universe.assets;
  const { determined } = termDays(universe, methodology);
  const prices = new Map(universe.assets.map(({ id, figures }) => [id, figures.priceUsd]));
  return universe.assets.map((asset) => {
    const { priceUsd, term, netYield } = asset.figures;
    const underlying = term && prices.get(term.underlying);
    if (netYield !== undefined || term === undefined || priceUsd === undefined || underlying === undefined)
      return asset;
    const days = daysBetween(determined, term.maturity);
    if (days <= 0 || priceUsd.digits === 0n) return asset;
    return { ...asset, figures: { ...asset.figures, netYield: yieldToMaturity(priceUsd, underlying, days) } };
  });
};
