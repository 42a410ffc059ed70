import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ONE } from '../math/scales.ts';
import { cappedWeights } from '../methodology/capped-weights.ts';
import { integerWeights } from '../methodology/integer-weights.ts';
import type { AssetAddress } from './asset-address.ts';
import * as Capitalisation from './capitalisation.ts';
import { asset, assetsTo, codeOf, percent, target } from './families.fixture.ts';
import { limitedWeights, type WeightLimits, weightLimits } from './limited-weights.ts';
import type { TargetWeights } from './target-weights.ts';
import { ranking, topNWeights } from './top-n.ts';
import { trackedWeights } from './tracked.ts';

const limits = (cap: number, floor: number): WeightLimits => weightLimits({ cap: percent(cap), floor: percent(floor) });
const PDI = limits(30, 0.5);

/** Capitalisations by number of asset. */
const caps = (sizes: Record<number, number | bigint>) =>
  new Map(Object.entries(sizes).map(([n, size]) => [asset(Number(n)), BigInt(size)]));

const index = (sizes: Record<number, number | bigint>, use: WeightLimits, unlisted: readonly AssetAddress[] = []) => {
  const capitalisations = caps(sizes);
  const assets = [...capitalisations.keys()];
  return { assets, listed: new Set(assets.filter((a) => !unlisted.includes(a))), capitalisations, limits: use };
};

const sumOf = (weights: TargetWeights) => weights.reduce((sum, { weight }) => sum + weight, 0n);

describe('docs/rules.md 4.2: tracked', () => {
  it('has cap and floor as 4.1', () => {
    expect(trackedWeights(index({ 1: 700, 2: 200, 3: 97, 4: 3 }, PDI)).weights).toEqual(
      target({ 1: 30, 2: 30, 3: 30, 4: 10 }),
    );
    const { weights, leftOut, cap } = trackedWeights(index({ 1: 400, 2: 300, 3: 296, 4: 4 }, limits(50, 0.5)));
    // 400, 300 and 296 of 996: two units are left, for the two largest remainders.
    expect(weights.map(({ weight }) => weight)).toEqual([
      401_606_425_702_811_245n,
      301_204_819_277_108_434n,
      297_188_755_020_080_321n,
    ]);
    expect(leftOut).toEqual([{ asset: asset(4), reason: 'floored' }]);
    expect(cap).toEqual({ kind: 'kept', cap: percent(50) });
  });

  it('a floored asset may return in the next period', () => {
    expect(trackedWeights(index({ 1: 400, 2: 300, 3: 296, 4: 6 }, limits(50, 0.5))).weights).toHaveLength(4);
  });

  it('a cap that has become infeasible is lifted to 1/n for that period, and reported', () => {
    const { weights, cap } = trackedWeights(index({ 1: 700, 2: 200, 3: 100 }, PDI));
    const third = 333_333_333_333_333_333n;
    expect(weights.map(({ weight }) => weight)).toEqual([third + 1n, third, third]);
    expect(cap).toEqual({ kind: 'lifted', assets: 3 });
  });

  it('a cap that becomes infeasible by a removal is lifted for those left', () => {
    // Capped at 24.9 %, four assets leave 0.4 % for the fifth, below the floor; 4 x 24.9 % < 1.
    const { weights, leftOut, cap } = trackedWeights(
      index({ 1: 500, 2: 400, 3: 300, 4: 200, 5: 1 }, limits(24.9, 0.5)),
    );
    expect(weights).toEqual(target({ 1: 25, 2: 25, 3: 25, 4: 25 }));
    expect([leftOut, cap]).toEqual([[{ asset: asset(5), reason: 'floored' }], { kind: 'lifted', assets: 4 }]);
  });

  it('gets its first weights from stored capitalisations in the call of the factory', () => {
    const assets = assetsTo(4);
    const supplies = new Map(assets.map((each) => [each, Capitalisation.firstSupply({ supply: 10n ** 24n, at: 0n })]));
    const prices = new Map(assets.map((each, i) => [each, (BigInt([700, 200, 97, 3][i] ?? 0) << 112n) / 10n ** 12n]));
    const capitalisations = Capitalisation.capitalisations({ assets, supplies, prices });
    expect(trackedWeights({ assets, listed: new Set(assets), capitalisations, limits: PDI }).weights).toEqual(
      target({ 0: 30, 1: 30, 2: 30, 3: 10 }),
    );
  });

  it('cap and floor lie within 2 to 100 % and 0 to 2 %, so the floor never removes all', () => {
    for (const [cap, floor] of [
      [1.9, 0],
      [100.1, 0],
      [30, 2.1],
    ] as const) {
      expect(codeOf(() => limits(cap, floor))).toBe('LIMITS_OUT_OF_RANGE');
    }
    const fifty = new Map(assetsTo(50).map((each) => [each, 1n]));
    expect(limitedWeights(fifty, limits(2, 2)).weights).toHaveLength(50);
    const fiftyOne = new Map(assetsTo(51).map((each) => [each, 1n]));
    expect(codeOf(() => limitedWeights(fiftyOne, PDI))).toBe('VALUES_OUT_OF_RANGE');
    expect(codeOf(() => limitedWeights(caps({ 1: 1, 2: 1n << 128n }), PDI))).toBe('VALUES_OUT_OF_RANGE');
    // @ts-expect-error limits that nobody checked are none
    expect(codeOf(() => limitedWeights(caps({ 1: 1 }), { cap: ONE, floor: ONE }))).toBe('BAD_LEG_COUNT');
  });
});

describe('docs/rules.md 15: regression', () => {
  it('one delisted asset blocking a tracked index: it is sold, the others are scaled up', () => {
    const { weights, leftOut } = trackedWeights(
      index({ 1: 500, 2: 300, 3: 200, 4: 1000 }, limits(60, 0.5), [asset(4)]),
    );
    expect(weights).toEqual(target({ 1: 50, 2: 30, 3: 20 }));
    expect(leftOut).toEqual([{ asset: asset(4), reason: 'delisted' }]);
  });

  it('an asset listed again after the determination does not block either', () => {
    const { assets, listed, capitalisations } = index({ 1: 500, 2: 300, 3: 200 }, PDI);
    const found = trackedWeights({
      assets: [...assets, asset(4)],
      listed: new Set([...listed, asset(4)]),
      capitalisations,
      limits: limits(60, 0),
    });
    expect(found.weights).toEqual(target({ 1: 50, 2: 30, 3: 20 }));
    expect(found.leftOut).toEqual([{ asset: asset(4), reason: 'undetermined' }]);
  });

  it('market cap total 0: an error, never equal weights', () => {
    expect(codeOf(() => trackedWeights(index({ 1: 0, 2: 0, 3: 0 }, PDI)))).toBe('ZERO_TOTAL');
    expect(codeOf(() => trackedWeights(index({ 1: 5, 2: 5 }, PDI, [asset(1), asset(2)])))).toBe('NO_ASSETS');
  });

  it('weights above the cap after the floor: capped anew', () => {
    const { weights } = trackedWeights(index({ 1: 496, 2: 250, 3: 250, 4: 4 }, limits(49.7, 0.5)));
    expect(weights).toEqual(target({ 1: 49.7, 2: 25.15, 3: 25.15 }));
  });

  it('one asset with 100 %: refused, also when all others are gone', () => {
    expect(codeOf(() => trackedWeights(index({ 1: 700, 2: 200 }, PDI, [asset(2)])))).toBe('BAD_LEG_COUNT');
    expect(codeOf(() => trackedWeights(index({ 1: 700, 2: 0 }, limits(100, 0))))).toBe('BAD_LEG_COUNT');
  });

  it('duplicate assets: refused', () => {
    const twice = index({ 1: 700, 2: 200 }, PDI);
    expect(codeOf(() => trackedWeights({ ...twice, assets: [...twice.assets, asset(1)] }))).toBe('DUPLICATE_ASSET');
  });
});

describe('docs/rules.md 4.2: top-N', () => {
  it('takes the first n of a category, ties by address ascending, weights as 4.1', () => {
    const category = index({ 5: 300, 4: 500, 3: 300, 2: 300, 1: 100 }, limits(60, 0.5));
    expect(ranking(category)).toEqual([4, 2, 3, 5, 1].map(asset));
    const { weights, leftOut } = topNWeights({ ...category, n: 3 });
    expect(weights.map((each) => each.asset)).toEqual([2, 3, 4].map(asset));
    expect(weights.map(({ weight }) => weight)).toEqual([
      272_727_272_727_272_727n,
      272_727_272_727_272_727n,
      454_545_454_545_454_546n,
    ]);
    expect(leftOut).toEqual([1, 5].map((n) => ({ asset: asset(n), reason: 'outranked' })));
    expect(topNWeights({ ...category, assets: [...category.assets].reverse(), n: 3 })).toEqual({
      weights,
      leftOut,
      cap: { kind: 'kept', cap: percent(60) },
    });
  });

  it('has no place for what is delisted, and takes all of a category that is smaller', () => {
    const category = index({ 1: 500, 2: 400, 3: 300, 4: 200 }, limits(60, 0.5), [asset(1)]);
    expect(topNWeights({ ...category, n: 2 }).weights.map((each) => each.asset)).toEqual([asset(2), asset(3)]);
    expect(topNWeights({ ...category, n: 50 }).weights).toHaveLength(3);
    for (const n of [1, 51, 2.5, Number.NaN])
      expect(codeOf(() => topNWeights({ ...category, n }))).toBe('N_OUT_OF_RANGE');
  });
});

const sizes = fc.uniqueArray(
  fc.record({ n: fc.nat(40), size: fc.oneof(fc.bigInt(0n, 20n), fc.bigInt(0n, (1n << 128n) - 1n)) }),
  { minLength: 2, maxLength: 30, selector: ({ n }) => n },
);
const problem = fc.record({ sizes, cap: fc.integer({ min: 20, max: 1000 }), floor: fc.integer({ min: 0, max: 20 }) });
const solve = ({ sizes: each, cap, floor }: { sizes: { n: number; size: bigint }[]; cap: number; floor: number }) => {
  const values = new Map(each.map(({ n, size }) => [asset(n), size]));
  const use = limits(cap / 10, floor / 10);
  try {
    return { kind: 'solved' as const, values, limits: use, found: limitedWeights(values, use) };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return { kind: 'refused' as const, code: String(error.code) };
  }
};

describe('docs/rules.md 4.2: weights by value, whatever the values', () => {
  it('sum to exactly 1, keep cap and floor in integers, and rank as the values do', () => {
    let solved = 0;
    fc.assert(
      fc.property(problem, (given) => {
        const answer = solve(given);
        if (answer.kind === 'refused') {
          expect(['ZERO_TOTAL', 'BAD_LEG_COUNT']).toContain(answer.code);
          return;
        }
        solved += 1;
        const { values, found } = answer;
        expect(sumOf(found.weights)).toBe(ONE);
        expect(found.weights.length + found.floored.length).toBe(values.size);
        const most = found.cap.kind === 'kept' ? found.cap.cap : ONE / BigInt(found.cap.assets) + 1n;
        const ranked = [...found.weights].sort((a, b) =>
          (values.get(a.asset) ?? 0n) < (values.get(b.asset) ?? 0n) ? -1 : 1,
        );
        for (const [i, { asset: each, weight }] of ranked.entries()) {
          expect(weight <= most && weight >= answer.limits.floor).toBe(true);
          const next = ranked[i + 1];
          if (next !== undefined) expect(weight <= next.weight + 1n).toBe(true);
          expect(values.get(each)).not.toBe(0n);
        }
      }),
      { numRuns: 400 },
    );
    expect(solved).toBeGreaterThan(300);
  });

  it('are bit-equal to those of the methodology wherever the cap is feasible', () => {
    let compared = 0;
    fc.assert(
      fc.property(problem, (given) => {
        const answer = solve(given);
        if (answer.kind === 'refused' || answer.found.cap.kind === 'lifted') return;
        compared += 1;
        const decimals = new Map([...answer.values].map(([id, digits]) => [id as string, { digits, scale: 0 }]));
        const exact = cappedWeights(decimals, {
          cap: { digits: answer.limits.cap, scale: 18 },
          floor: { digits: answer.limits.floor, scale: 18 },
        });
        const integers = [...integerWeights(exact, ONE)].filter(([, weight]) => weight > 0n);
        expect(new Map(answer.found.weights.map((each) => [each.asset as string, each.weight]))).toEqual(
          new Map(integers),
        );
        const bits = [...exact.numerators.values(), exact.denominator].map((each) => (each * ONE).toString(2).length);
        expect(Math.max(...bits)).toBeLessThanOrEqual(254);
      }),
      { numRuns: 400 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it('do not depend on the order of the input', () => {
    fc.assert(
      fc.property(problem, fc.infiniteStream(fc.nat()), (given, keys) => {
        const shuffled = given.sizes
          .map((each) => ({ each, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        const [a, b] = [solve(given), solve({ ...given, sizes: shuffled })];
        if (a.kind === 'refused' || b.kind === 'refused') expect(b).toEqual(a);
        else expect(b.found).toEqual(a.found);
      }),
      { numRuns: 300 },
    );
  });
});
