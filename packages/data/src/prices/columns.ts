import { idField } from '@wicker/core';
import type { Figure } from '../daily-table.ts';

/** The columns of figures in a file, and the figure that each is. */
export const FIGURE_COLUMNS: Readonly<Record<string, Figure>> = {
  price_usd: 'price',
  market_cap_usd: 'marketCap',
  circulating_supply: 'circulatingSupply',
  total_supply: 'totalSupply',
  max_supply: 'maxSupply',
  liquidity_usd: 'liquidity',
  net_yield: 'netYield',
};
export const DATE_COLUMN = 'date';
export const ID_COLUMN = 'id';
export const COLUMNS: readonly string[] = [DATE_COLUMN, ID_COLUMN, ...Object.keys(FIGURE_COLUMNS)];
export const REQUIRED_COLUMNS: readonly string[] = [DATE_COLUMN, ID_COLUMN, 'price_usd', 'market_cap_usd'];

/** {days since 1970-01-01} 2009-01-03, the first block of Bitcoin, and 2099-12-31: what lies beyond is a slip. */
const FIRST_DAY = 14_247;
const LAST_DAY = 47_481;

export const EXPECTED_DAY = 'a UTC day YYYY-MM-DD from 2009-01-03 to 2099-12-31';
export const EXPECTED_ID = 'a CoinGecko id';

/** Whether {days since 1970-01-01} may be the day of a price. */
export const isDay = (day: number): boolean => day >= FIRST_DAY && day <= LAST_DAY;

export const isId = (text: string): boolean => idField.safeParse(text).success;

/** Whether a number may be this figure; NaN is a missing one. */
export const isFigure = (figure: Figure, value: number): boolean =>
  Number.isNaN(value) || ((figure === 'price' ? value > 0 : value >= 0) && value !== Number.POSITIVE_INFINITY);

export const expectedFigure = (figure: Figure): string =>
  figure === 'price' ? EXPECTED_PRICE : 'a number from 0 on, or nothing';

export const EXPECTED_PRICE = 'a price above 0, or a net yield (leave the row out when there is neither)';
