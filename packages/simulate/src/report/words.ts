import { abs } from '@wicker/core';
import { decimal, grouped } from '@wicker/report/figures';
import type { Estimate, PartyKind } from '../result.ts';

/** {base} of one USDC */
const USDC = 1_000_000n;

/** Whole USDC, rounded to the nearest; a minus in front of losses. */
export const usdc = (amount: bigint): string => {
  const whole = (abs(amount) + USDC / 2n) / USDC;
  return `${amount < 0n && whole > 0n ? '−' : ''}${grouped(whole.toString())}`;
};

/** `8.31 ± 0.40`; without an interval when there was one market only. */
export const estimate = ({ mean, within }: Estimate, places: number): string =>
  within === 0 ? decimal(mean, places) : `${decimal(mean, places)} ± ${decimal(within, places)}`;

/** How readers call the parties. */
export const PARTIES: Readonly<Record<PartyKind, string>> = {
  holders: 'holders of the indices',
  providers: 'liquidity providers',
  trader: 'traders',
  investor: 'investors',
  arbitrageur: 'arbitrageurs',
  searcher: 'searchers',
  keeper: 'keepers',
  manager: 'managers',
  chain: 'gas',
};
