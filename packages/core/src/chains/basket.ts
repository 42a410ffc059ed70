import type { Branded } from '../brand.ts';
import { MathError } from '../math/errors.ts';
import { mulDivDown } from '../math/fixed-point.ts';
import { min } from '../math/word.ts';
import { compareIds } from '../methodology/capped-weights.ts';
import { ChainsError } from './errors.ts';

/** The id of USDC among the assets of a chain. Its amounts are {base}. */
export const BASE = 'USDC';

/** An amount that a message can carry {tok}: below 2^112, checked once and never cut off. */
export type MessageAmount = Branded<bigint, 'MessageAmount'>;

/** The limit of the vault's amounts {tok}: what no message carries. */
const AMOUNT_LIMIT = 1n << 112n;

const outOfRange = (amount: bigint): MathError =>
  new MathError(
    'AMOUNT_OUT_OF_RANGE',
    `a message cannot carry the amount ${amount}`,
    'send above 0 and below 2^112; a larger amount is sent in parts',
  );

/** @throws {MathError} AMOUNT_OUT_OF_RANGE unless the amount is in 1 .. 2^112 - 1 (docs/rules.md 11) */
export const messageAmount = (amount: bigint): MessageAmount => {
  if (amount < 1n || amount >= AMOUNT_LIMIT) throw outOfRange(amount);
  return amount as MessageAmount;
};

/** An amount of one asset {tok}. */
export interface AssetAmount {
  readonly asset: string;
  readonly amount: bigint;
}

/** Amounts of assets: each asset once, ascending by id, every amount in 1 .. 2^112 - 1. Equal baskets are deeply equal. */
export type Basket = Branded<readonly AssetAmount[], 'Basket'>;

/** The sum of amounts, in any order, also of the same asset. @throws {MathError} NEGATIVE_AMOUNT, AMOUNT_OUT_OF_RANGE */
export const basket = (amounts: readonly AssetAmount[]): Basket => {
  const sums = new Map<string, bigint>();
  for (const { asset, amount } of amounts) {
    if (amount < 0n) {
      throw new MathError('NEGATIVE_AMOUNT', `${amount} of ${asset} is below 0`, 'give amounts of 0 or more');
    }
    const sum = (sums.get(asset) ?? 0n) + amount;
    if (sum >= AMOUNT_LIMIT) throw outOfRange(sum);
    sums.set(asset, sum);
  }
  return [...sums]
    .map(([asset, amount]) => ({ asset, amount }))
    .filter(({ amount }) => amount > 0n)
    .sort((a, b) => compareIds(a.asset, b.asset)) as readonly AssetAmount[] as Basket;
};

/** Nothing. */
export const EMPTY = basket([]);

/** How much of an asset a basket has {tok}. */
export const amountIn = (of: Basket, asset: string): bigint => of.find((entry) => entry.asset === asset)?.amount ?? 0n;

/** Both together. */
export const plus = (a: Basket, b: Basket): Basket => basket([...a, ...b]);

/** What is left of `a` without `b`. @throws {ChainsError} NOT_HELD when `b` has more of an asset than `a` */
export const minus = (a: Basket, b: Basket): Basket => {
  for (const { asset, amount } of b) {
    const held = amountIn(a, asset);
    if (held < amount) {
      throw new ChainsError(
        'NOT_HELD',
        `${amount} of ${asset} are wanted and ${held} are held`,
        'take at most what is held and not promised to somebody else',
      );
    }
  }
  return basket(a.map(({ asset, amount }) => ({ asset, amount: amount - amountIn(b, asset) })));
};

/** What of `a` is in `b` too: the lesser amount of each asset. */
export const within = (a: Basket, b: Basket): Basket =>
  basket(a.map(({ asset, amount }) => ({ asset, amount: min(amount, amountIn(b, asset)) })));

/** What is left of `a` without `b`; nothing of an asset of which `b` has more. */
export const without = (a: Basket, b: Basket): Basket => minus(a, within(a, b));

/**
 * The part `part / whole` of every amount, floored: what does not divide stays with those who stay.
 *
 * @throws {MathError} DIVISION_BY_ZERO, OVERFLOW
 */
export const partOf = (of: Basket, part: bigint, whole: bigint): Basket =>
  basket(of.map(({ asset, amount }) => ({ asset, amount: mulDivDown(amount, part, whole) })));
