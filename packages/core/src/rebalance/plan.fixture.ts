import fc from 'fast-check';
import { BASIS_POINT, ONE, Q112 } from '../math/scales.ts';
import { ordersOf } from './drift.ts';
import type { Pool } from './pools.ts';
import type { AnchoredAsset, IndexOrders, Opening } from './round.ts';

/** What a plan is made of. */
export interface RoundInput {
  readonly indices: readonly IndexOrders[];
  readonly pools: readonly Pool[];
  readonly opening: Opening;
  /** {s} */
  readonly now: bigint;
}

const USDC = 10n ** 6n;
const OPENED_AT = 10_000_000n;
const DAY = 86_400n;
const MINUTE = 60n;
const BASE: AnchoredAsset = { asset: 'usdc', anchor: Q112, price: Q112, qBps: 25n, delistedSince: 0n };

const percent = (low: number, high: number) => fc.integer({ min: low * 100, max: high * 100 });
const part = (amount: bigint, hundredths: number): bigint => (amount * BigInt(hundredths)) / 10_000n;

/** {base/tok} UQ112 of a token that costs so many hundredths of a dollar. */
const anchorOf = (cents: number, decimals: number): bigint =>
  (BigInt(cents) * USDC * Q112) / (100n * 10n ** BigInt(decimals)) + 1n;

const anchoredAsset = fc
  .record({
    cents: fc.integer({ min: 1, max: 5_000_000 }),
    decimals: fc.constantFrom(6, 8, 18),
    moved: percent(98, 102),
    fate: fc.integer({ min: 0, max: 15 }),
  })
  .map(({ cents, decimals, moved, fate }) => {
    const anchor = anchorOf(cents, decimals);
    return { anchor, price: fate === 0 ? 0n : part(anchor, moved), delistedSince: fate === 1 ? OPENED_AT - DAY : 0n };
  });

const side = fc.record({ off: percent(99.5, 100.5), depth: fc.bigInt({ min: 10_000n, max: 20_000_000n }) });

/** A pool with about `depth` dollars on either side, a little off the anchors. */
const poolOf = (name: string, a: AnchoredAsset, b: AnchoredAsset, depth: bigint, off: number, used: bigint): Pool => ({
  ...{ pool: name, token0: a.asset, token1: b.asset, used },
  reserve0: part((depth * USDC * Q112) / a.anchor, off) + 1n,
  reserve1: (depth * USDC * Q112) / b.anchor + 1n,
});

const ASSETS = 4;

/** Random rounds: up to ten drifted indices of up to five assets, two pools against the base for each, one direct. */
export const roundInputs = (indices: number): fc.Arbitrary<RoundInput> =>
  fc
    .record({
      assets: fc.array(anchoredAsset, { minLength: ASSETS, maxLength: ASSETS }),
      sides: fc.array(side, { minLength: 2 * ASSETS + 1, maxLength: 2 * ASSETS + 1 }),
      used: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2 * ASSETS + 1, maxLength: 2 * ASSETS + 1 }),
      funds: fc.array(
        fc.record({
          value: fc.bigInt({ min: 2_000n, max: 5_000_000n }),
          held: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: ASSETS + 1, maxLength: ASSETS + 1 }),
          aims: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: ASSETS + 1, maxLength: ASSETS + 1 }),
          budget: fc.bigInt({ min: 0n, max: 30n }),
        }),
        { minLength: 1, maxLength: indices },
      ),
      minutes: fc.bigInt({ min: 0n, max: 180n }),
    })
    .map(({ assets, sides, used, funds, minutes }) => {
      const anchored = assets.map((each, i): AnchoredAsset => ({ ...each, asset: `t${i}`, qBps: 50n }));
      const pool = (i: number, a: AnchoredAsset | undefined, b: AnchoredAsset): Pool[] => {
        const { depth, off } = sides[i] ?? { depth: 1n, off: 10_000 };
        const spent = Math.max(0, (used[i] ?? 0) - 10);
        return a === undefined ? [] : [poolOf(`p${i}`, a, b, depth, off, BigInt(spent) * BASIS_POINT)];
      };
      const all = [BASE, ...anchored];
      return {
        opening: { openedAt: OPENED_AT, base: BASE.asset, assets: all },
        now: OPENED_AT + minutes * MINUTE,
        pools: [
          ...anchored.flatMap((asset, i) => [...pool(2 * i, asset, BASE), ...pool(2 * i + 1, asset, BASE)]),
          ...pool(2 * ASSETS, anchored[1], anchored[0] ?? BASE),
        ],
        indices: funds.map(({ value, held, aims, budget }, i): IndexOrders => {
          const sum = (numbers: readonly number[]): bigint =>
            BigInt(numbers.reduce((total, each) => total + each, 0) || 1);
          const positions = all.map(({ asset, anchor, delistedSince }, k) => ({
            ...{ asset, price: anchor },
            holding: (((value * USDC * BigInt(held[k] ?? 0)) / sum(held)) * Q112) / anchor,
            weight: delistedSince === 0n ? (ONE * BigInt(aims[k] ?? 0)) / sum(aims) : 0n,
          }));
          const orders = ordersOf(positions).map((order, k) => ({ ...order, holding: positions[k]?.holding ?? 0n }));
          return { index: `i${i}`, budget: (value * USDC * budget * BASIS_POINT) / ONE, orders };
        }),
      };
    });
