import { ExchangeError } from './errors.ts';
import { type Pool, sell } from './pool.ts';
import { type Destination, feePart, type SwapFee } from './swap-fee.ts';

/** Pools by their asset. */
export type Pools = ReadonlyMap<string, Pool>;

/** What a trader asks for. */
export interface SwapOrder {
  /** The asset that the trader gives. */
  readonly sold: string;
  /** The asset that the trader gets. */
  readonly bought: string;
  /** {sold} > 0 */
  readonly amount: bigint;
  /** {bought} below which the trader does not want it */
  readonly least: bigint;
}

/** What happens to a swap at one asset of its way: every part is of the amount that came, each rounded up. */
export interface Place {
  readonly asset: string;
  /** What came: from the trader, or out of the pool before. */
  readonly amount: bigint;
  /** Stays in the pool that the asset is sold into; 0 at the last place. */
  readonly lp: bigint;
  /** Of the DAO; at USDC only. */
  readonly dao: bigint;
  /** At one place only. */
  readonly rebalancing: bigint;
  /** What goes on: sold into the pool, or, at the last place, the trader's. */
  readonly left: bigint;
}

/** A swap that was made. */
export interface Swap {
  readonly places: readonly Place[];
  /** {bought} */
  readonly received: bigint;
  /** {base} */
  readonly dao: bigint;
  /** The rebalancing part, in `asset` and where it goes. */
  readonly rebalancing: { readonly asset: string; readonly amount: bigint; readonly to: Destination };
  /** All pools after it. */
  readonly pools: Pools;
}

/** The assets that a swap touches, in order: its ends, with USDC between them. @throws {ExchangeError} SAME_ASSET */
export const wayOf = ({
  sold,
  bought,
  base,
}: {
  readonly sold: string;
  readonly bought: string;
  readonly base: string;
}): string[] => {
  if (sold === bought) {
    throw new ExchangeError('SAME_ASSET', `${sold} is swapped for itself`, 'name two assets');
  }
  return sold === base || bought === base ? [sold, bought] : [sold, base, bought];
};

/** @throws {ExchangeError} NO_POOL */
export const poolOf = (pools: Pools, asset: string): Pool => {
  const pool = pools.get(asset);
  if (pool !== undefined) return pool;
  throw new ExchangeError('NO_POOL', `${asset} has no pool`, 'name an asset that is traded here');
};

/**
 * A swap over one pool, or over two with USDC between them (docs/rules.md 9). At each place the parts are taken of the amount that
 * came there: those who provide liquidity get theirs wherever something is sold into a pool, the DAO at USDC, rebalancing at the
 * asset of its destination. Nothing is created or lost: the parts and `left` are the amount.
 *
 * @throws {ExchangeError} SAME_ASSET, NO_POOL, TOO_SMALL_FOR_FEE, NOTHING_OUT, BELOW_LEAST; {MathError} OVERFLOW, RESERVE_TOO_LARGE
 */
export const swap = ({
  pools,
  base,
  fee,
  order,
  destination,
}: {
  readonly pools: Pools;
  readonly base: string;
  readonly fee: SwapFee;
  readonly order: SwapOrder;
  readonly destination: Destination;
}): Swap => {
  const way = wayOf({ ...order, base });
  const feeAsset = destination.kind === 'buffer' ? base : destination.asset;
  const after = new Map(pools);
  const places: Place[] = [];
  let amount = order.amount;
  for (const [i, asset] of way.entries()) {
    const next = way[i + 1];
    const lp = next === undefined ? 0n : feePart(amount, fee.lpBps);
    const dao = asset === base ? feePart(amount, fee.daoBps) : 0n;
    const rebalancing = asset === feeAsset ? feePart(amount, fee.rebalancingBps) : 0n;
    const left = amount - lp - dao - rebalancing;
    if (left <= 0n) {
      throw new ExchangeError('TOO_SMALL_FOR_FEE', `${amount} of ${asset} do not pay the fee`, 'swap more');
    }
    places.push({ asset, amount, lp, dao, rebalancing, left });
    if (next === undefined) break;
    const pool = poolOf(after, asset === base ? next : asset);
    const sale = sell({ pool, sold: asset, amount: left + lp, counted: left });
    after.set(pool.asset, sale.pool);
    amount = sale.out;
  }
  const received = places.at(-1)?.left ?? 0n;
  if (received < order.least) {
    throw new ExchangeError(
      'BELOW_LEAST',
      `the swap brings ${received} of ${order.bought}, less than ${order.least}`,
      'accept less, or try again later',
    );
  }
  const total = (part: (place: Place) => bigint): bigint => places.reduce((sum, place) => sum + part(place), 0n);
  return {
    places,
    received,
    dao: total(({ dao }) => dao),
    rebalancing: { asset: feeAsset, amount: total(({ rebalancing }) => rebalancing), to: destination },
    pools: after,
  };
};
