import { MathError } from '../math/errors.ts';
import { mulDivDown, mulDivUp } from '../math/fixed-point.ts';
import { min, sub, word } from '../math/word.ts';
import { sorted } from '../rebalance/sorted.ts';

/**
 * The index buffer pool: USDC in two ledgers (docs/rules.md 9). Fee credit is nobody's yet and a gift to all; index credit is
 * owned by the index whose sale it was and part of its NAV. What the buffer holds is exactly the sum of both.
 */
export interface Buffer {
  /** {base} */
  readonly fees: bigint;
  /** {base} by index, above 0; by index ascending. */
  readonly credits: readonly Credit[];
}

/** USDC of one index {base}. */
export interface Credit {
  readonly index: string;
  readonly amount: bigint;
}

export const EMPTY_BUFFER: Buffer = { fees: 0n, credits: [] };

/** {base} all that the buffer holds */
export const heldBy = ({ fees, credits }: Buffer): bigint => credits.reduce((sum, { amount }) => sum + amount, fees);

/** {base} of one index */
export const creditOf = ({ credits }: Buffer, index: string): bigint =>
  credits.find((credit) => credit.index === index)?.amount ?? 0n;

/** The buffer with fees more {base}. */
export const withFees = (buffer: Buffer, fees: bigint): Buffer => ({ ...buffer, fees: buffer.fees + word(fees) });

const withCredit = (buffer: Buffer, credit: Credit): Buffer => {
  const others = buffer.credits.filter(({ index }) => index !== credit.index);
  return { ...buffer, credits: sorted(credit.amount === 0n ? others : [...others, credit], ({ index }) => index) };
};

/** The buffer with credits more {base}: proceeds of sales of these indices. */
export const withCredits = (buffer: Buffer, proceeds: readonly Credit[]): Buffer =>
  proceeds.reduce(
    (after, { index, amount }) => withCredit(after, { index, amount: creditOf(after, index) + word(amount) }),
    buffer,
  );

/** What a purchase takes out of the buffer {base}. */
export interface Draw {
  /** Of the indices' own credit: what it buys is theirs. By index ascending, above 0. */
  readonly own: readonly Credit[];
  /** Of fee credit: what it buys is a gift to all. */
  readonly fees: bigint;
}

const sumOf = (credits: readonly Credit[]): bigint => credits.reduce((total, { amount }) => total + amount, 0n);

/**
 * What purchases may draw: each index on its own credit first, then, for all of them together, on fee credit; never on the credit
 * of others, never more than there is (docs/rules.md 9).
 *
 * @param wanted {base} by index, each once
 * @throws {MathError} DUPLICATE_INDEX
 */
export const drawable = (buffer: Buffer, wanted: readonly Credit[]): Draw => {
  if (new Set(wanted.map(({ index }) => index)).size < wanted.length) {
    throw new MathError('DUPLICATE_INDEX', 'an index draws twice', 'name each index once, with all that it wants');
  }
  const own = sorted(wanted, ({ index }) => index)
    .map(({ index, amount }) => ({ index, amount: min(word(amount), creditOf(buffer, index)) }))
    .filter(({ amount }) => amount > 0n);
  return { own, fees: min(buffer.fees, sumOf(wanted) - sumOf(own)) };
};

/**
 * The buffer after a purchase paid with what was drawn.
 *
 * @throws {MathError} OVERFLOW when that is more than there is
 */
export const spent = (buffer: Buffer, { own, fees }: Draw): Buffer =>
  own.reduce((after, { index, amount }) => withCredit(after, { index, amount: sub(creditOf(after, index), amount) }), {
    ...buffer,
    fees: sub(buffer.fees, fees),
  });

/** A mint or redemption of an index: the effective supply that is made or taken away {share}, and E before it. */
export interface SupplyChange {
  readonly index: string;
  readonly e: bigint;
  readonly effectiveSupply: bigint;
}

/**
 * A mint brings its part of the index's credit in USDC, as of every other leg: ceil(e credit / E) (docs/rules.md 9).
 *
 * @returns the buffer, and what the minter pays {base}
 * @throws {MathError} DIVISION_BY_ZERO, OVERFLOW
 */
export const minted = (
  buffer: Buffer,
  { index, e, effectiveSupply }: SupplyChange,
): { readonly buffer: Buffer; readonly paid: bigint } => {
  const paid = mulDivUp(e, creditOf(buffer, index), effectiveSupply);
  return { buffer: withCredits(buffer, [{ index, amount: paid }]), paid };
};

/**
 * A redemption takes its part of the index's credit in USDC: floor(e credit / E) (docs/rules.md 9).
 *
 * @param change e <= E
 * @returns the buffer, and what the redeemer gets {base}
 * @throws {MathError} OVERFLOW when e is above E; DIVISION_BY_ZERO
 */
export const redeemed = (
  buffer: Buffer,
  { index, e, effectiveSupply }: SupplyChange,
): { readonly buffer: Buffer; readonly got: bigint } => {
  const credit = creditOf(buffer, index);
  const got = mulDivDown(e, credit, effectiveSupply);
  return { buffer: withCredit(buffer, { index, amount: sub(credit, got) }), got };
};
