/** What an asset was quoted at on one day. */
export interface Quote {
  /** {USD/tok} above 0 */
  readonly price: number;
  /** {USD}; NaN or 0 when unknown */
  readonly marketCap: number;
}

/** A change from one quote to the next that no market makes in a day; every ratio is after / before {1}. */
export interface Jump {
  readonly kind: 'redenomination' | 'supply-jump' | 'price-jump';
  readonly priceRatio: number;
  /** NaN when a market cap is unknown. */
  readonly supplyRatio: number;
}

/** From this factor {1} on every factor may be that of a new unit; below it whole ones are. */
const ANY_UNIT = 9.5;
/** How near {1} to a whole number a small factor is: the supply itself hardly changes in a day. */
const NEAR_WHOLE = 0.02;
/** Supply {1} from which on a change within a day is reported: an unlock, a burn, or a provider who counts anew. */
const SUPPLY_JUMP = 1.2;
/** Price {1} from which on a change within a day is reported. */
const PRICE_JUMP = 3;
/** New units are powers of ten most of all; a factor this near {1} to one is it, the rest is the supply of that day. */
const NEAR_POWER = 0.05;

/** How far from 1 a ratio is, whichever way: 4 and 1/4 are as far. */
const size = (ratio: number): number => Math.max(ratio, 1 / ratio);

/** Whether anybody knows the market cap. */
export const isKnownCap = (marketCap: number): boolean => marketCap > 0;

/**
 * What happened between two quotes of an asset that follow each other, if no market did it.
 *
 * - Redenomination: the number of tokens (market cap / price) changed by a factor of 2 to 9, or by more, and the market cap by less than
 *   the fourth root of that: holders have as much as before, in other units.
 * - Supply jump: the number of tokens changed by 1.2 or more, and holders have what it says.
 * - Price jump: the price changed by 3 or more, and the market cap agrees, or nobody knows it.
 */
export const jumpBetween = (before: Quote, after: Quote): Jump | undefined => {
  const priceRatio = after.price / before.price;
  const capRatio =
    isKnownCap(before.marketCap) && isKnownCap(after.marketCap) ? after.marketCap / before.marketCap : Number.NaN;
  const supplyRatio = capRatio / priceRatio;
  if (isNewUnit(supplyRatio) && size(capRatio) < size(supplyRatio) ** 0.25) {
    return { kind: 'redenomination', priceRatio, supplyRatio };
  }
  if (size(supplyRatio) >= SUPPLY_JUMP) return { kind: 'supply-jump', priceRatio, supplyRatio };
  return size(priceRatio) >= PRICE_JUMP ? { kind: 'price-jump', priceRatio, supplyRatio } : undefined;
};

const isNear = (ratio: number, target: number, near: number): boolean => size(ratio / target) <= 1 + near;

const isNewUnit = (supplyRatio: number): boolean => {
  const factor = size(supplyRatio);
  return factor >= ANY_UNIT || (factor > 1.5 && isNear(factor, Math.round(factor), NEAR_WHOLE));
};

/**
 * New tokens for one old token {1} at a redenomination: the whole number, or the power of ten, that the ratio of supplies is near to, or
 * one through it; else that ratio itself.
 */
export const newUnits = ({ supplyRatio }: Jump): number => {
  const factor = size(supplyRatio);
  const power = 10 ** Math.round(Math.log10(factor));
  const whole = factor < ANY_UNIT ? Math.round(factor) : isNear(factor, power, NEAR_POWER) ? power : factor;
  return supplyRatio > 1 ? whole : 1 / whole;
};
