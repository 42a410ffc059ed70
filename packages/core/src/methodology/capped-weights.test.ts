import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decimal, digitsAt, formatQuotient, parseDecimal } from '../decimal/decimal.ts';
import { type CappedWeights, cappedWeights } from './capped-weights.ts';
import { InfeasibleCapError, InfeasibleFloorError, NoAssetsError, ParameterError, ZeroTotalError } from './errors.ts';
import { integerWeights, WEIGHT_SCALE } from './integer-weights.ts';

const decimals = (input: Record<string, unknown>) =>
  new Map(Object.entries(input).map(([id, value]) => [id, parseDecimal(value, id)]));

const weigh = (
  input: Record<string, unknown>,
  cap: unknown = 1,
  floor: unknown = 0,
  caps: Record<string, unknown> = {},
) =>
  cappedWeights(decimals(input), {
    cap: parseDecimal(cap, 'cap'),
    floor: parseDecimal(floor, 'floor'),
    caps: decimals(caps),
  });

/** Weights to 6 places, rounded down. */
const shares = ({ numerators, denominator }: CappedWeights) =>
  Object.fromEntries([...numerators].map(([id, numerator]) => [id, formatQuotient(numerator, denominator, 6)]));

const removedIds = ({ removed }: CappedWeights) => removed.map(({ id }) => id);

describe('cappedWeights, the vectors of docs/rules.md 4.1', () => {
  it('700/200/97/3, cap 30 %: three cap rounds, and the floor judges only after capping', () => {
    const weights = weigh({ a: 700, b: 200, c: 97, d: 3 }, 0.3, 0.005);
    expect(shares(weights)).toEqual({ a: '0.300000', b: '0.300000', c: '0.300000', d: '0.100000' });
    expect(weights.capRounds).toBe(3);
    expect(weights.removed).toEqual([]);
  });

  it('700/200/100, cap 30 %: infeasible, never silently equal', () => {
    expect(() => weigh({ a: 700, b: 200, c: 100 }, 0.3)).toThrow(InfeasibleCapError);
    expect(() => weigh({ a: 700, b: 200, c: 100 }, 0.3)).toThrow(/3 assets .* sum to 0.9, less than 1$/);
  });

  it('400/300/296/4, cap 50 %: the last is removed, the others are of 996', () => {
    const weights = weigh({ a: 400, b: 300, c: 296, d: 4 }, 0.5, 0.005);
    expect(weights.numerators.get('a')).toBe((weights.denominator * 400n) / 996n);
    expect(shares(weights)).toEqual({ a: '0.401606', b: '0.301204', c: '0.297188' });
    expect(weights.removed.map((r) => [r.id, formatQuotient(r.numerator, r.denominator, 3)])).toEqual([['d', '0.004']]);
    expect(weights.capRounds).toBe(0);
  });

  it('496/250/250/4, cap 49.7 %: only the removal lifts the first above the cap, and it is capped again', () => {
    const weights = weigh({ a: 496, b: 250, c: 250, d: 4 }, 0.497, 0.005);
    expect(shares(weights)).toEqual({ a: '0.497000', b: '0.251500', c: '0.251500' });
    expect(weights.capRounds).toBe(1);
  });
});

describe('cappedWeights', () => {
  it('counts the cap rounds of every phase', () => {
    const weights = weigh({ a: 600, b: 250, c: 149, d: 1 }, 0.5, 0.005);
    expect(removedIds(weights)).toEqual(['d']);
    expect(weights.capRounds).toBe(2);
  });

  it('keeps an asset exactly at the floor, and removes those below together, by id', () => {
    expect(removedIds(weigh({ a: 99.5, b: 0.5 }, 1, 0.005))).toEqual([]);
    expect(removedIds(weigh({ z: 2, y: 3, a: 995 }, 1, 0.005))).toEqual(['y', 'z']);
  });

  it('gives an asset without market cap weight 0, and does not count it for feasibility', () => {
    expect(shares(weigh({ a: 1, b: 1, c: 0 }, 0.5))).toEqual({ a: '0.500000', b: '0.500000', c: '0.000000' });
    expect(() => weigh({ a: 1, b: 1, c: 0 }, 0.4)).toThrow(InfeasibleCapError);
  });

  it('honours caps of single assets, also of 0', () => {
    const weights = weigh({ a: 50, b: 30, c: 20 }, 1, 0, { a: 0.2, c: 0 });
    expect(shares(weights)).toEqual({ b: '0.800000', a: '0.200000', c: '0.000000' });
    expect(weights.capRounds).toBe(1);
    expect(weigh({ a: 50, b: 50 }, 1, 0, { a: 0 }).capRounds).toBe(0);
    expect(() => weigh({ a: 50, b: 50 }, 0.6, 0, { a: 0 })).toThrow(InfeasibleCapError);
  });

  it('checks feasibility again after a removal', () => {
    expect(() => weigh({ a: 500, b: 499, c: 1 }, 0.4, 0.21)).toThrow(/2 assets .* after the floor removed c$/);
  });

  it('lifts caps that are infeasible to 1 / n where that is asked for, at the start or after a removal', () => {
    const lift = (input: Record<string, number>, cap: number, floor: number, caps = {}) =>
      cappedWeights(decimals(input), {
        cap: parseDecimal(cap, 'cap'),
        floor: parseDecimal(floor, 'floor'),
        caps: decimals(caps),
        whenInfeasible: 'lift',
      });
    const third = lift({ a: 700, b: 200, c: 100, d: 0 }, 0.3, 0);
    expect([shares(third), third.lifted]).toEqual([
      { a: '0.333333', b: '0.333333', c: '0.333333', d: '0.000000' },
      true,
    ]);
    const half = lift({ a: 500, b: 499, c: 1 }, 0.4, 0.21);
    expect([shares(half), half.lifted, removedIds(half)]).toEqual([{ a: '0.500000', b: '0.500000' }, true, ['c']]);
    const kept = lift({ a: 700, b: 200, c: 97, d: 3 }, 0.3, 0.005);
    expect(kept).toEqual({ ...weigh({ a: 700, b: 200, c: 97, d: 3 }, 0.3, 0.005), lifted: false });
    expect(() => lift({ a: 1, b: 1, c: 1 }, 0.3, 0.4)).toThrow(InfeasibleFloorError);
    expect(() => lift({ a: 1 }, 0, 0)).toThrow(InfeasibleCapError);
    expect(shares(lift({ a: 1, b: 1 }, 0.4, 0, { a: 0 }))).toEqual({ b: '1.000000', a: '0.000000' });
  });

  it('takes a cap that is just feasible', () => {
    expect(shares(weigh({ a: 9, b: 1, c: 1, d: 1 }, 0.25))).toEqual({
      a: '0.250000',
      b: '0.250000',
      c: '0.250000',
      d: '0.250000',
    });
  });

  it('refuses what has no answer', () => {
    expect(() => weigh({})).toThrow(NoAssetsError);
    expect(() => weigh({ a: 0, b: 0 })).toThrow(ZeroTotalError);
    expect(() => weigh({ a: 1, b: 1, c: 1 }, 1, 0.4)).toThrow(InfeasibleFloorError);
    expect(() => weigh({ a: 1 }, 1.5)).toThrow(ParameterError);
    expect(() => weigh({ a: 1 }, 1, 2)).toThrow(ParameterError);
    expect(() => weigh({ a: 1 }, 1, 0, { a: 2 })).toThrow(ParameterError);
  });
});

/** Market caps over many magnitudes, with zeros and ties. */
const marketCapsArbitrary = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 3 }),
  fc.oneof(fc.integer({ min: 0, max: 20 }), fc.double({ min: 1e-9, max: 1e12, noNaN: true })),
  { minKeys: 1, maxKeys: 30, noNullPrototype: true },
);
const shareArbitrary = (max: number) => fc.integer({ min: 0, max }).map((thousandths) => thousandths / 1000);
const problemArbitrary = fc.record({
  input: marketCapsArbitrary,
  cap: shareArbitrary(1000),
  floor: shareArbitrary(100),
});

/** The weights, or the code of the error. */
function outcome(input: Map<string, Decimal>, cap: number, floor: number): CappedWeights | string {
  try {
    return cappedWeights(input, { cap: parseDecimal(cap, 'cap'), floor: parseDecimal(floor, 'floor') });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code);
    throw error;
  }
}

describe('cappedWeights, whatever the market caps', () => {
  it('sums to exactly 1 within cap and floor, and is min(cap, k x market cap)', () => {
    let solved = 0;
    fc.assert(
      fc.property(problemArbitrary, ({ input, cap, floor }) => {
        const weights = outcome(decimals(input), cap, floor);
        if (typeof weights === 'string') return;
        solved += 1;
        const { numerators, denominator } = weights;
        const thousandths = (share: number) => BigInt(Math.round(share * 1000)) * denominator;
        let total = 0n;
        // k = weight / market cap: one for all uncapped assets, and not larger for a capped one.
        const uncapped = new Set<bigint>();
        const capped: bigint[] = [];
        for (const [id, numerator] of numerators) {
          total += numerator;
          expect(numerator * 1000n <= thousandths(cap)).toBe(true);
          expect(numerator * 1000n >= thousandths(floor)).toBe(true);
          const marketCap = digitsAt(parseDecimal(input[id], id), 30);
          if (marketCap === 0n) continue;
          const k = (numerator * 10n ** 90n) / (denominator * marketCap);
          if (numerator * 1000n < thousandths(cap)) uncapped.add(k);
          else capped.push(k);
        }
        expect(uncapped.size).toBeLessThanOrEqual(1);
        for (const k of uncapped) expect(capped.every((other) => other <= k)).toBe(true);
        expect(total).toBe(denominator);
        expect(numerators.size + weights.removed.length).toBe(Object.keys(input).length);
      }),
      { numRuns: 400 },
    );
    expect(solved).toBeGreaterThan(50);
  });

  it('does not depend on the order of the input', () => {
    fc.assert(
      fc.property(problemArbitrary, fc.infiniteStream(fc.nat()), ({ input, cap, floor }, keys) => {
        const entries = [...decimals(input)];
        const shuffled = entries
          .map((entry) => ({ entry, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ entry }) => entry);
        const [a, b] = [outcome(new Map(entries), cap, floor), outcome(new Map(shuffled), cap, floor)];
        expect(b).toEqual(a);
        if (typeof a === 'string' || typeof b === 'string') return;
        expect([...b.numerators.keys()]).toEqual([...a.numerators.keys()]);
      }),
    );
  });

  it('does not depend on the unit of the market caps', () => {
    fc.assert(
      fc.property(problemArbitrary, fc.integer({ min: 1, max: 1_000_000 }), ({ input, cap, floor }, factor) => {
        const marketCaps = decimals(input);
        const scaled = new Map([...marketCaps].map(([id, d]) => [id, { ...d, digits: d.digits * BigInt(factor) }]));
        const [a, b] = [outcome(marketCaps, cap, floor), outcome(scaled, cap, floor)];
        if (typeof a === 'string' || typeof b === 'string') expect(b).toBe(a);
        else expect(integerWeights(b, WEIGHT_SCALE)).toEqual(integerWeights(a, WEIGHT_SCALE));
      }),
    );
  });

  it('leaves weights that already obey cap and floor as they are', () => {
    fc.assert(
      fc.property(problemArbitrary, ({ input, cap, floor }) => {
        const first = outcome(decimals(input), cap, floor);
        if (typeof first === 'string') return;
        const again = new Map([...first.numerators].map(([id, digits]) => [id, { digits, scale: 0 }]));
        const second = outcome(again, cap, floor);
        if (typeof second === 'string') throw new Error(`${second} on the second pass`);
        expect(second.removed).toEqual([]);
        expect(second.capRounds).toBe(0);
        expect(shares(second)).toEqual(shares(first));
      }),
    );
  });
});
