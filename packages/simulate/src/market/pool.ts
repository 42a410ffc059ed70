import { Impact, type Pool } from '@wicker/core';
import type { Party } from '../chain/ledger.ts';
import { BASE, DAY } from '../scenario.ts';

/** {1} what counts of an input */
const KEPT = Number(Impact.FEE_KEEP) / Number(Impact.FEE_SCALE);

/** What goes into a pool: the asset, or the base. */
export type Side = 'asset' | 'base';

/** A constant-product pool of an asset and the base. */
export class AssetPool {
  readonly name: string;
  /** Place of its asset. */
  readonly asset: number;
  /** Its liquidity providers. */
  readonly providers: Party;
  /** {base/tok} rounded */
  price = 0;
  /** {tok} and {base}, rounded; kept, as agents look far more often than a pool changes. */
  readonly reserves: Record<Side, number> = { asset: 0, base: 0 };
  readonly #id: string;
  /** {tok} and {base}. */
  #asset: bigint;
  #base: bigint;
  /** {1e18} impact of fills in the present 24 hours, and {s} when these began. */
  #used = 0n;
  #usedSince = Number.NEGATIVE_INFINITY;

  constructor(asset: number, providers: Party, { pool, token0, reserve0, reserve1 }: Pool) {
    this.name = pool;
    this.asset = asset;
    this.providers = providers;
    this.#id = token0;
    [this.#asset, this.#base] = [reserve0, reserve1];
    this.#set(reserve0, reserve1);
  }

  /** {1e18} impact that counts at a time {s}. */
  used(now: number): bigint {
    if (this.#used > 0n && now >= this.#usedSince + DAY) this.#used = 0n;
    return this.#used;
  }

  /** As the rules see it: token0 is the asset, token1 the base. */
  at(now: number): Pool {
    return {
      ...{ pool: this.name, token0: this.#id, token1: BASE },
      ...{ reserve0: this.#asset, reserve1: this.#base, used: this.used(now) },
    };
  }

  /** Whether a price {base/tok} is so near that the fee leaves nothing to gain. */
  isNear(price: number): boolean {
    return this.price * KEPT <= price && price * KEPT <= this.price;
  }

  /** What an outsider's swap brings, exactly as the pool counts it. */
  quote(side: Side, amountIn: bigint): bigint {
    return side === 'asset'
      ? Impact.amountOut(amountIn, this.#asset, this.#base)
      : Impact.amountOut(amountIn, this.#base, this.#asset);
  }

  /** Takes an outsider's swap; it counts towards nobody's impact. */
  swap(side: Side, amountIn: bigint): bigint {
    const out = this.quote(side, amountIn);
    if (side === 'asset') this.#set(this.#asset + amountIn, this.#base - out);
    else this.#set(this.#asset - out, this.#base + amountIn);
    return out;
  }

  /** Takes over what a fill made of it. */
  filled({ reserve0, reserve1, used }: Pool, now: number): void {
    if (this.used(now) === 0n) this.#usedSince = now;
    this.#used = used;
    this.#set(reserve0, reserve1);
  }

  /**
   * The input {in} that gains most for somebody who trades at `price` {base/tok} elsewhere, and its gain {base}; rounded. With reserves
   * x and y, f = 0.997 and a price p {out/in}, `a` brings f a y / (x + f a); the gain over p a is greatest where the slope
   * f x y / (x + f a)^2 is p.
   */
  arbitrage(price: number): { readonly side: Side; readonly amountIn: number; readonly gain: number } | undefined {
    const { asset, base } = this.reserves;
    const side = this.price > price ? 'asset' : 'base';
    const [x, y, p] = side === 'asset' ? [asset, base, price] : [base, asset, 1 / price];
    const amountIn = (Math.sqrt((x * y * KEPT) / p) - x) / KEPT;
    if (amountIn <= 0) return undefined;
    const gain = (KEPT * amountIn * y) / (x + KEPT * amountIn) - p * amountIn;
    return { side, amountIn, gain: side === 'asset' ? gain : gain * price };
  }

  #set(asset: bigint, base: bigint): void {
    this.#asset = asset;
    this.#base = base;
    this.reserves.asset = Number(asset);
    this.reserves.base = Number(base);
    this.price = this.reserves.base / this.reserves.asset;
  }
}

/** A pool at a price {base/tok} with `depth` {base} on either side. */
export const poolAt = (name: string, asset: string, { price, depth }: Record<'price' | 'depth', number>): Pool => ({
  ...{ pool: name, token0: asset, token1: BASE, used: 0n },
  reserve0: BigInt(Math.round(depth / price)),
  reserve1: BigInt(Math.round(depth)),
});
