import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASIS_POINT, ONE } from '../math/scales.ts';
import { type BandState, boundsOf, stateOf, type Widths, widths } from './bands.ts';

const PERCENT = 100n * BASIS_POINT;
/** A percentage with four digits after the point {1e18}. */
const percent = (hundredth: number): bigint => (BigInt(Math.round(hundredth * 10_000)) * PERCENT) / 10_000n;

const WIDTHS = widths({ x: 5n * PERCENT, y: 25n * PERCENT });
const at = (weight: number, target = 20): BandState =>
  stateOf({ weight: percent(weight), target: percent(target), widths: WIDTHS });

describe('docs/rules.md 7: bounds and states', () => {
  it('W 20 %, x 5 %, y 25 % has the bounds 21, 25, 19 and 15 %', () => {
    expect(boundsOf({ target: 20n * PERCENT, widths: WIDTHS })).toEqual({
      alb: 21n * PERCENT,
      aub: 25n * PERCENT,
      blb: 19n * PERCENT,
      bub: 15n * PERCENT,
    });
  });

  it.each([
    [20.9, { kind: 'near' }],
    [21, { kind: 'near' }],
    [21.0001, { kind: 'acts', side: 'above' }],
    [24.9999, { kind: 'acts', side: 'above' }],
    [25, { kind: 'beyond', side: 'above' }],
    [18.99, { kind: 'acts', side: 'below' }],
    [15, { kind: 'beyond', side: 'below' }],
    [20, { kind: 'near' }],
    [19, { kind: 'near' }],
    [15.0001, { kind: 'acts', side: 'below' }],
    [100, { kind: 'beyond', side: 'above' }],
    [0, { kind: 'beyond', side: 'below' }],
  ])('NW %d %% of W 20 %%: %o', (weight, state) => {
    expect(at(weight)).toEqual(state);
  });

  it('with W = 0 what is held acts at any weight, and what is not held has nothing to do', () => {
    expect([at(0.0001, 0), at(100, 0), at(0, 0)]).toEqual([
      { kind: 'acts', side: 'above' },
      { kind: 'acts', side: 'above' },
      { kind: 'near' },
    ]);
  });

  it('widths are 0 < x < y < 1, and only their constructor makes them', () => {
    for (const [x, y] of [
      [0n, PERCENT],
      [PERCENT, PERCENT],
      [2n * PERCENT, PERCENT],
      [PERCENT, ONE],
      [-PERCENT, PERCENT],
    ] as const) {
      expect(() => widths({ x, y })).toThrow(expect.objectContaining({ code: 'BAND_WIDTHS' }));
    }
    // @ts-expect-error unchecked widths
    const unchecked: Widths = { x: PERCENT, y: 2n * PERCENT };
    // @ts-expect-error a state without its side
    const state: BandState = { kind: 'acts' };
    expect([unchecked, state]).toHaveLength(2);
  });

  it('refuses what is no weight', () => {
    expect(() => at(101)).toThrow(expect.objectContaining({ code: 'WEIGHT_OUT_OF_RANGE' }));
    expect(() => at(-1)).toThrow(expect.objectContaining({ code: 'WEIGHT_OUT_OF_RANGE' }));
    expect(() => at(20, 101)).toThrow(expect.objectContaining({ code: 'WEIGHT_OUT_OF_RANGE' }));
  });
});

const anyWidths = fc
  .tuple(fc.bigInt({ min: 1n, max: ONE - 2n }), fc.bigInt({ min: 1n, max: ONE - 2n }))
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => widths(a < b ? { x: a, y: b } : { x: b, y: a }));
const weight = fc.oneof(fc.bigInt({ min: 0n, max: ONE }), fc.bigInt({ min: 0n, max: 20n }));
const near = fc.tuple(weight, fc.bigInt({ min: -3n, max: 3n }));

describe('docs/rules.md 7: states, whatever the band', () => {
  it('say exactly what the unrounded bounds say, strictly', () => {
    fc.assert(
      fc.property(
        weight,
        anyWidths,
        fc.constantFrom('alb', 'aub', 'blb', 'bub'),
        near,
        (target, band, edge, [any, off]) => {
          fc.pre(target > 0n);
          const { x, y } = band;
          const beside = boundsOf({ target, widths: band })[edge] + off;
          for (const now of [any, beside]) {
            if (now < 0n || now > ONE) continue;
            const [scaled, w] = [now * ONE, target];
            const above = scaled > w * (ONE + x) && scaled < w * (ONE + y);
            const below = scaled > w * (ONE - y) && scaled < w * (ONE - x);
            const beyond = scaled >= w * (ONE + y) || scaled <= w * (ONE - y);
            const state = stateOf({ weight: now, target, widths: band });
            expect(state.kind).toBe(above || below ? 'acts' : beyond ? 'beyond' : 'near');
            if (state.kind !== 'near') expect(state.side).toBe(now > w ? 'above' : 'below');
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('at its target an asset never acts', () => {
    fc.assert(
      fc.property(weight, anyWidths, (target, band) => {
        expect(stateOf({ weight: target, target, widths: band })).toEqual({ kind: 'near' });
      }),
    );
  });
});
