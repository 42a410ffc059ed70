import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ONE } from '../math/scales.ts';
import { asset, codeOf, percent, target, targetArbitrary } from './families.fixture.ts';
import { weightLimits } from './limited-weights.ts';
import * as YieldAggregation from './yield-aggregation.ts';

const DAY = 86_400n;
const limits = weightLimits({ cap: percent(60), floor: percent(0.5) });
const grown = (past: bigint, now: bigint, elapsed = 30n * DAY) =>
  YieldAggregation.netYield({ past: { price: past, at: 0n }, now: { price: now, at: elapsed } });
const yields = (each: Record<number, number>) =>
  new Map(Object.entries(each).map(([n, part]) => [asset(Number(n)), percent(part)]));

describe('docs/rules.md 4.2: yield-aggregating', () => {
  it('measures net yield over the last 30 days, floored', () => {
    expect(grown(ONE, ONE + percent(0.5))).toBe(percent(0.5));
    expect(grown(3n, 4n)).toBe(333_333_333_333_333_333n);
    expect(grown(3n, 2n)).toBe(-333_333_333_333_333_334n);
    expect(grown(ONE, ONE, 31n * DAY - 1n)).toBe(0n);
    for (const elapsed of [30n * DAY - 1n, 31n * DAY])
      expect(codeOf(() => grown(ONE, ONE, elapsed))).toBe('NOT_30_DAYS');
    expect(codeOf(() => grown(0n, ONE))).toBe('PRICE_OUT_OF_RANGE');
    expect(codeOf(() => grown(ONE, 1n << 128n))).toBe('PRICE_OUT_OF_RANGE');
  });

  it('weighs by it, with cap and floor; what yields nothing or less has no weight', () => {
    const found = YieldAggregation.yieldWeights(yields({ 1: 0.5, 2: 0.3, 3: 0.2, 4: 0, 5: -3 }), limits);
    expect(found.weights).toEqual(target({ 1: 50, 2: 30, 3: 20 }));
    expect(found.floored).toEqual([asset(4), asset(5)]);
    expect(YieldAggregation.yieldWeights(yields({ 1: 9, 2: 0.6, 3: 0.4 }), limits).weights).toEqual(
      target({ 1: 60, 2: 24, 3: 16 }),
    );
    expect(codeOf(() => YieldAggregation.yieldWeights(yields({ 1: 0, 2: -1 }), limits))).toBe('ZERO_TOTAL');
  });

  it('moves only when that earns back its cost in 30 days', () => {
    // Half of 1 000 000 moves from 0.3 % to 0.5 % in 30 days: 1 000.
    const move = {
      from: target({ 1: 25, 2: 75 }),
      to: target({ 1: 75, 2: 25 }),
      yields: yields({ 1: 0.5, 2: 0.3 }),
      nav: 1_000_000n,
      cost: 1_000n,
    };
    expect(YieldAggregation.earnings(move)).toBe(1_000n * ONE * ONE);
    expect(YieldAggregation.earnsBack(move)).toBe(true);
    expect(YieldAggregation.earnsBack({ ...move, cost: 1_001n })).toBe(false);
    expect(YieldAggregation.earnsBack({ ...move, from: move.to, to: move.from, cost: 0n })).toBe(false);
    expect(YieldAggregation.earnsBack({ ...move, from: move.to, cost: 0n })).toBe(false);
    expect(codeOf(() => YieldAggregation.earnsBack({ ...move, yields: yields({ 1: 1 }) }))).toBe('YIELD_MISSING');
  });

  it('leaving a vault that loses counts', () => {
    const move = { from: target({ 1: 50, 2: 50 }), to: target({ 2: 50, 3: 50 }), nav: 1_000_000n, cost: 5_000n };
    expect(YieldAggregation.earnsBack({ ...move, yields: yields({ 1: -1, 2: 0.1, 3: 0 }) })).toBe(true);
    expect(YieldAggregation.earnsBack({ ...move, yields: yields({ 1: 0, 2: 0.1, 3: 0 }) })).toBe(false);
  });

  it('never goes round in a circle: what a sequence of moves promises is the difference of its ends', () => {
    const rates = fc.array(fc.bigInt(-ONE, ONE), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(
        targetArbitrary,
        targetArbitrary,
        targetArbitrary,
        rates,
        fc.bigInt(1n, 1n << 84n),
        (a, b, c, each, nav) => {
          const of = new Map(each.map((rate, n) => [asset(n), rate]));
          const promise = (from: typeof a, to: typeof a) =>
            YieldAggregation.earnings({ from, to, yields: of, nav, cost: 0n });
          expect(promise(a, b) + promise(b, c)).toBe(promise(a, c));
          const there = YieldAggregation.earnsBack({ from: a, to: b, yields: of, nav, cost: 0n });
          const back = YieldAggregation.earnsBack({ from: b, to: a, yields: of, nav, cost: 0n });
          expect(there && back).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });
});
