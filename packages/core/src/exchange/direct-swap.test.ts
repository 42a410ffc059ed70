import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ONE } from '../math/scales.ts';
import * as Orders from '../rebalance/orders.ts';
import type { AnchoredAsset } from '../rebalance/round.ts';
import { creditOf, EMPTY_BUFFER, heldBy, withCredits, withFees } from './buffer.ts';
import type { NamedIndex } from './direct-pair.ts';
import { indexOf, inputOf, LATE, M, OPENING, PRICES, poolAt, poolsAt } from './direct-swap.fixture.ts';
import { type DirectSwap, type DirectSwapInput, directSwap, type Skip } from './direct-swap.ts';
import { sell } from './pool.ts';
import type { Pools } from './swap.ts';

type Made = Extract<DirectSwap, { kind: 'swap' }>;

const made = (input: DirectSwapInput): Made => {
  const result = directSwap(input);
  if (result.kind === 'swap') return result;
  throw new Error(`skipped: ${result.reason}`);
};
const skip = (input: DirectSwapInput): Skip | 'made' => {
  const result = directSwap(input);
  return result.kind === 'skipped' ? result.reason : 'made';
};
const pairOf = ({ pair }: Made): string => `${pair.o.asset} for ${pair.u.asset}`;

/** +10 000 LINK, -10 000 SNX */
const EQUAL = indexOf('A', { LINK: [50, 60_000], SNX: [50, 40_000] });
/** +10 000 LINK, -5 000 SNX; the others within their thresholds */
const OVER = indexOf('A', { LINK: [30, 40_000], SNX: [30, 25_000], WETH: [20, 17_500], AAVE: [20, 17_500] });
/** +5 000 LINK, -10 000 SNX */
const UNDER = indexOf('A', { LINK: [30, 35_000], SNX: [30, 20_000], WETH: [20, 22_500], AAVE: [20, 22_500] });

describe('docs/rules.md 9: one index and the buffer', () => {
  it('+10 000 / -10 000: all is swapped, the buffer has nothing to do', () => {
    const { trade, rest, pair, buffer } = made(inputOf([EQUAL]));
    expect([pair.o.gap, pair.u.gap, pair.shared.value]).toEqual([10_000n * M, -10_000n * M, 10_000n * M]);
    expect(trade.given).toBe(1_000n * M);
    expect(rest).toEqual({ kind: 'none', reason: 'equal-gaps' });
    expect(buffer).toEqual(EMPTY_BUFFER);
  });

  it('+10 000 / -5 000: 5 000 swapped, 5 000 to the buffer', () => {
    const { trade, rest, pair, buffer } = made(inputOf([OVER]));
    expect([pair.o.gap, pair.u.gap]).toEqual([10_000n * M, -5_000n * M]);
    expect(trade.given).toBe(500n * M);
    expect(rest).toMatchObject({ kind: 'to-buffer', left: 5_000n * M, trade: { given: 500n * M } });
    // 5 000 USDC less the impact on a pool of 1 000 000 000.
    expect(creditOf(buffer, 'A')).toBeGreaterThan(4_999_900_000n);
    expect(creditOf(buffer, 'A')).toBeLessThanOrEqual(5_000n * M);
    expect(buffer.fees).toBe(0n);
  });

  it('+5 000 / -10 000: 5 000 swapped, 5 000 from the buffer', () => {
    const full = withFees(EMPTY_BUFFER, 8_000n * M);
    const { trade, rest, pair, buffer } = made(inputOf([UNDER], { buffer: full }));
    expect([pair.o.gap, pair.u.gap]).toEqual([5_000n * M, -10_000n * M]);
    expect(trade.given).toBe(500n * M);
    expect(rest).toMatchObject({ kind: 'from-buffer', left: 5_000n * M, trade: { given: 5_000n * M }, own: [] });
    expect(buffer).toEqual({ fees: 3_000n * M, credits: [] });
  });

  it('its own credit goes first, then fee credit; the credit of others never', () => {
    const held = withFees(
      withCredits(EMPTY_BUFFER, [
        { index: 'A', amount: 1_000n * M },
        { index: 'B', amount: 9_000n * M },
      ]),
      500n * M,
    );
    const index = { ...UNDER, credit: 1_000n * M };
    const { rest, buffer } = made(inputOf([index], { buffer: held }));
    expect(rest).toMatchObject({
      kind: 'from-buffer',
      own: [{ index: 'A', amount: 1_000n * M }],
      fees: 500n * M,
      trade: { given: 1_500n * M },
    });
    expect(buffer).toEqual({ fees: 0n, credits: [{ index: 'B', amount: 9_000n * M }] });
    // Two thirds are the index's own, one third is a gift to all.
    if (rest.kind !== 'from-buffer') throw new Error('expected a purchase');
    expect(rest.gift).toBeGreaterThanOrEqual(rest.trade.received / 3n);
    expect(rest.gift).toBeLessThanOrEqual(rest.trade.received / 3n + 2n);
  });

  it('no name makes the purchase of an index a gift, or a gift the purchase of an index', () => {
    const name = 'a gift to all';
    const held = withFees(withCredits(EMPTY_BUFFER, [{ index: name, amount: 1_000n * M }]), 500n * M);
    const { rest, buffer } = made(inputOf([{ ...UNDER, index: name, credit: 1_000n * M }], { buffer: held }));
    expect(rest).toMatchObject({ kind: 'from-buffer', own: [{ index: name, amount: 1_000n * M }], fees: 500n * M });
    if (rest.kind !== 'from-buffer') throw new Error('expected a purchase');
    expect(rest.trade.booked.map(({ index, given }) => [index, given])).toEqual([[name, 1_000n * M]]);
    expect(rest.gift).toBeLessThanOrEqual(rest.trade.received / 3n + 2n);
    expect(buffer).toEqual(EMPTY_BUFFER);
  });

  it('an empty buffer: buy only for what there is', () => {
    expect(made(inputOf([UNDER])).rest).toEqual({ kind: 'none', reason: 'nothing-wanted' });
    const little = withFees(EMPTY_BUFFER, 200n * M);
    expect(made(inputOf([UNDER], { buffer: little })).buffer).toEqual(EMPTY_BUFFER);
  });

  it('a gift is no more than the index pool takes', () => {
    const buffer = withFees(EMPTY_BUFFER, 8_000n * M);
    const { rest } = made(inputOf([UNDER], { buffer, giftRoom: new Map([['SNX', 1_000n * M]]) }));
    if (rest.kind !== 'from-buffer') throw new Error('expected a purchase');
    expect(rest.gift).toBeLessThanOrEqual(1_000n * M);
    expect(rest.gift).toBeGreaterThan(999n * M);
    expect(rest.fees).toBeLessThan(2_001n * M);
  });
});

describe('docs/rules.md 9: which pair', () => {
  it('the most overweight for the most underweight outside their thresholds', () => {
    const index = indexOf('A', { LINK: [30, 38_000], SNX: [30, 36_000], WETH: [20, 14_000], AAVE: [20, 12_000] });
    expect(pairOf(made(inputOf([index])))).toBe('LINK for AAVE');
  });

  it('an asset at its threshold, or beyond its far bound, stays out', () => {
    // WETH stands exactly at -20 %.
    const index = indexOf('A', { LINK: [30, 36_000], SNX: [30, 28_000], WETH: [20, 16_000], AAVE: [20, 20_000] });
    const { standing, ...result } = made(inputOf([index]));
    expect(pairOf({ standing, ...result })).toBe('LINK for SNX');
    const of = (asset: string) => standing.assets.find((one) => one.asset === asset)?.standing;
    expect(['AAVE', 'LINK', 'SNX', 'WETH'].map(of)).toEqual(['near', 'open', 'open', 'near']);
    const far = indexOf('A', { LINK: [30, 46_000], SNX: [30, 14_000], WETH: [20, 20_000], AAVE: [20, 20_000] });
    expect(skip(inputOf([far]))).toBe('no-pair');
  });

  it('a paused asset or one without a fresh price stays out', () => {
    expect(skip(inputOf([EQUAL], { paused: new Set(['LINK']) }))).toBe('no-pair');
    const assets = OPENING.assets.map((one) => (one.asset === 'SNX' ? { ...one, price: 0n } : one));
    expect(skip(inputOf([EQUAL], { opening: { ...OPENING, assets } }))).toBe('no-pair');
  });

  const openingWith = (name: string, changed: Partial<AnchoredAsset>) => ({
    ...OPENING,
    assets: OPENING.assets.map((one) => (one.asset === name ? { ...one, ...changed } : one)),
  });
  const gapsOf = ({ standing }: DirectSwap) => standing.assets.map(({ asset, gap }) => [asset, gap / M]);

  it('a dead asset keeps its units and the others share the whole: they are not sold for it', () => {
    const index = indexOf('A', { LINK: [30, 36_000], SNX: [30, 24_000], WETH: [40, 40_000] });
    const result = directSwap(inputOf([index], { opening: openingWith('WETH', { anchor: 0n, price: 0n }) }));
    expect(gapsOf(result)).toEqual([
      ['LINK', 6_000n],
      ['SNX', -6_000n],
    ]);
  });

  it('a delisted asset has target 0: it is sold, and never bought', () => {
    const index = indexOf('A', { LINK: [30, 36_000], SNX: [30, 24_000], WETH: [40, 40_000] });
    const opening = openingWith('SNX', { delistedSince: 1n });
    const result = directSwap(inputOf([index], { opening }));
    expect(gapsOf(result)).toEqual([
      ['LINK', -6_857n],
      ['SNX', 24_000n],
      ['WETH', -17_142n],
    ]);
    if (result.kind === 'swap') expect(result.pair.u.asset).not.toBe('SNX');
  });

  it('asks for an anchor of every asset of its indices, and of each once', () => {
    const doge = { asset: 'DOGE', holding: 1n, weight: 0n };
    expect(() => directSwap(inputOf([{ ...EQUAL, positions: [...EQUAL.positions, doge] }]))).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_ASSET' }),
    );
    const opening = { ...OPENING, assets: [...OPENING.assets, ...OPENING.assets.slice(1, 2)] };
    expect(() => directSwap(inputOf([EQUAL], { opening }))).toThrow(
      expect.objectContaining({ code: 'DUPLICATE_ASSET' }),
    );
  });

  it('if S(o,u) = 0 the pair with the next largest lesser gap that is shared', () => {
    // LINK is most over, in A alone; WETH is most under, in C alone.
    const a = indexOf('A', { LINK: [30, 40_000], SNX: [30, 24_000], USDC: [40, 36_000] });
    const c = indexOf('C', { AAVE: [30, 35_000], WETH: [30, 20_000], USDC: [40, 45_000] });
    const { pair, standing } = made(inputOf([a, c]));
    const gaps = standing.assets.map(({ asset, gap }) => [asset, gap / M]);
    expect(gaps).toEqual([
      ['AAVE', 5_000n],
      ['LINK', 10_000n],
      ['SNX', -6_000n],
      ['USDC', 1_000n],
      ['WETH', -10_000n],
    ]);
    // LINK for SNX has 6 000 in common, AAVE for WETH 5 000.
    expect([pair.o.asset, pair.u.asset, pair.shared.value]).toEqual(['LINK', 'SNX', 6_000n * M]);
  });

  it('disjoint baskets share nothing: no direct swap', () => {
    const a = indexOf('A', { LINK: [50, 60_000], USDC: [50, 40_000] });
    const only = inputOf([a]).widths;
    const widths = new Map([...only].filter(([asset]) => asset !== 'USDC'));
    const c = indexOf('C', { SNX: [50, 40_000], USDC: [50, 60_000] });
    expect(skip(inputOf([a, c], { widths }))).toBe('no-pair');
  });

  it('ties by address', () => {
    const index = indexOf('A', { SNX: [25, 28_000], LINK: [25, 28_000], WETH: [25, 22_000], AAVE: [25, 22_000] });
    const narrow = new Map([...PRICES.keys()].map((asset) => [asset, inputOf([]).widths.get('LINK')] as const));
    const widths = new Map([...narrow].flatMap(([asset, of]) => (of === undefined ? [] : [[asset, of] as const])));
    expect(pairOf(made(inputOf([index], { widths })))).toBe('LINK for AAVE');
  });
});

describe('docs/rules.md 9: limits of a direct swap', () => {
  it('waits for the clock', () => {
    expect(skip(inputOf([EQUAL], { now: 0n }))).toBe('below-limit');
    // q = 1 %: the anchor after 24 minutes, and the impact of 0.2 bp a little later.
    expect(skip(inputOf([EQUAL], { now: 24n * 60n }))).toBe('below-limit');
    expect(skip(inputOf([EQUAL], { now: 25n * 60n }))).toBe('made');
    expect(() => directSwap(inputOf([EQUAL], { now: -1n }))).toThrow();
  });

  it('stays within the loss budget even at the limit', () => {
    // At 0.99 of the anchor a budget of 50 USDC affords 5 000 of 10 000.
    const { trade } = made(inputOf([{ ...EQUAL, budget: 50n * M }]));
    expect(trade.given).toBe(500n * M);
    expect(skip(inputOf([{ ...EQUAL, budget: 0n }]))).toBe('budget');
  });

  it('is cut to an impact of 15 bp, and the rest uses what that leaves', () => {
    const shallow = poolsAt(2_000_000n * M);
    const { trade, rest } = made(inputOf([OVER], { before: shallow, pools: shallow }));
    expect(trade.given).toBeLessThan(500n * M);
    const [link, snx] = ['LINK', 'SNX'].map((asset) => trade.impacts.get(asset) ?? 0n);
    expect(ONE - ((ONE - (link ?? 0n)) * (ONE - (snx ?? 0n))) / ONE).toBeLessThanOrEqual((15n * ONE) / 10_000n + 2n);
    if (rest.kind !== 'to-buffer') throw new Error('expected a sale');
    const later = rest.trade.impacts.get('LINK') ?? 0n;
    expect(later + (link ?? 0n)).toBeLessThanOrEqual((15n * ONE) / 10_000n + 2n);
  });

  it('shares 15 bp of impact among both trades also when the rest is bought from the buffer', () => {
    const shallow = poolsAt(2_000_000n * M);
    const buffer = withFees(EMPTY_BUFFER, 8_000n * M);
    const { trade, rest } = made(inputOf([UNDER], { before: shallow, pools: shallow, buffer }));
    if (rest.kind !== 'from-buffer') throw new Error('expected a purchase');
    const both = (trade.impacts.get('SNX') ?? 0n) + (rest.trade.impacts.get('SNX') ?? 0n);
    expect(both).toBeLessThanOrEqual((15n * ONE) / 10_000n + 2n);
  });

  it('the rest has what the first trade left of a loss budget', () => {
    // At 0.99 of the anchor 50.002 USDC afford 5 000.2; what the first 5 000 lose is more than 0.002, so the rest is below 5 000.
    const { trade, rest } = made(inputOf([{ ...OVER, budget: 50_002_000n }]));
    expect(trade.given).toBe(500n * M);
    expect(trade.booked[0]?.loss).toBeGreaterThan(2_000n);
    expect(rest).toMatchObject({ kind: 'to-buffer', left: 5_000n * M });
    if (rest.kind !== 'to-buffer') throw new Error('expected a sale');
    expect(rest.trade.given).toBeLessThan(500n * M);
  });

  it('the rest is what all named indices together have too much of, not what some of them have', () => {
    const other = indexOf('B', { LINK: [50, 48_000], USDC: [50, 52_000] });
    const { pair, rest } = made(inputOf([OVER, other]));
    expect([pair.o.gap, pair.u.gap, pair.shared.value]).toEqual([8_000n * M, -5_000n * M, 5_000n * M]);
    expect(rest).toMatchObject({ kind: 'to-buffer', left: 3_000n * M, trade: { given: 300n * M } });
  });

  it('carries nobody past a target where the pools are better than the oracle', () => {
    const pools = poolsAt(1_000_000_000n * M);
    const pool = pools.get('LINK') ?? poolAt('LINK', 0n);
    const amount = 2_000_000n * M;
    const dear = new Map(pools).set('LINK', sell({ pool, sold: 'USDC', amount, counted: amount }).pool);
    const { trade } = made(inputOf([EQUAL], { pools: dear }));
    expect(trade.given).toBeLessThan(1_000n * M);
    expect(Orders.valueOf(trade.received, PRICES.get('SNX') ?? 0n)).toBeLessThanOrEqual(10_000n * M);
  });

  it('takes no more than is idle', () => {
    const { trade } = made(inputOf([EQUAL], { saleable: new Map([['LINK', 300n * M]]) }));
    expect(trade.given).toBe(300n * M);
    expect(skip(inputOf([EQUAL], { saleable: new Map() }))).toBe('no-room');
    expect(skip(inputOf([EQUAL], { saleable: new Map([['LINK', M]]) }))).toBe('too-small');
  });

  it('needs pools that stood within 10 bp of the oracle before, and stand no worse now', () => {
    const pools = poolsAt(1_000_000_000n * M);
    const moved = (asset: string, sold: string, amount: bigint): Pools => {
      const pool = pools.get(asset) ?? poolAt(asset, 0n);
      return new Map(pools).set(asset, sell({ pool, sold, amount, counted: amount }).pool);
    };
    const by = 1_000_000n * M;
    const [cheap, dear] = [moved('LINK', 'LINK', by / 10n), moved('LINK', 'USDC', by)];
    expect(skip(inputOf([EQUAL], { before: cheap, pools: cheap }))).toBe('off-oracle');
    expect(skip(inputOf([EQUAL], { before: dear, pools: dear }))).toBe('off-oracle');
    expect(skip(inputOf([EQUAL], { before: pools, pools: cheap }))).toBe('off-oracle');
    expect(skip(inputOf([EQUAL], { before: pools, pools: dear }))).toBe('made');
    expect(skip(inputOf([EQUAL], { before: pools, pools: moved('SNX', 'USDC', by) }))).toBe('off-oracle');
    expect(skip(inputOf([EQUAL], { before: pools, pools: moved('SNX', 'SNX', by) }))).toBe('made');
    expect(skip(inputOf([EQUAL], { before: new Map(), pools }))).toBe('no-pool');
  });
});

describe('docs/rules.md 9: what a direct swap books', () => {
  const values = fc.integer({ min: 10_000, max: 40_000 });
  const indices = fc
    .array(fc.record({ LINK: values, SNX: values, WETH: values, USDC: values, credit: fc.bigInt(0n, 5_000n) }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((all) =>
      all.map(({ credit, ...held }, i) =>
        indexOf(
          `I${i}`,
          { LINK: [25, held.LINK], SNX: [25, held.SNX], WETH: [25, held.WETH], USDC: [25, held.USDC] },
          { credit: credit * M, budget: 300n * M },
        ),
      ),
    );
  const inputs = fc
    .record({ indices, fees: fc.bigInt(0n, 5_000n), depth: fc.bigInt(1_000_000n, 1_000_000_000n) })
    .map(({ indices: all, fees, depth }) => {
      const pools = poolsAt(depth * M);
      const credits = all.map(({ index, credit }) => ({ index, amount: credit })).filter(({ amount }) => amount > 0n);
      return inputOf(all, {
        ...{ before: pools, pools, now: LATE, buffer: withFees(withCredits(EMPTY_BUFFER, credits), fees * M) },
        widths: new Map(
          [...inputOf([]).widths.keys()].flatMap((asset) => {
            const of = inputOf([]).widths.get('LINK');
            return of === undefined ? [] : [[asset, of] as const];
          }),
        ),
      });
    });
  const gapIn = (result: Made, index: string, asset: string): bigint =>
    result.standing.gaps.find((of) => of.index === index)?.gaps.find((one) => one.asset === asset)?.gap ?? 0n;

  it('nobody is carried past a target, nobody pays for another, budgets hold', () => {
    let swaps = 0;
    fc.assert(
      fc.property(inputs, (input) => {
        const result = directSwap(input);
        if (result.kind === 'skipped') return;
        swaps += 1;
        const { trade, rest, pair, buffer } = result;
        const [o, u] = [PRICES.get(pair.o.asset) ?? 0n, PRICES.get(pair.u.asset) ?? 0n];
        for (const { index, budget } of input.indices) {
          const first = trade.booked.find((one) => one.index === index);
          const second = rest.kind === 'none' ? undefined : rest.trade.booked.find((one) => one.index === index);
          const sold = (first?.given ?? 0n) + (rest.kind === 'to-buffer' ? (second?.given ?? 0n) : 0n);
          const bought = (first?.got ?? 0n) + (rest.kind === 'from-buffer' ? (second?.got ?? 0n) : 0n);
          if (sold > 0n) expect(Orders.valueOf(sold, o)).toBeLessThanOrEqual(gapIn(result, index, pair.o.asset));
          if (bought > 0n) expect(Orders.valueOf(bought, u)).toBeLessThanOrEqual(-gapIn(result, index, pair.u.asset));
          expect((first?.loss ?? 0n) + (second?.loss ?? 0n)).toBeLessThanOrEqual(budget);
          const drawn = creditOf(input.buffer, index) - creditOf(buffer, index);
          expect(drawn).toBeLessThanOrEqual(rest.kind === 'from-buffer' ? (second?.given ?? 0n) : 0n);
        }
        expect(heldBy(buffer)).toBeGreaterThanOrEqual(0n);
        expect(buffer.fees).toBeGreaterThanOrEqual(0n);
      }),
      { numRuns: 100 },
    );
    expect(swaps).toBeGreaterThan(30);
  });

  it('conserves USDC and both assets to the unit, and no product falls', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const result = directSwap(input);
        if (result.kind === 'skipped') return;
        const { trade, rest, pair } = result;
        const held = (pools: Pools, of: string): bigint =>
          of === 'USDC'
            ? [...pools.values()].reduce((sum, { reserveBase }) => sum + reserveBase, 0n)
            : (pools.get(of)?.reserveAsset ?? 0n);
        const moved = new Map<string, bigint>();
        const move = (asset: string, by: bigint) => moved.set(asset, (moved.get(asset) ?? 0n) + by);
        move(pair.o.asset, -trade.given);
        move(pair.u.asset, trade.received);
        if (rest.kind === 'to-buffer') move(pair.o.asset, -rest.trade.given);
        if (rest.kind === 'from-buffer') move(pair.u.asset, rest.trade.received);
        move('USDC', heldBy(result.buffer) - heldBy(input.buffer));
        for (const asset of PRICES.keys()) {
          expect(held(result.pools, asset) - held(input.pools, asset) + (moved.get(asset) ?? 0n)).toBe(0n);
        }
        for (const [asset, { reserveBase, reserveAsset }] of input.pools) {
          const after = result.pools.get(asset);
          expect((after?.reserveBase ?? 0n) * (after?.reserveAsset ?? 0n)).toBeGreaterThanOrEqual(
            reserveBase * reserveAsset,
          );
        }
        for (const one of rest.kind === 'none' ? [trade] : [trade, rest.trade]) {
          const fees = one !== trade && rest.kind === 'from-buffer' ? rest.fees : 0n;
          expect(one.booked.reduce((sum, { given }) => sum + given, fees)).toBe(one.given);
          expect(one.booked.reduce((sum, { got }) => sum + got, 0n)).toBeLessThanOrEqual(one.received);
          expect(one.received).toBeGreaterThanOrEqual(one.least);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('does not depend on the order of indices and assets', () => {
    const turned = ({ positions, ...of }: NamedIndex): NamedIndex => ({ ...of, positions: [...positions].reverse() });
    fc.assert(
      fc.property(inputs, (input) => {
        const assets = [...input.opening.assets].reverse();
        const other = {
          ...{ ...input, indices: input.indices.map(turned).reverse() },
          opening: { ...input.opening, assets },
        };
        const [a, b] = [directSwap(input), directSwap(other)];
        expect({ ...b, standing: undefined }).toEqual({ ...a, standing: undefined });
        expect(b.standing.assets).toEqual(a.standing.assets);
      }),
      { numRuns: 100 },
    );
  });
});

describe('docs/rules.md 15: defects that must not recur', () => {
  it('phantom orders: what rounding leaves leads to no direct swap', () => {
    const even = indexOf('A', { LINK: [50, 50_000], SNX: [50, 50_000] });
    const positions = even.positions.map((one) => (one.asset === 'LINK' ? { ...one, holding: one.holding + 9n } : one));
    expect(skip(inputOf([{ ...even, positions }]))).toBe('no-pair');
  });

  it('order change given to other indices: each gets for what it gave, at one price', () => {
    const half = indexOf('B', { LINK: [50, 30_000], SNX: [50, 20_000] });
    const { trade, rest } = made(inputOf([EQUAL, half, indexOf('C', { WETH: [50, 50_000], AAVE: [50, 50_000] })]));
    expect(rest.kind).toBe('none');
    expect(trade.booked.map(({ index, given }) => [index, given])).toEqual([
      ['A', 1_000n * M],
      ['B', 500n * M],
    ]);
    for (const { given, got } of trade.booked) expect(got).toBe((trade.received * given) / trade.given);
  });
});
