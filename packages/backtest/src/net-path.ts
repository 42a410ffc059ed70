import { type Day, InputError } from '@wicker/core';
import { cellOf } from '@wicker/data';
import { type Costs, keptADay, type TradeCost, tradeCost } from './costs.ts';
import type { GrossPath } from './gross-path.ts';
import type { Market } from './market.ts';
import type { CostKind } from './result.ts';
import type { Trades } from './trades.ts';

/** Takes one cost: the number of its day, of its asset (null: of the whole fund), its kind, {USD} paid. */
export type OnCost = (day: number, asset: number | null, kind: CostKind, paidUsd: number) => void;

/** The trades of a day would cost more than the fund is worth. */
export class RuinousCostError extends InputError {
  constructor(day: Day, costUsd: number, navUsd: number) {
    super(
      'RUINOUS_COST',
      `the trades of ${day} cost ${costUsd.toFixed(2)} USD, and the fund is worth ${navUsd.toFixed(2)} USD`,
      'Begin with more capital, or lower the gas of the methodology or the haircut of delistings.',
    );
  }
}

/** {1} changes of weight below this are roundings, no trades. */
const DUST = 1e-12;

/** What the trades of a fund cost, and where the costs are told. */
interface Trading {
  readonly market: Market;
  readonly costs: Costs;
  /** {USD} */
  readonly liquidityUsd: number;
  readonly onCost: OnCost | undefined;
  /** Used anew for every trade. */
  readonly scratch: TradeCost;
}

/** {USD} pool fee and impact of a trade of that value; they and its gas are told. */
const costOfTrade = (
  { market: { table }, costs, liquidityUsd, onCost, scratch }: Trading,
  day: number,
  asset: number,
  valueUsd: number,
): number => {
  const known = table.liquidity?.[cellOf(table, day, asset)] ?? 0;
  const { poolFee, impact, gas } = tradeCost(valueUsd, (known > 0 ? known : liquidityUsd) / 2, costs, scratch);
  onCost?.(day, asset, 'pool-fee', poolFee);
  onCost?.(day, asset, 'impact', impact);
  onCost?.(day, asset, 'gas', gas);
  return poolFee + impact;
};

/** Whether a principal token has matured: it is exchanged for its underlying then, by a call that costs its gas, in no pool. */
const isRepaid = ({ market: { terms }, costs, onCost }: Trading, day: number, asset: number): boolean => {
  const maturity = terms.get(asset)?.day;
  if (maturity === undefined || day < maturity) return false;
  onCost?.(day, asset, 'gas', costs.gasUsdPerTrade);
  return true;
};

/** {USD} what the trades of a day cost a fund of that value. Sales come first, and what they brought is what is bought with. */
const costOf = (trading: Trading, { day, assets, before, after, haircuts, reason }: Trades, navUsd: number): number => {
  if (reason === 'start') return 0;
  let [sold, lost, count] = [0, 0, 0];
  for (let i = 0; i < assets.length; i += 1) {
    const change = (before[i] as number) - (after[i] as number);
    if (change <= DUST) continue;
    const asset = assets[i] as number;
    const haircut = haircuts.get(asset);
    sold += change * navUsd;
    if (haircut === undefined) {
      lost += isRepaid(trading, day, asset) ? 0 : costOfTrade(trading, day, asset, change * navUsd);
      count += 1;
    } else {
      lost += change * navUsd * haircut;
      trading.onCost?.(day, asset, 'delisting', change * navUsd * haircut);
    }
  }
  // Nothing is sold where money that waited is spent.
  const left = sold === 0 ? 1 : 1 - lost / sold;
  for (let i = 0; i < assets.length; i += 1) {
    const change = (after[i] as number) - (before[i] as number);
    if (change <= DUST) continue;
    lost += costOfTrade(trading, day, assets[i] as number, change * navUsd * left);
    count += 1;
  }
  return lost + count * trading.costs.gasUsdPerTrade;
};

/**
 * Closing values {USD} after all costs, along the gross path. Every asset bears its part of a cost, so weights stay those of the gross
 * path, and net / gross changes by costs alone: it is multiplied by 1 - cost / NAV for each. So what a cost paid at t has taken
 * from the last day is paid x gross(last) / gross(t), and these sum to gross less net, exactly but for rounding.
 *
 * A day's fee comes first, then its trades.
 *
 * @throws RuinousCostError
 */
export const netPath = (
  market: Market,
  { first, gross, trades }: GrossPath,
  costs: Costs,
  liquidityUsd: number,
  onCost?: OnCost,
): Float64Array => {
  const kept = keptADay(costs);
  const trading = { market, costs, liquidityUsd, onCost, scratch: { poolFee: 0, impact: 0, gas: 0 } };
  const net = new Float64Array(gross.length);
  let [ratio, next] = [1, 0];
  for (let i = 0; i < gross.length; i += 1) {
    const value = gross[i] as number;
    if (i > 0 && kept < 1) {
      onCost?.(first + i, null, 'management-fee', ratio * value * (1 - kept));
      ratio *= kept;
    }
    const traded = trades[next];
    if (traded !== undefined && traded.day === first + i) {
      next += 1;
      const nav = ratio * value;
      const cost = costOf(trading, traded, nav);
      if (!(cost < nav)) throw new RuinousCostError(market.table.days[traded.day] ?? '', cost, nav);
      ratio *= 1 - cost / nav;
    }
    net[i] = ratio * value;
  }
  return net;
};
