import type { Branded } from '../brand.ts';
import { MathError } from '../math/errors.ts';
import { mulDivDown } from '../math/fixed-point.ts';
import { BP } from './shares.ts';

/** How many recipients a split has at most (contracts: FeeLedger.MAX_PARTS). */
export const MAX_PARTS = 16;

/** A recipient and its part {bp}. */
export interface FeePart {
  readonly recipient: string;
  readonly bps: bigint;
}

/** Parts that sum to 10 000; made by `feeSplit` alone. */
export type FeeSplit = Branded<readonly FeePart[], 'FeeSplit'>;

/** What a recipient gets {tok}. */
export interface FeeShare {
  readonly recipient: string;
  readonly amount: bigint;
}

/** What each recipient gets {tok}, in the order of the split, and what does not divide {tok}: it stays for the next time. */
export interface Distribution {
  readonly shares: readonly FeeShare[];
  readonly left: bigint;
}

/**
 * Checks the recipients of fees (docs/rules.md 3; contracts: FeeLedger).
 *
 * @throws {MathError} TOO_MANY_PARTS above 16; BAD_SPLIT unless each part is in 0 .. 10 000, they sum to 10 000 and each has a
 * recipient
 */
export const feeSplit = (parts: readonly FeePart[]): FeeSplit => {
  if (parts.length > MAX_PARTS) {
    throw new MathError('TOO_MANY_PARTS', `${parts.length} recipients share the fees`, `name at most ${MAX_PARTS}`);
  }
  const nobody = parts.findIndex(({ recipient }) => recipient === '');
  if (nobody !== -1) throw new MathError('BAD_SPLIT', `part ${nobody} has no recipient`, 'name who gets it');
  const odd = parts.find(({ bps }) => bps < 0n || bps > BP);
  if (odd !== undefined) {
    throw new MathError('BAD_SPLIT', `${odd.recipient} gets ${odd.bps} bp`, `a part is 0 to ${BP} bp`);
  }
  const sum = parts.reduce((total, { bps }) => total + bps, 0n);
  if (sum !== BP) {
    throw new MathError('BAD_SPLIT', `the parts sum to ${sum} bp`, `give parts that sum to ${BP} bp exactly`);
  }
  return parts.map(({ recipient, bps }) => ({ recipient, bps })) as readonly FeePart[] as FeeSplit;
};

/**
 * A part of an amount {tok}: floor(amount * part / 10 000) (docs/rules.md 3).
 *
 * @param amount {tok}
 * @param bps {bp}
 * @throws {MathError} OVERFLOW
 */
export const partOf = (amount: bigint, bps: bigint): bigint => mulDivDown(amount, bps, BP);

/**
 * Splits an amount: each gets its part; the rest stays for the next distribution, so nothing is lost
 * (docs/rules.md 3).
 *
 * @param amount {tok} fresh fees and what stayed last time
 * @throws {MathError} OVERFLOW
 * @example
 * distribute(feeSplit([{ recipient: 'a', bps: 3_333n }, { recipient: 'b', bps: 6_667n }]), 12_345n); // 4 114, 8 230, 1 stays
 */
export const distribute = (split: FeeSplit, amount: bigint): Distribution => {
  const shares = split.map(({ recipient, bps }) => ({ recipient, amount: partOf(amount, bps) }));
  return { shares, left: shares.reduce((left, share) => left - share.amount, amount) };
};
