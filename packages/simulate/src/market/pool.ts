import { Impact, type Pool } from '@wicker/core';
import type { Party } from '../chain/ledger.ts';
import { BASE, DAY } from '../scenario.ts';

/** {1} what counts of an input */
const KEPT = Number(Impact.FEE_KEEP) / Number(Impact.FEE_SCALE);

/** What goes into a pool: the asset, or the base. */
export type Side = 'asset' | 'base';

/** A constant-product pool of an asset and the base. */
export class AssetPool {
  /** Place of its asset. */
  readonly asset: number;
  /** Its liquidity providers. */
  readonly providers: Party;
  #pool: Pool;
  /** {s} when the present 24 hours of impact began. */
  #usedSince = Number.NEGATIVE_INFINITY;
  /** {tok} and {base}, rounded. */
  #reserves: Readonly<Record<Side, number>>;
  #price: number;

  constructor(asset: number, providers: Party, pool: Pool) {
    this.asset = asset;
    this.providers = providers;
    this.#pool = pool;
    this.#reserves = { asset: Number(pool.reserve0), base: Number(pool.reserve1) };
    this.#price = this.#reserves.base / this.#reserves.asset;
  }

  get name(): string {
    return this.#pool.pool;
  }

  /** As the rules see it: token0 is the asset, token1 the base. */
  at(now: number): Pool {
    if (this.#pool.used > 0n && now >= this.#usedSince + DAY) this.#pool = { ...this.#pool, used: 0n };
    return this.#pool;
  }

  /** {tok} and {base}, rounded. */
  get reserves(): Readonly<Record<Side, number>> {
    return this.#reserves;
  }

  /** {base/tok} rounded */
  get price(): number {
    return this.#price;
  }

  /** Whether a price {base/tok} is so near that the fee leaves nothing to gain. */
  isNear(price: number): boolean {
    return this.#price * KEPT <= price && price * KEPT <= this.#price;
  }

  /** What an outsider's swap brings, exactly as the pool counts it. */
  quote(side: Side, amountIn: bigint): bigint {
    const { reserve0, reserve1 } = this.#pool;
    return side === 'asset'
      ? Impact.amountOut(amountIn, reserve0, reserve1)
      : Impact.amountOut(amountIn, reserve1, reserve0);
  }

  /** Takes an outsider's swap; it counts towards nobody's impact. */
  swap(side: Side, amountIn: bigint): bigint {
    const out = this.quote(side, amountIn);
    const { reserve0, reserve1 } = this.#pool;
    const [change0, change1] = side === 'asset' ? [amountIn, -out] : [-out, amountIn];
    this.#set({ ...this.#pool, reserve0: reserve0 + change0, reserve1: reserve1 + change1 });
    return out;
  }

  /** Takes over what a fill made of it. */
  filled(pool: Pool, now: number): void {
    if (this.at(now).used === 0n) this.#usedSince = now;
    this.#set(pool);
  }

  /**
   * The input {in} that gains most for somebody who trades at `price` {base/tok} elsewhere, and its gain {base}; rounded. With reserves
   * x and y, f = 0.997 and a price p {out/in}, `a` brings f a y / (x + f a); the gain over p a is greatest where the slope
   * f x y / (x + f a)^2 is p.
   */
  arbitrage(price: number): { readonly side: Side; readonly amountIn: number; readonly gain: number } | undefined {
    const { asset, base } = this.#reserves;
    const side = this.#price > price ? 'asset' : 'base';
    const [x, y, p] = side === 'asset' ? [asset, base, price] : [base, asset, 1 / price];
    const amountIn = (Math.sqrt((x * y * KEPT) / p) - x) / KEPT;
    if (amountIn <= 0) return undefined;
    const gain = (KEPT * amountIn * y) / (x + KEPT * amountIn) - p * amountIn;
    return { side, amountIn, gain: side === 'asset' ? gain : gain * price };
  }

  #set(pool: Pool): void {
    this.#pool = pool;
    this.#reserves = { asset: Number(pool.reserve0), base: Number(pool.reserve1) };
    this.#price = this.#reserves.base / this.#reserves.asset;
  }
}

/** A pool at a price {base/tok} with `depth` {base} on either side. */
export const poolAt = (name: string, asset: string, { price, depth }: Record<'price' | 'depth', number>): Pool => ({
  ...{ pool: name, token0: asset, token1: BASE, used: 0n },
  reserve0: BigInt(Math.round(depth / price)),
  reserve1: BigInt(Math.round(depth)),
});
