import { MathError } from '../math/errors.ts';
import { mulDivDown, mulDivUp } from '../math/fixed-point.ts';
import { min } from '../math/word.ts';
import type { Reading } from '../vault/pool-value.ts';
import { leastReceived, type PullCall } from './pull.ts';
import { readingOf } from './reading.ts';

/** One of Yearn's earlier vaults (v2), and what the pool has of it. */
export interface EarlierYearnPosition {
  /** {tok/vault share} at `decimals` */
  readonly pricePerShare: bigint;
  /** Decimals of the vault, which are those of its token. */
  readonly decimals: bigint;
  /** What the pool has {vault share}. */
  readonly held: bigint;
}

const oneShare = ({ decimals }: EarlierYearnPosition): bigint => {
  if (decimals >= 0n && decimals <= 27n) return 10n ** decimals;
  throw new MathError('OUT_OF_RANGE', `${decimals} decimals are outside 0 .. 27`, 'list tokens of at most 27 decimals');
};

/** {tok} that shares are worth: floor(shares pricePerShare / 10^decimals) (docs/rules.md 10). @throws {MathError} OUT_OF_RANGE, OVERFLOW */
export const assetsOf = (position: EarlierYearnPosition, shares: bigint): bigint =>
  mulDivDown(shares, position.pricePerShare, oneShare(position));

/** What is placed; unknown at a price of 0. @throws {MathError} OUT_OF_RANGE, OVERFLOW */
export const reading = (position: EarlierYearnPosition): Reading =>
  readingOf(position.pricePerShare, assetsOf(position, position.held));

/** `withdraw(shares, to, maxLoss)`, where the vault itself undoes what loses more than `maxLossBps` {bp}. */
export interface EarlierYearnPull extends PullCall {
  readonly maxLossBps: bigint;
}

/**
 * The pull that brings `lack` {tok}: ceil(lack 10^decimals / pricePerShare) shares, at most all that is held (docs/rules.md 10).
 *
 * @param maxLossBps {bp} <= 10 000
 * @throws {MathError} OUT_OF_RANGE, OVERFLOW; DIVISION_BY_ZERO at a price of 0
 */
export const pullOf = (
  position: EarlierYearnPosition,
  { lack, maxLossBps }: { lack: bigint; maxLossBps: bigint },
): EarlierYearnPull => {
  const shares = min(mulDivUp(lack, oneShare(position), position.pricePerShare), position.held);
  const spent = assetsOf(position, shares);
  return { shares, spent, leastReceived: leastReceived(spent, maxLossBps), maxLossBps };
};
