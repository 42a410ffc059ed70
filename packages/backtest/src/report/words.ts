import { decimal, grouped, percent } from '@wicker/report';
import type { CostKind, Measure, ParameterValue, RebalanceReason } from '../result.ts';

/** What stands where a figure is not defined. */
export const NONE = '–';

export const percentOr = (share: number | null, places: number): string =>
  share === null ? NONE : percent(share, places);

export const decimalOr = (value: number | null, places: number): string =>
  value === null ? NONE : decimal(value, places);

/** January first. */
export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** How readers call the kinds of costs. */
export const KINDS: Readonly<Record<CostKind, string>> = {
  'management-fee': 'management fee',
  'pool-fee': 'pool fees',
  impact: 'impact',
  gas: 'gas',
  delisting: 'delisting',
};

/** How readers call the reasons of trades. */
export const REASONS: Readonly<Record<RebalanceReason, string>> = {
  start: 'start',
  calendar: 'calendar',
  roll: 'roll of a term',
  bands: 'bands',
  delisting: 'prices ended',
};

/** A figure of a decision with at most six digits that matter, in groups; words as they are. */
export const figure = (value: string): string => {
  if (!/^-?\d+(\.\d+)?$/.test(value)) return value;
  const [whole = '', part] = value.split('.');
  const left = Math.max(0, 6 - whole.replace(/^-?0*/, '').length);
  const rest = part?.slice(0, left + (/^0*$/.test(whole) ? (/^0*/.exec(part)?.[0].length ?? 0) : 0)).replace(/0+$/, '');
  return rest ? `${grouped(whole)}.${rest}` : grouped(whole);
};

/** How readers call measures. */
export const MEASURE_NAMES: Readonly<Record<Measure, string>> = {
  sharpe: 'Sharpe ratio',
  sortino: 'Sortino ratio',
  cagr: 'return a year',
  volatility: 'volatility a year',
  maxDrawdown: 'maximum drawdown',
  yearlyTurnover: 'turnover a year',
  yearlyCost: 'cost a year',
};

const RATIOS: readonly Measure[] = ['sharpe', 'sortino'];

/** A measure as readers want it: ratios with two places, shares in percent. */
export const measureText = (value: number, measure: Measure): string => {
  if (RATIOS.includes(measure)) return decimal(value, 2);
  return percent(value, measure === 'yearlyCost' ? 2 : 1);
};

/** A value as the grid file has it. */
export const valueText = (value: ParameterValue): string => (typeof value === 'string' ? value : JSON.stringify(value));
