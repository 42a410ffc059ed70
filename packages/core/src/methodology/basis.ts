import { compareDecimal, type Decimal, digitsAt, pow10 } from '../decimal/decimal.ts';
import { sqrtDown } from '../math/sqrt.ts';
import type { Methodology } from './methodology.ts';
import type { UniverseAsset } from './universe.ts';

/** Digits after the point of a square root; the rest of it is cut off. */
const ROOT_SCALE = 18;
const ONE: Decimal = { digits: 1n, scale: 0 };
const NONE: Decimal = { digits: 0n, scale: 0 };

const product = (a: Decimal, b: Decimal): Decimal => ({ digits: a.digits * b.digits, scale: a.scale + b.scale });

const root = (value: Decimal): Decimal => {
  // Digits beyond twice the scale cannot change what is kept of the root.
  const digits =
    value.scale > 2 * ROOT_SCALE ? value.digits / pow10(value.scale - 2 * ROOT_SCALE) : digitsAt(value, 2 * ROOT_SCALE);
  return { digits: sqrtDown(digits), scale: ROOT_SCALE };
};

const before = ({ figures }: UniverseAsset, by: Methodology['weights']['by']): Decimal => {
  switch (by) {
    case 'market-cap':
      return figures.marketCapUsd ?? NONE;
    case 'sqrt-market-cap':
      return root(figures.marketCapUsd ?? NONE);
    case 'equal':
      return ONE;
    case 'net-yield':
      return figures.netYield ?? NONE;
  }
};

/**
 * What an asset is weighed by, in proportion: its market cap, the root of it, its net yield, or the same for all; times the part of
 * the liquidity that makes it count whole, where the methodology has a liquidity score (docs/rules.md 4.1).
 */
export const basisOf = (asset: UniverseAsset, { by, liquidityScore }: Methodology['weights']): Decimal => {
  const basis = before(asset, by);
  if (liquidityScore === null) return basis;
  const { liquidityUsd = NONE } = asset.figures;
  const counted = compareDecimal(liquidityUsd, liquidityScore.fullUsd) < 0 ? liquidityUsd : liquidityScore.fullUsd;
  return product(basis, counted);
};
