import { describe, expect, it } from 'vitest';
import { ONE } from '../math/scales.ts';
import { assetAddress } from './asset-address.ts';
import { asset, assetsTo, codeOf, percent } from './families.fixture.ts';
import { requireFitting, requireReweighable } from './reweighable.ts';
import { type TargetWeights, targetWeights } from './target-weights.ts';

const half = percent(50);
const two = [
  { asset: asset(1), weight: half },
  { asset: asset(2), weight: half },
];

describe('docs/rules.md 4.2: a target', () => {
  it('has 2 to 50 assets', () => {
    const many = (n: number) => assetsTo(n).map((each) => ({ asset: each, weight: ONE / BigInt(n) }));
    expect(targetWeights(two)).toEqual(two);
    expect(targetWeights(many(50))).toHaveLength(50);
    expect(codeOf(() => targetWeights(many(64)))).toBe('BAD_LEG_COUNT');
    expect(codeOf(() => targetWeights([]))).toBe('BAD_LEG_COUNT');
  });

  it('sums to exactly 100 %', () => {
    for (const weight of [half - 1n, half + 1n]) {
      expect(codeOf(() => targetWeights([two[0] ?? { asset: asset(1), weight }, { asset: asset(2), weight }]))).toBe(
        'BAD_WEIGHT_SUM',
      );
    }
  });

  it('has strictly ascending addresses, whatever their spelling', () => {
    expect(codeOf(() => targetWeights([...two].reverse()))).toBe('LEGS_NOT_ASCENDING');
    expect(assetAddress('0x00000000000000000000000000000000000000AB')).toBe(asset(0xab));
    expect(codeOf(() => assetAddress('0x12'))).toBe('INVALID_ADDRESS');
  });

  it('is made by its constructor alone', () => {
    // @ts-expect-error a list that nobody checked is no target
    const unchecked: TargetWeights = two;
    // @ts-expect-error a text is no address
    const text = () => targetWeights([{ asset: '0x01', weight: half }]);
    expect(unchecked).toHaveLength(2);
    expect(codeOf(text)).toBe('BAD_LEG_COUNT');
  });

  it('aims at listed assets only, at fresh prices, and from 1 000 USDC on', () => {
    const both = new Set([asset(1), asset(2)]);
    const legs = new Set([asset(1)]);
    const weights = targetWeights(two);
    const small = 999_999_999n;
    expect(codeOf(() => requireFitting(weights, { listed: new Set([asset(1)]), legs }))).toBe('NOT_LISTED');
    const moment = { listed: both, legs, live: both, nav: 1_000_000_000n };
    requireReweighable(weights, moment);
    expect(codeOf(() => requireReweighable(weights, { ...moment, live: legs }))).toBe('PRICE_NOT_LIVE');
    expect(codeOf(() => requireReweighable(weights, { ...moment, nav: small }))).toBe('TOO_SMALL');
  });
});

describe('docs/rules.md 15: regression', () => {
  it('duplicate assets over-issuing: an asset is named once', () => {
    const twice = [two[0], two[0]].flatMap((each) => each ?? []);
    expect(codeOf(() => targetWeights(twice))).toBe('LEGS_NOT_ASCENDING');
  });

  it('the component limit compared with the update list: the result is counted, with what is held and not aimed at', () => {
    const weights = targetWeights(two);
    const listed = new Set([asset(1), asset(2)]);
    // 48 others still to be sold and the two aimed at are 50; one more is too many, though the list names two only.
    const others = assetsTo(60).slice(3);
    requireFitting(weights, { listed, legs: new Set(others.slice(0, 48)) });
    expect(codeOf(() => requireFitting(weights, { listed, legs: new Set(others.slice(0, 49)) }))).toBe('BAD_LEG_COUNT');
    requireFitting(weights, { listed, legs: new Set([...others.slice(0, 48), asset(1), asset(2)]) });
  });

  it('one asset with 100 %', () => {
    expect(codeOf(() => targetWeights([{ asset: asset(1), weight: ONE }]))).toBe('BAD_LEG_COUNT');
    const withNothing = [
      { asset: asset(1), weight: ONE },
      { asset: asset(2), weight: 0n },
    ];
    expect(codeOf(() => targetWeights(withNothing))).toBe('BAD_WEIGHT');
  });
});
