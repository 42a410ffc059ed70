import { widths } from '../bands/bands.ts';
import { BASIS_POINT, ONE, Q112 } from '../math/scales.ts';
import type { Opening } from '../rebalance/round.ts';
import { EMPTY_BUFFER } from './buffer.ts';
import type { NamedIndex } from './direct-pair.ts';
import type { DirectSwapInput } from './direct-swap.ts';
import { deposit, emptyPool, type Pool } from './pool.ts';
import type { Pools } from './swap.ts';

/** One USDC, and one of any token here: they have 6 decimals, so that round prices are exact. */
export const M = 1_000_000n;
export const PERCENT = 100n * BASIS_POINT;
/** {base/tok} UQ112 */
export const PRICES: ReadonlyMap<string, bigint> = new Map([
  ['AAVE', 100n * Q112],
  ['LINK', 10n * Q112],
  ['SNX', 2n * Q112],
  ['USDC', Q112],
  ['WETH', 2_000n * Q112],
]);
/** {s} since the opening: the limit has come down by 1 % where q = 1 %. */
export const LATE = 44n * 60n;

/** A pool at the price of the oracle with so much USDC in it. */
export const poolAt = (asset: string, base: bigint): Pool =>
  deposit({
    pool: emptyPool(asset),
    offered: { base, asset: (base * Q112) / (PRICES.get(asset) ?? Q112) },
    leastShares: 0n,
  }).pool;

export const poolsAt = (base: bigint): Pools =>
  new Map(['AAVE', 'LINK', 'SNX', 'WETH'].map((asset) => [asset, poolAt(asset, base)]));

/** q = 1 % of each pair, anchors at the prices of now. */
export const OPENING: Opening = {
  openedAt: 0n,
  base: 'USDC',
  assets: [...PRICES].map(([asset, price]) => ({ asset, anchor: price, price, qBps: 50n, delistedSince: 0n })),
};

/** An index with a weight {%} and a value {USDC} of each asset. */
export const indexOf = (
  index: string,
  of: Readonly<Record<string, readonly [weight: number, value: number]>>,
  more: { readonly credit?: bigint; readonly budget?: bigint } = {},
): NamedIndex => ({
  index,
  credit: more.credit ?? 0n,
  budget: more.budget ?? 150n * M,
  positions: Object.entries(of).map(([asset, [weight, value]]) => ({
    asset,
    weight: BigInt(weight) * PERCENT,
    holding: (BigInt(value) * M * Q112) / (PRICES.get(asset) ?? Q112),
  })),
});

/** Bands of 5 % to 50 % for LINK and SNX, 20 % to 50 % for the others, deep pools, all there is can be sold. */
export const inputOf = (indices: readonly NamedIndex[], more: Partial<DirectSwapInput> = {}): DirectSwapInput => {
  const pools = poolsAt(1_000_000_000n * M);
  return {
    ...{ opening: OPENING, now: LATE, indices, before: pools, pools, buffer: EMPTY_BUFFER, paused: new Set<string>() },
    widths: new Map(
      [...PRICES.keys()].map((asset) => {
        const near = ['LINK', 'SNX'].includes(asset) ? 5n : 20n;
        return [asset, widths({ x: near * PERCENT, y: ONE / 2n })];
      }),
    ),
    saleable: new Map([...PRICES.keys()].map((asset) => [asset, 1n << 100n])),
    giftRoom: new Map([...PRICES.keys()].map((asset) => [asset, 1n << 100n])),
    ...more,
  };
};
