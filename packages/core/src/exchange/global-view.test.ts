import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ONE, Q112 } from '../math/scales.ts';
import {
  CONTRIBUTION_LASTS,
  type Contributions,
  contributionOf,
  globalGap,
  globalView,
  type Member,
  poked,
} from './global-view.ts';

const USDC = 1_000_000n;
const PRICES = new Map([
  ['LINK', 10n * Q112],
  ['SNX', 5n * Q112],
  ['USDC', Q112],
]);
const half = [
  { asset: 'LINK', weight: ONE / 2n },
  { asset: 'SNX', weight: ONE / 2n },
];
/** 60 000 USDC in LINK and SNX. */
const A: Member = {
  index: 'A',
  effectiveSupply: 1_000n,
  holdings: new Map([
    ['LINK', 3_400n * USDC],
    ['SNX', 5_200n * USDC],
  ]),
};
/** 40 000 USDC in LINK and USDC. */
const B: Member = {
  index: 'B',
  effectiveSupply: 500n,
  holdings: new Map([
    ['LINK', 1_200n * USDC],
    ['USDC', 28_000n * USDC],
  ]),
};
const quarter = [
  { asset: 'LINK', weight: ONE / 4n },
  { asset: 'USDC', weight: (3n * ONE) / 4n },
];
const ofA = contributionOf({ index: 'A', pokedAt: 0n, effectiveSupply: 1_000n, value: 60_000n * USDC, weights: half });
const ofB = contributionOf({ index: 'B', pokedAt: 0n, effectiveSupply: 500n, value: 40_000n * USDC, weights: quarter });
const view = (contributions: Contributions, now = 0n, members = [A, B]) =>
  globalView({ contributions, members, prices: PRICES, now });

describe('docs/rules.md 9: the global view', () => {
  it('W = sum of w V_i / V, G = holding - W V', () => {
    const { value, assets } = view(poked(poked([], ofA), ofB));
    expect(value).toBe(100_000n * USDC);
    expect(assets.map(({ asset, perfectWeight, gap }) => [asset, perfectWeight, gap])).toEqual([
      ['LINK', (40n * ONE) / 100n, 6_000n * USDC],
      ['SNX', (30n * ONE) / 100n, -4_000n * USDC],
      ['USDC', (30n * ONE) / 100n, -2_000n * USDC],
    ]);
  });

  it('a contribution moves with E', () => {
    const doubled = { ...A, effectiveSupply: 2_000n };
    const { value, assets } = view(poked(poked([], ofA), ofB), 0n, [doubled, B]);
    expect(value).toBe(160_000n * USDC);
    expect(assets.find(({ asset }) => asset === 'SNX')?.target).toBe(60_000n * USDC);
  });

  it('an index whose contribution is older than 24 h counts on neither side', () => {
    const all = poked(poked([], ofA), { ...ofB, pokedAt: 10n });
    expect(view(all, CONTRIBUTION_LASTS)).toEqual(view(all, 0n));
    expect(view(all, CONTRIBUTION_LASTS + 1n)).toEqual(view(poked([], ofB), 10n));
    expect(view(all, CONTRIBUTION_LASTS + 11n)).toEqual({ value: 0n, assets: [] });
  });

  it('without a fresh price an asset has no gap', () => {
    const input = { contributions: poked([], ofA), members: [A], prices: new Map([['LINK', 10n * Q112]]), now: 0n };
    expect(globalGap(input, 'SNX')).toEqual({ asset: 'SNX', gap: undefined });
    expect(globalGap(input, 'LINK')).toEqual({ asset: 'LINK', gap: 4_000n * USDC });
    expect(globalGap(input, 'WETH')).toEqual({ asset: 'WETH', gap: undefined });
  });

  it('an asset without a price at the poke is left out, the others share the whole', () => {
    const { targets } = contributionOf({ ...ofA, value: 34_000n * USDC, weights: half.slice(0, 1) });
    expect(targets).toEqual([{ asset: 'LINK', value: 34_000n * USDC }]);
    expect(contributionOf({ ...ofA, weights: [] }).targets).toEqual([]);
    expect(() => contributionOf({ ...ofA, effectiveSupply: 0n, weights: half })).toThrow(
      expect.objectContaining({ code: 'EMPTY_INDEX' }),
    );
  });

  it('any order of pokes gives what a full recompute gives', () => {
    const poke = fc.record({
      index: fc.constantFrom('A', 'B', 'C'),
      value: fc.bigInt(1n, 1n << 60n),
      e: fc.bigInt(1n, 9n),
    });
    fc.assert(
      fc.property(fc.array(poke, { minLength: 1, maxLength: 12 }), fc.boolean(), (pokes, turn) => {
        const contributions = pokes.map(({ index, value, e }) =>
          contributionOf({ index, value, effectiveSupply: e, pokedAt: 0n, weights: index === 'B' ? quarter : half }),
        );
        const members = [A, B, { ...B, index: 'C' }];
        const step = contributions.reduce<Contributions>(poked, []);
        // Recomputed from the last poke of each index alone, in another order.
        const last = ['C', 'A', 'B'].flatMap((name) => contributions.filter(({ index }) => index === name).slice(-1));
        const whole = (turn ? last.reverse() : last).reduce<Contributions>(poked, []);
        const recomputed = globalView({
          ...{ contributions: whole, prices: PRICES, now: 0n, members: turn ? members.reverse() : members },
        });
        expect(globalView({ contributions: step, members, prices: PRICES, now: 0n })).toEqual(recomputed);
        for (const { asset, gap } of recomputed.assets) {
          const input = { contributions: step, members, prices: PRICES, now: 0n };
          expect(globalGap(input, asset)).toEqual({ asset, gap });
        }
      }),
    );
  });
});
