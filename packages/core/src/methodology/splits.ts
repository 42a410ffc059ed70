import { pow10 } from '../decimal/decimal.ts';
import type { Methodology } from './methodology.ts';

/**
 * Gives a share of the weight of an asset to another one, floored, as the methodology says for a month of rebalancing
 * (docs/rules.md 4.1): 60 % of AVAX in sAVAX. The weights keep their sum.
 *
 * @param weights {1/scale} by id
 * @param month `YYYY-MM` of the rebalance
 */
export const splitWeights = (
  weights: ReadonlyMap<string, bigint>,
  splits: Methodology['weights']['splits'],
  month: string,
): ReadonlyMap<string, bigint> => {
  const result = new Map(weights);
  for (const { asset, into, shares } of splits) {
    const share = shares.findLast(({ from }) => from <= month)?.share;
    const weight = result.get(asset);
    if (share === undefined || weight === undefined) continue;
    const part = (weight * share.digits) / pow10(share.scale);
    result.set(asset, weight - part);
    result.set(into, (result.get(into) ?? 0n) + part);
  }
  return new Map([...result].filter(([, weight]) => weight > 0n));
};
