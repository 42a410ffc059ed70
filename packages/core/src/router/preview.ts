import { affordable } from './affordable.ts';
import type { BasePool } from './base-pool.ts';
import { deepestPools, poolsToBuy, poolsToSell, type Wanted } from './best-pools.ts';
import { RouterError } from './errors.ts';
import { type ChosenPools, type IndexUnits, legAmounts } from './legs.ts';
import { type PoolCost, type PoolSwap, purchase, sale, sumOfCosts } from './swap.ts';

/** One leg of a mint or redemption through pools. */
export interface RoutedLeg extends PoolSwap {
  readonly asset: string;
  /** {tok} */
  readonly amount: bigint;
  /** Undefined for the base itself, and where there is nothing to swap. */
  readonly pool: BasePool | undefined;
}

/** What the router would do. */
export interface RouterPreview {
  /** {base} paid or received */
  readonly total: bigint;
  readonly cost: PoolCost;
  /** In the order of the index's legs. */
  readonly legs: readonly RoutedLeg[];
}

/** Where the router trades, and what that is worth. */
export interface RouterMarket {
  readonly base: string;
  /** All that may be used; the best for each amount are chosen. */
  readonly pools: readonly BasePool[];
  /** {base/tok} UQ112 at the feeds, by asset; an asset without a price is missing, or 0 */
  readonly prices: ReadonlyMap<string, bigint>;
}

const FREE: PoolCost = { fee: 0n, impact: 0n, offFeeds: 0n };

/** Swaps each amount on its pool; the base itself goes as it is. */
const routed = (
  wanted: readonly Wanted[],
  chosen: ChosenPools,
  prices: RouterMarket['prices'],
  swap: typeof purchase | typeof sale,
): RouterPreview => {
  const legs = wanted.map(({ asset, amount }): RoutedLeg => {
    const pool = chosen.get(asset);
    if (pool === undefined) return { asset, amount, pool, base: amount, cost: FREE };
    return { asset, amount, pool, ...swap(pool, amount, prices.get(asset) ?? 0n) };
  });
  return {
    ...{ legs, total: legs.reduce((sum, { base }) => sum + base, 0n) },
    cost: sumOfCosts(legs.map(({ cost }) => cost)),
  };
};

export interface MintWithBasePreviewParameters extends RouterMarket {
  /** {base} the most to pay */
  readonly pay: bigint;
  readonly index: IndexUnits;
}

/** What a mint with the base would do. */
export interface MintWithBasePreview extends RouterPreview {
  /** {share} before the mint fee of the index */
  readonly shares: bigint;
}

/**
 * What `pay` {base} buys now, and what it really costs: at most `pay` (docs/rules.md 1; contracts: Router.mintWithBase). The pools are
 * those that take the least for what the deepest ones would let it buy.
 *
 * @throws {RouterError} NO_POOL, POOL_TOO_SMALL, PAYS_TOO_LITTLE; {MathError} as `costOf`
 */
export const previewMintWithBase = ({
  pay,
  index,
  base,
  pools,
  prices,
}: MintWithBasePreviewParameters): MintWithBasePreview => {
  const wanted = (shares: bigint): Wanted[] => {
    const amounts = legAmounts(index, shares);
    return index.legs.map(({ asset }, i) => ({ asset, amount: amounts[i] ?? 0n }));
  };
  const deepest = deepestPools(wanted(index.supply), pools, base);
  const chosen = poolsToBuy(wanted(affordable(index, deepest, pay)), pools, base);
  const shares = affordable(index, chosen, pay);
  if (shares === 0n) throw new RouterError('PAYS_TOO_LITTLE', `${pay} buys nothing`);
  return { shares, ...routed(wanted(shares), chosen, prices, purchase) };
};

export interface RedeemToBasePreviewParameters extends RouterMarket {
  /** What the index pays out, leg by leg, after its fee. */
  readonly amounts: readonly Wanted[];
}

/**
 * What selling every leg of a redemption brings now (docs/rules.md 1; contracts: Router.redeemToBase). The pools are those that give
 * the most.
 *
 * @throws {RouterError} NO_POOL; {MathError} OVERFLOW, DIVISION_BY_ZERO
 */
export const previewRedeemToBase = ({ amounts, base, pools, prices }: RedeemToBasePreviewParameters): RouterPreview =>
  routed(amounts, poolsToSell(amounts, pools, base), prices, sale);
