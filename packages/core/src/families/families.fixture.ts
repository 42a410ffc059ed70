import fc from 'fast-check';
import { ONE } from '../math/scales.ts';
import { integerWeights } from '../methodology/integer-weights.ts';
import { type AssetAddress, assetAddress } from './asset-address.ts';
import { type TargetWeights, targetWeightsOf } from './target-weights.ts';

/** The n-th asset: ascending with n. */
export const asset = (n: number): AssetAddress => assetAddress(`0x${n.toString(16).padStart(40, '0')}`);

/** Assets 0 to n - 1. */
export const assetsTo = (n: number): AssetAddress[] => Array.from({ length: n }, (_, i) => asset(i));

/** Parts of 1 that fit no further than an integer each: percent to {1e18}. */
export const percent = (part: number): bigint => (BigInt(Math.round(part * 1_000_000)) * ONE) / 100_000_000n;

/** A target from percents by number of asset. */
export const target = (percents: Record<number, number>): TargetWeights =>
  targetWeightsOf(new Map(Object.entries(percents).map(([n, part]) => [asset(Number(n)), percent(part)])));

/** Targets over some of 12 assets, from whole dust to nearly all. */
export const targetArbitrary: fc.Arbitrary<TargetWeights> = fc
  .uniqueArray(
    fc.record({ n: fc.nat(11), part: fc.oneof(fc.bigInt(1n, 3n), fc.bigInt(1n, 10n ** 15n), fc.constant(ONE)) }),
    {
      minLength: 2,
      maxLength: 12,
      selector: ({ n }) => n,
    },
  )
  .map((parts) => {
    const denominator = parts.reduce((sum, { part }) => sum + part, 0n);
    const numerators = new Map(parts.map(({ n, part }) => [asset(n), part]));
    const weights = integerWeights({ denominator, numerators }, ONE);
    return new Map(parts.map(({ n }) => [asset(n), weights.get(asset(n)) ?? 0n]));
  })
  .filter((weights) => [...weights.values()].every((weight) => weight > 0n && weight < ONE))
  .map(targetWeightsOf);

/** The code that `refused` throws, or a complaint that it did not. */
export const codeOf = (refused: () => unknown): string => {
  try {
    refused();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code);
    throw error;
  }
  return 'nothing was thrown';
};
