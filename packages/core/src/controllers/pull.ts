import type { Branded } from '../brand.ts';
import { BP } from '../index-fund/shares.ts';
import { MathError } from '../math/errors.ts';
import { mulDivUp } from '../math/fixed-point.ts';
import { VaultError } from '../vault/errors.ts';

/** What a pull may lose at most, of the value that it takes out {bp}. */
export const MAX_LOSS_BPS = 100n;

/**
 * The least {tok} that a pull of `spent` must bring: a loss of `maxLossBps` at most, rounded up (docs/rules.md 10).
 *
 * @param spent {tok} value that leaves the controller
 * @param maxLossBps {bp} <= 10 000
 * @throws {MathError} OVERFLOW
 */
export const leastReceived = (spent: bigint, maxLossBps: bigint): bigint => mulDivUp(spent, BP - maxLossBps, BP);

/** What to ask of a controller. */
export interface PullCall {
  /** Shares of the other protocol to give back. */
  readonly shares: bigint;
  /** Their value {tok}. */
  readonly spent: bigint;
  /** {tok} below which the call must fail */
  readonly leastReceived: bigint;
}

/** A pull that was measured, within its maximum loss. */
export type Pulled = Branded<
  {
    /** Value that left what is placed {tok}. */
    readonly spent: bigint;
    /** What came into the vault {tok}. */
    readonly received: bigint;
  },
  'Pulled'
>;

/**
 * A pull as it was measured (docs/rules.md 10). One that loses more than its maximum is undone, as is one that fails: then
 * nothing was pulled.
 *
 * @param spent {tok} by how much what is placed is worth less
 * @param received {tok}
 * @param maxLossBps {bp} <= 10 000
 * @throws {VaultError} LOSS_ABOVE_MAXIMUM; {MathError} OUT_OF_RANGE
 */
export const pulled = (pull: { spent: bigint; received: bigint; maxLossBps: bigint }): Pulled => {
  const { spent, received, maxLossBps } = pull;
  if (spent < 0n || received < 0n || maxLossBps < 0n || maxLossBps > BP)
    throw new MathError(
      'OUT_OF_RANGE',
      'an amount below 0, or a maximum loss outside 0 .. 10 000 bp',
      'give what was measured, and the maximum loss in basis points',
    );
  const least = leastReceived(spent, maxLossBps);
  if (received < least)
    throw new VaultError(
      'LOSS_ABOVE_MAXIMUM',
      `${spent} taken out brought ${received}, less than ${least}`,
      'undo the pull; pull less, or later',
    );
  return { spent, received } as Pulled;
};

/** No pull, or one that failed. */
export const NOTHING_PULLED: Pulled = pulled({ spent: 0n, received: 0n, maxLossBps: 0n });
