import { bpsOf } from '@wicker/core';
import type { RoundRecord } from '@wicker/keeper/api';

/** What fills cost together. */
export interface CostTotals {
  readonly fills: number;
  readonly rounds: number;
  /** {base} */
  readonly value: bigint;
  readonly poolFee: bigint;
  readonly impact: bigint;
  readonly beyond: bigint;
  /** {bps} of the value: all three */
  readonly totalBps: number;
  /** {bps} of the value: what is not pool fees */
  readonly beyondFeesBps: number;
}

/** Sums the cost ledgers of rounds (docs/rules.md 6). */
export const costTotals = (rounds: readonly RoundRecord[]): CostTotals => {
  const fills = rounds.flatMap((round) => round.fills);
  const sum = (part: 'value' | 'poolFee' | 'impact' | 'beyond'): bigint =>
    fills.reduce((total, fill) => total + BigInt(fill[part]), 0n);
  const [value, poolFee, impact, beyond] = [sum('value'), sum('poolFee'), sum('impact'), sum('beyond')];
  return {
    ...{ fills: fills.length, rounds: rounds.length, value, poolFee, impact, beyond },
    totalBps: bpsOf(poolFee + impact + beyond, value),
    beyondFeesBps: bpsOf(impact + beyond, value),
  };
};
