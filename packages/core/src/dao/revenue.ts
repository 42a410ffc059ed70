import type { Branded } from '../brand.ts';
import { feeSplit, partOf } from '../index-fund/fee-split.ts';
import type { Licence } from './licences.ts';

/** Something for each receiver of the platform's revenue. */
export interface Receivers {
  readonly stakers: bigint;
  readonly treasury: bigint;
  /** For buying governance tokens that are burned. */
  readonly burn: bigint;
  readonly licensee: bigint;
}

/** The parts of the receivers {bp}; made by `revenueSplit` alone. */
export type RevenueSplit = Branded<Receivers, 'RevenueSplit'>;

/**
 * Checks how revenue is split. The licensee's part is what its licence says, 0 without one; with the other three it makes
 * 10 000 (docs/rules.md 12).
 *
 * @param licence of the deployment that the revenue comes from
 * @throws {MathError} BAD_SPLIT
 */
export const revenueSplit = (parts: Omit<Receivers, 'licensee'>, licence: Licence | undefined): RevenueSplit => {
  const { stakers, treasury, burn } = parts;
  const receivers = { stakers, treasury, burn, licensee: licence?.feeShareBps ?? 0n };
  feeSplit(Object.entries(receivers).map(([recipient, bps]) => ({ recipient, bps })));
  return receivers as RevenueSplit;
};

/** What each receiver gets {rev}, and what stays for the next distribution {rev}. */
export interface RevenueDistribution {
  readonly paid: Receivers;
  readonly carried: bigint;
}

/**
 * Splits revenue: each part floored, what does not divide is carried (docs/rules.md 12, 3).
 *
 * @param revenue.fresh {rev} since the last distribution
 * @param revenue.carried {rev} that did not divide then
 * @throws {MathError} OVERFLOW
 */
export const distributeRevenue = (
  split: RevenueSplit,
  { fresh, carried }: { readonly fresh: bigint; readonly carried: bigint },
): RevenueDistribution => {
  const amount = fresh + carried;
  const paid = {
    stakers: partOf(amount, split.stakers),
    treasury: partOf(amount, split.treasury),
    burn: partOf(amount, split.burn),
    licensee: partOf(amount, split.licensee),
  };
  return { paid, carried: amount - paid.stakers - paid.treasury - paid.burn - paid.licensee };
};
