import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ONE } from '../math/scales.ts';
import type { AssetAddress } from './asset-address.ts';
import { asset, codeOf, percent, target, targetArbitrary } from './families.fixture.ts';
import * as Pace from './pace.ts';
import type { TargetWeights } from './target-weights.ts';

const DAY = 86_400n;
const QUARTER = percent(25);

const settled = (weights: TargetWeights): Pace.Course => ({ kind: 'settled', weights, steppedAt: 0n });

/** All weights on the way, the first ones included. */
const way = (from: TargetWeights, to: TargetWeights): TargetWeights[] => {
  const found = [from];
  let course = Pace.begin(settled(from), to);
  for (let day = 1n; course.kind === 'moving'; day += 1n) {
    course = Pace.step(course, day * DAY);
    found.push(course.weights);
  }
  return found;
};

const weightOf = (weights: TargetWeights, of: AssetAddress) => weights.find((each) => each.asset === of)?.weight ?? 0n;

describe('docs/rules.md 4.2: pace', () => {
  it('spreads a change over 4 epochs', () => {
    const steps = way(target({ 1: 50, 2: 50 }), target({ 1: 30, 2: 40, 3: 30 }));
    expect(steps).toEqual([
      target({ 1: 50, 2: 50 }),
      target({ 1: 45, 2: 47.5, 3: 7.5 }),
      target({ 1: 40, 2: 45, 3: 15 }),
      target({ 1: 35, 2: 42.5, 3: 22.5 }),
      target({ 1: 30, 2: 40, 3: 30 }),
    ]);
  });

  it('the largest change there is, all of it, moves exactly 25 % of NAV a day', () => {
    const [from, to] = [target({ 1: 50, 2: 50 }), target({ 3: 50, 4: 50 })];
    expect(Pace.turnover({ from, to })).toBe(ONE);
    const steps = way(from, to);
    const moved = steps.slice(1).map((next, i) => Pace.turnover({ from: steps[i] ?? from, to: next }));
    expect(moved).toEqual([QUARTER, QUARTER, QUARTER, QUARTER]);
  });

  it('sums to 1 at each step, is monotone for each asset, moves at most 25 % and ends exactly at the goal', () => {
    fc.assert(
      fc.property(targetArbitrary, targetArbitrary, (from, to) => {
        const steps = way(from, to);
        expect(steps).toHaveLength(5);
        expect(steps.at(-1)).toEqual(to);
        for (const [i, next] of steps.entries()) {
          expect(next.reduce((sum, { weight }) => sum + weight, 0n)).toBe(ONE);
          const last = steps[i - 1];
          if (last === undefined) continue;
          expect(Pace.turnover({ from: last, to: next }) <= QUARTER).toBe(true);
          for (const { asset: each } of [...last, ...to]) {
            const [before, now, goal] = [last, next, to].map((weights) => weightOf(weights, each));
            if (before === undefined || now === undefined || goal === undefined)
              throw new Error('three were asked for');
            expect(before <= goal ? before <= now && now <= goal : goal <= now && now <= before).toBe(true);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('a turnover is the same in both directions, and none between equal targets', () => {
    fc.assert(
      fc.property(targetArbitrary, targetArbitrary, (from, to) => {
        expect(Pace.turnover({ from, to })).toBe(Pace.turnover({ from: to, to: from }));
        expect(Pace.turnover({ from, to: from })).toBe(0n);
        expect(Pace.turnover({ from, to }) <= ONE).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('moves single units without losing one', () => {
    const from = target({ 1: 50, 2: 50 });
    const [a, b] = from;
    if (a === undefined || b === undefined) throw new Error('two assets');
    const to = Pace.nextWeights({ from, to: target({ 1: 50.000001, 2: 49.999999 }), epochsLeft: 10n ** 12n });
    expect(to).toEqual([
      { asset: asset(1), weight: percent(50) + 1n },
      { asset: asset(2), weight: percent(50) - 1n },
    ]);
    expect(codeOf(() => Pace.nextWeights({ from, to, epochsLeft: 0n }))).toBe('DIVISION_BY_ZERO');
  });

  it('a step is taken once in 24 h, and not without a change', () => {
    const course = Pace.step(Pace.begin(settled(target({ 1: 50, 2: 50 })), target({ 1: 10, 2: 90 })), DAY);
    expect(codeOf(() => Pace.step(course, 2n * DAY - 1n))).toBe('TOO_SOON');
    expect(Pace.step(course, 2n * DAY).weights).toEqual(target({ 1: 30, 2: 70 }));
    expect(codeOf(() => Pace.step(settled(target({ 1: 50, 2: 50 })), 9n * DAY))).toBe('SETTLED');
  });

  it('whatever goals the manager sets and when, no 24 h see more than 25 % of NAV moved', () => {
    const move = fc.record({ wait: fc.bigInt(0n, 2n * DAY), goal: fc.option(targetArbitrary) });
    fc.assert(
      fc.property(targetArbitrary, fc.array(move, { maxLength: 20 }), (first, moves) => {
        let course: Pace.Course = settled(first);
        let at = DAY;
        const taken: { at: bigint; moved: bigint }[] = [];
        for (const { wait, goal } of moves) {
          at += wait;
          if (goal !== null) course = Pace.begin(course, goal);
          if (course.kind === 'settled' || at < course.steppedAt + DAY) continue;
          const next = Pace.step(course, at);
          taken.push({ at, moved: Pace.turnover({ from: course.weights, to: next.weights }) });
          course = next;
        }
        for (const { at: end } of taken) {
          const day = taken.filter((each) => each.at <= end && each.at > end - DAY);
          expect(day.reduce((sum, { moved }) => sum + moved, 0n) <= QUARTER).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
