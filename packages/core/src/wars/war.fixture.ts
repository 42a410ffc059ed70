import { ONE } from '../math/scales.ts';
import { announce, deposit, type Side, type Sides, takeSnapshot, type Valuation, WAR_LASTS, type War } from './wars.ts';

/** {s} */
export const START = 1_000_000n;
export const END = START + WAR_LASTS;
/** {base} */
export const PRIZE = 100_000_000_000n;

/** 100 000 USDC for PDI against CAI. */
export const war = announce({
  indices: { a: 'PDI', b: 'CAI' },
  sponsor: 'sponsor',
  prizeToken: 'USDC',
  prize: PRIZE,
  startAt: START,
  now: 0n,
});
/** Both indices with a supply of 1 000, and these NAVs in whole USDC. */
export const worth = (a: bigint, b: bigint): Sides<Valuation> => ({
  a: { kind: 'valid', nav: a * 1_000_000n, supply: 1_000n * ONE },
  b: { kind: 'valid', nav: b * 1_000_000n, supply: 1_000n * ONE },
});
/** Backs a side. */
export const back = (one: War, side: Side, backer: string, amount: bigint, now: bigint) =>
  deposit(one, { side, backer, amount, now });
/** From 1 000 USDC each to these. */
export const decided = (one: War, a: bigint, b: bigint) =>
  takeSnapshot(takeSnapshot(one, START, worth(1_000n, 1_000n)), END, worth(a, b));
