import { AumFee, type Methodology, toNumber } from '@wicker/core';

/** The prices of trading: part of the methodology. */
export type Costs = Methodology['costs'];

/** {USD} what a trade costs. */
export interface TradeCost {
  poolFee: number;
  impact: number;
  gas: number;
}

const BPS = 10_000;
const SECONDS_A_DAY = 86_400;

/**
 * The cost of one trade {USD}: `fillCost` of docs/rules.md 6 for one pool, in floating-point numbers and with the methodology's own pool
 * fee. The pool keeps its fee of what is sent, then the rest has the impact x / (reserve + x), x what enters after the fee; gas is the
 * same for every trade.
 *
 * @param valueUsd {USD} above 0
 * @param reserveUsd {USD} above 0, of the side that is sent, before the trade
 * @param into takes the answer: a sweep asks millions of times
 */
export const tradeCost = (valueUsd: number, reserveUsd: number, costs: Costs, into: TradeCost): TradeCost => {
  into.poolFee = (valueUsd * costs.poolFeeBps) / BPS;
  const entered = valueUsd - into.poolFee;
  into.impact = (entered * entered) / (reserveUsd + entered);
  into.gas = costs.gasUsdPerTrade;
  return into;
};

/** {1} what is left of a fund after a day of the management fee: holders end a mean year with 1 - fee (docs/rules.md 3). */
export const keptADay = ({ managementFee }: Costs): number =>
  (1 - toNumber(managementFee)) ** (SECONDS_A_DAY / Number(AumFee.YEAR));
