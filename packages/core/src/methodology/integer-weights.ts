import { compareIds, type ExactWeights } from './capped-weights.ts';
import { ParameterError } from './errors.ts';

/** The scale of weights on chain: 1e18 is 100 %. */
export const WEIGHT_SCALE = 10n ** 18n;

/**
 * Integer weights that sum to exactly `scale` (docs/rules.md 4.1): each exact weight x scale is rounded down, and the units left over
 * go one each to the largest remainders, ties to the smaller id. Caps 50/30/20 at 255 give 128/76/51.
 *
 * @returns {1/scale} per id, in the order of `weights`.
 * @throws ParameterError when the scale is below 1.
 */
export function integerWeights({ denominator, numerators }: ExactWeights, scale: bigint): Map<string, bigint> {
  if (scale < 1n) throw new ParameterError('scale', scale.toString(), '1 and above');
  const shares = [...numerators].map(([id, numerator]) => {
    const product = numerator * scale;
    return { id, floor: product / denominator, remainder: product % denominator };
  });
  const integers = new Map(shares.map(({ id, floor }) => [id, floor]));
  const left = shares.reduce((rest, { floor }) => rest - floor, scale);
  const byRemainder = [...shares].sort((a, b) =>
    a.remainder === b.remainder ? compareIds(a.id, b.id) : a.remainder < b.remainder ? 1 : -1,
  );
  // The remainders sum to left x denominator and each is below it, so fewer units are left than there are assets.
  for (const { id, floor } of byRemainder.slice(0, Number(left))) integers.set(id, floor + 1n);
  return integers;
}
