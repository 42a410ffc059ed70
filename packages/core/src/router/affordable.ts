import { mulDivDown } from '../math/fixed-point.ts';
import { RouterError } from './errors.ts';
import { type ChosenPools, costOf, type IndexUnits } from './legs.ts';

const less = (pay: bigint, steps: bigint): bigint => {
  if (pay > steps) return pay - steps;
  throw new RouterError('PAYS_TOO_LITTLE', `the roundings alone may cost ${steps}, and ${pay} is paid`);
};

/**
 * What `pay` {base} buys {share} (docs/rules.md 1; contracts: Router._affordable). Without roundings the cost of a mint on
 * constant-product pools is convex in its size and 0 for none, so the chord between two sizes lies above it: the size where the
 * chord meets `pay` less the roundings never costs more than `pay`.
 *
 * @throws {RouterError} PAYS_TOO_LITTLE, POOL_TOO_SMALL; {MathError} as `costOf`
 */
export const affordable = (index: IndexUnits, pools: ChosenPools, pay: bigint): bigint => {
  let low = index.supply / 1_000_000n;
  const first = costOf(index, pools, low);
  let costLow = first.cost;
  let high = mulDivDown(low, pay, costLow);
  // Less than a millionth of the supply: the chord begins at 0.
  if (high <= low) return mulDivDown(low, less(pay, first.steps), costLow);
  let atHigh = costOf(index, pools, high);
  if (atHigh.cost <= pay) {
    // In a millionth of a small index the roundings weigh so much that the line through it ends far too low: once more from there.
    [low, costLow] = [high, atHigh.cost];
    high = mulDivDown(low, pay, costLow);
    atHigh = costOf(index, pools, high);
    if (atHigh.cost <= pay) return high;
  }
  const left = less(pay, atHigh.steps);
  if (left <= costLow) return mulDivDown(low, left, costLow);
  return low + mulDivDown(high - low, left - costLow, atHigh.cost - costLow);
};
