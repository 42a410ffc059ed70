import { mulDivDown, mulDivUp } from '../math/fixed-point.ts';
import { add, min } from '../math/word.ts';
import type { Reading } from '../vault/pool-value.ts';
import { leastReceived, type PullCall } from './pull.ts';
import { readingOf } from './reading.ts';

/** An ERC-4626 vault, and what the pool has of it. */
export interface Erc4626Position {
  /** {tok} */
  readonly totalAssets: bigint;
  /** {vault share} */
  readonly totalSupply: bigint;
  /** Virtual shares that the vault counts beside its supply, against one virtual asset: 10^offset {vault share}. */
  readonly virtualShares: bigint;
  /** What the pool has {vault share}. */
  readonly held: bigint;
}

/** {tok} that shares are worth: floor(shares (assets + 1) / (supply + virtual)) (EIP-4626 convertToAssets; docs/rules.md 10). */
export const convertToAssets = (position: Erc4626Position, shares: bigint): bigint =>
  mulDivDown(shares, add(position.totalAssets, 1n), add(position.totalSupply, position.virtualShares));

/** {vault share} that bring `assets` {tok}: ceil(assets (supply + virtual) / (assets of the vault + 1)) (EIP-4626 previewWithdraw). */
export const sharesToWithdraw = (position: Erc4626Position, assets: bigint): bigint =>
  mulDivUp(assets, add(position.totalSupply, position.virtualShares), add(position.totalAssets, 1n));

/** What is placed; unknown while the vault says that it has nothing. @throws {MathError} OVERFLOW, DIVISION_BY_ZERO */
export const reading = (position: Erc4626Position): Reading =>
  readingOf(position.totalAssets, convertToAssets(position, position.held));

/**
 * The pull that brings `lack` {tok}, rounded up and at most all that is held: `redeem(shares)`, undone when it brings less than
 * `leastReceived` (docs/rules.md 10).
 *
 * @param maxRedeem {vault share} what the vault can pay now (EIP-4626)
 * @param maxLossBps {bp} <= 10 000
 * @throws {MathError} OVERFLOW, DIVISION_BY_ZERO
 */
export const pullOf = (
  position: Erc4626Position,
  ask: { lack: bigint; maxRedeem: bigint; maxLossBps: bigint },
): PullCall => {
  const shares = min(sharesToWithdraw(position, ask.lack), min(position.held, ask.maxRedeem));
  const spent = convertToAssets(position, shares);
  return { shares, spent, leastReceived: leastReceived(spent, ask.maxLossBps) };
};
