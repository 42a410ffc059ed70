import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASIS_POINT, ONE, Q112 } from '../math/scales.ts';
import { min } from '../math/word.ts';
import { ordersOf, type Position } from './drift.ts';
import { gapsOf, type IndexGaps, indexGaps } from './gaps.ts';
import { Round } from './round.ts';
import { between, booked, matrix, scaled, surface } from './surface.ts';
import { estimateMirrored, estimateShared, estimateSurface } from './surface-estimate.ts';

const ASSETS = ['a', 'b', 'c', 'd', 'e'];
const USDC = 1_000_000n;

const gapValue = fc.oneof(
  fc.constant(0n),
  fc.bigInt({ min: -9n, max: 9n }),
  fc.bigInt({ min: -(1n << 80n), max: 1n << 80n }),
);
/** Up to six indices of some of five assets. */
const anyIndices = fc
  .array(fc.array(fc.option(gapValue), { minLength: ASSETS.length, maxLength: ASSETS.length }), { maxLength: 6 })
  .map((rows) =>
    rows.map((row, i) =>
      indexGaps({
        index: `i${i}`,
        gaps: row.flatMap((gap, place) => (gap === null ? [] : [{ asset: ASSETS[place] ?? '', gap }])),
      }),
    ),
  );
const gapIn = (of: IndexGaps | undefined, name: string): bigint =>
  of?.gaps.find(({ asset }) => asset === name)?.gap ?? 0n;
const total = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);

describe('docs/rules.md 8: the surface, whatever the gaps', () => {
  it('S(o,u) is its contributions, each the lesser gap of one index, and at most the total excess of o and deficit of u', () => {
    fc.assert(
      fc.property(anyIndices, (indices) => {
        const all = surface(indices);
        const rows = matrix(all);
        for (const [row, o] of all.assets.entries()) {
          const excess = total(indices.map((of) => gapIn(of, o)).filter((gap) => gap > 0n));
          for (const [column, u] of all.assets.entries()) {
            const { value, contributions } = between(all, { o, u });
            const deficit = -total(indices.map((of) => gapIn(of, u)).filter((gap) => gap < 0n));
            const expected = indices.flatMap((of) => {
              const [g, h] = [gapIn(of, o), gapIn(of, u)];
              return g > 0n && h < 0n ? [{ index: of.index, value: min(g, -h) }] : [];
            });
            expect({ value, contributions, bounded: value <= min(excess, deficit) }).toEqual({
              ...{ value: total(expected.map((part) => part.value)), contributions: expected, bounded: true },
            });
            if (rows[row]?.[column] !== value) throw new Error(`the matrix does not have S(${o},${u}) = ${value}`);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('does not depend on the order of indices or assets', () => {
    fc.assert(
      fc.property(anyIndices, (indices) => {
        const turned = [...indices].reverse().map(({ index, gaps }) => indexGaps({ index, gaps: [...gaps].reverse() }));
        expect(surface(turned)).toEqual(surface(indices));
      }),
    );
  });

  it('scales with the gaps, turns with their sign, and of many indices is the sum of theirs', () => {
    fc.assert(
      fc.property(anyIndices, fc.bigInt({ min: 1n, max: 15n }), (indices, factor) => {
        const times = (by: bigint) =>
          indices.map(({ index, gaps }) =>
            indexGaps({ index, gaps: gaps.map(({ asset, gap }) => ({ asset, gap: gap * by })) }),
          );
        const [all, larger, turned] = [surface(indices), surface(times(factor)), surface(times(-1n))];
        const alone = indices.map((of) => surface([of]));
        const pairs = ASSETS.flatMap((o) => ASSETS.map((u) => ({ o, u })));
        const values = pairs.map((pair) => between(all, pair).value);
        expect(pairs.map((pair) => between(larger, pair).value)).toEqual(values.map((value) => factor * value));
        expect(pairs.map(({ o, u }) => between(turned, { o: u, u: o }).value)).toEqual(values);
        expect(pairs.map((pair) => total(alone.map((each) => between(each, pair).value)))).toEqual(values);
      }),
      { numRuns: 200 },
    );
  });

  it('trades booked by its contributions carry no index past a target, and lose and make nothing', () => {
    const picks = fc.array(fc.tuple(fc.nat(), fc.bigInt({ min: 0n, max: 100n })), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(anyIndices, picks, (start, trades) => {
        let indices: readonly IndexGaps[] = start;
        for (const [pick, part] of trades) {
          const { shared } = surface(indices);
          const whole = shared[pick % Math.max(1, shared.length)];
          if (whole === undefined) return;
          const trade = scaled({ shared: whole, value: (whole.value * part) / 100n });
          expect(whole.value * part - trade.value * 100n < 100n * BigInt(whole.contributions.length + 1)).toBe(true);
          const before = indices;
          indices = booked({ indices: before, trade });
          const nearer = (of: IndexGaps, row: number): boolean =>
            of.gaps.every(({ asset, gap }) => {
              const was = gapIn(before[row], asset);
              return was >= 0n ? 0n <= gap && gap <= was : was <= gap && gap <= 0n;
            });
          expect(indices.every(nearer)).toBe(true);
          const sums = (all: readonly IndexGaps[]) => all.map(({ gaps }) => total(gaps.map(({ gap }) => gap)));
          expect(sums(indices)).toEqual(sums(before));
          const sold = (name: string) =>
            total(before.map((of) => gapIn(of, name))) - total(indices.map((of) => gapIn(of, name)));
          expect([sold(trade.o), sold(trade.u)]).toEqual([trade.value, -trade.value]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('when every S is booked whole nothing is left to exchange', () => {
    fc.assert(
      fc.property(anyIndices, (start) => {
        let indices: readonly IndexGaps[] = start;
        for (const o of ASSETS) {
          for (const u of ASSETS) indices = booked({ indices, trade: between(surface(indices), { o, u }) });
        }
        expect(surface(indices).shared).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

/** Indices of tokens of any decimals at any prices. */
const anyFunds = fc
  .record({
    assets: fc.array(
      fc.record({ cents: fc.bigInt({ min: 1n, max: 5_000_000n }), decimals: fc.constantFrom(6n, 8n, 18n) }),
      { minLength: ASSETS.length, maxLength: ASSETS.length },
    ),
    funds: fc.array(
      fc.array(fc.tuple(fc.bigInt({ min: 0n, max: 100_000n }), fc.integer({ min: 0, max: 100 })), {
        minLength: ASSETS.length,
        maxLength: ASSETS.length,
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ assets, funds }) => {
    const prices = assets.map(({ cents, decimals }) => (cents * USDC * Q112) / (100n * 10n ** decimals) + 1n);
    return funds.map((fund): Position[] => {
      const sum = BigInt(fund.reduce((all, [, aim]) => all + aim, 0) || 1);
      return fund.map(([value, aim], place) => {
        const price = prices[place] ?? 1n;
        return {
          ...{ asset: ASSETS[place] ?? '', price, holding: (value * USDC * Q112) / price },
          weight: (BigInt(aim) * ONE) / sum,
        };
      });
    });
  });

describe("docs/rules.md 8: the planner's estimate", () => {
  it('is the surface, up to roundings and dust', () => {
    fc.assert(
      fc.property(anyFunds, (funds) => {
        const exact = surface(funds.map((positions, i) => gapsOf({ index: `i${i}`, positions })));
        const { gaps } = new Round(
          funds.map((positions, i) => ({
            ...{ index: `i${i}`, budget: 0n },
            orders: ordersOf(positions).map((order, place) => ({ ...order, holding: positions[place]?.holding ?? 0n })),
          })),
          {
            ...{ openedAt: 0n, base: 'a' },
            assets: ASSETS.map((asset, place) => {
              const price = funds[0]?.[place]?.price ?? 1n;
              return { asset, anchor: price, price, qBps: 0n, delistedSince: 0n };
            }),
          },
          0n,
        );
        const rows = estimateSurface(gaps);
        for (const [o, nameO] of ASSETS.entries()) {
          for (const [u, nameU] of ASSETS.entries()) {
            const value = Number(between(exact, { o: nameO, u: nameU }).value);
            const turned = Number(between(exact, { o: nameU, u: nameO }).value);
            // {base} a smallest unit of USDC for each index, or an order that is dust to one of the two
            const off = 10_002 * funds.length + value * 1e-9;
            const far = [
              (rows[o * ASSETS.length + u] ?? 0) - value,
              estimateShared(gaps, { o, u }) - value,
              estimateMirrored(gaps, { o, u }) - Math.min(value, turned),
            ];
            if (far.some((each) => Math.abs(each) >= off))
              throw new Error(`S(${nameO},${nameU}) is ${far} off ${value}`);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is the surface to the unit where gaps are whole numbers that floating point has', () => {
    const small = fc.bigInt({ min: -1_000_000n, max: 1_000_000n });
    fc.assert(
      fc.property(fc.array(fc.array(small, { minLength: 3, maxLength: 3 }), { maxLength: 5 }), (rows) => {
        const places = [0, 1, 2];
        const exact = surface(
          rows.map((row, i) =>
            indexGaps({ index: `i${i}`, gaps: row.map((gap, place) => ({ asset: ASSETS[place] ?? '', gap })) }),
          ),
        );
        const estimate = estimateSurface({
          values: places.map((place) => Float64Array.from(rows, (row) => Number(row[place] ?? 0n))),
          rowsOf: places.map(() => [...rows.keys()]),
          placesOf: rows.map(() => places),
        });
        const expected = places.map((o) =>
          places.map((u) => Number(between(exact, { o: ASSETS[o] ?? '', u: ASSETS[u] ?? '' }).value)),
        );
        expect([...estimate]).toEqual(expected.flat());
      }),
    );
  });
});

describe('docs/rules.md 15: order change given to other indices', () => {
  it('a trade of one index leaves the gaps of every other as they were', () => {
    const indices = [
      indexGaps({
        index: 'A',
        gaps: [
          { asset: 'a', gap: 5n * BASIS_POINT },
          { asset: 'b', gap: -5n * BASIS_POINT },
        ],
      }),
      indexGaps({
        index: 'B',
        gaps: [
          { asset: 'a', gap: 5n * BASIS_POINT },
          { asset: 'c', gap: -5n * BASIS_POINT },
        ],
      }),
    ];
    const after = booked({ indices, trade: between(surface(indices), { o: 'a', u: 'b' }) });
    expect(after[1]).toBe(indices[1]);
  });
});
