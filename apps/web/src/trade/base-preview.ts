// What a mint or redeem through pools would cost, counted as the router and its pools count (contracts: Router, UniswapV2).
import { Impact } from '@wicker/core';
import { type Address, isAddressEqual } from 'viem';

/** A pool of a token with the base. */
export interface BasePool {
  readonly pool: Address;
  readonly token: Address;
  /** {base} */
  readonly reserveBase: bigint;
  /** {tok} */
  readonly reserveToken: bigint;
}

/** What an index holds of an asset {tok}. */
export interface HeldLeg {
  readonly asset: Address;
  readonly amount: bigint;
}

/** One leg of a mint or redeem through pools. */
export interface PooledLeg {
  readonly asset: Address;
  /** {tok} */
  readonly amount: bigint;
  /** {base} paid for it, or received */
  readonly value: bigint;
  /** Undefined for the base itself. */
  readonly pool: Address | undefined;
  /** {base} fee of the pool */
  readonly poolFee: bigint;
  /** {base} what its own size costs on the pool */
  readonly impact: bigint;
}

/** All legs together. */
export interface PooledPreview {
  /** {share} fee included */
  readonly shares: bigint;
  /** {base} paid or received */
  readonly total: bigint;
  /** {base} */
  readonly poolFee: bigint;
  readonly impact: bigint;
  /** In the order of the index's legs. */
  readonly legs: readonly PooledLeg[];
}

/** No pool of the base has enough of an asset. */
export interface NoPool {
  readonly missing: Address;
}

const ceilDiv = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;

/** {base} the least input that brings `amount` {tok}; undefined when the pool has no more than that. */
const costIn = ({ reserveBase, reserveToken }: BasePool, amount: bigint): bigint | undefined =>
  amount + 1n >= reserveToken
    ? undefined
    : (reserveBase * Impact.FEE_SCALE * amount) / ((reserveToken - amount) * Impact.FEE_KEEP) + 1n;

/** {tok} of a leg that `shares` of `supply` cost. */
const legUp = (leg: HeldLeg, shares: bigint, supply: bigint): bigint => ceilDiv(leg.amount * shares, supply);

const poolFeeOf = (input: bigint): bigint => (input * (Impact.FEE_SCALE - Impact.FEE_KEEP)) / Impact.FEE_SCALE;

const total = (legs: readonly PooledLeg[], part: 'value' | 'poolFee' | 'impact'): bigint =>
  legs.reduce((sum, leg) => sum + leg[part], 0n);

const summed = (shares: bigint, legs: readonly PooledLeg[]): PooledPreview => ({
  ...{ shares, legs, total: total(legs, 'value') },
  ...{ poolFee: total(legs, 'poolFee'), impact: total(legs, 'impact') },
});

/** Chooses, for each leg, the pool that is best for the amount: the least to pay or the most to get. */
const choose = (
  legs: readonly HeldLeg[],
  pools: readonly BasePool[],
  base: Address,
  better: (pool: BasePool, amount: bigint) => bigint | undefined,
): ReadonlyMap<Address, BasePool> | NoPool => {
  const chosen = new Map<Address, BasePool>();
  for (const { asset, amount } of legs) {
    if (isAddressEqual(asset, base)) continue;
    const ranked = pools
      .filter(({ token }) => isAddressEqual(token, asset))
      .flatMap((pool) => {
        const score = better(pool, amount);
        return score === undefined ? [] : [{ pool, score }];
      })
      .sort((a, b) => (a.score === b.score ? 0 : a.score > b.score ? -1 : 1));
    const [best] = ranked;
    if (best === undefined) return { missing: asset };
    chosen.set(asset, best.pool);
  }
  return chosen;
};

const isNoPool = (answer: object): answer is NoPool => 'missing' in answer;

/** {base} of all legs, and a bound on the roundings in it (Router._costOf). */
const costOf = (
  legs: readonly HeldLeg[],
  chosen: ReadonlyMap<Address, BasePool>,
  shares: bigint,
  supply: bigint,
): { readonly cost: bigint; readonly steps: bigint } | undefined => {
  let [cost, steps] = [0n, 0n];
  for (const leg of legs) {
    const amount = legUp(leg, shares, supply);
    if (amount === 0n) continue;
    const pool = chosen.get(leg.asset);
    if (pool === undefined) {
      cost += amount;
      steps += 1n;
      continue;
    }
    const [paid, next] = [costIn(pool, amount), costIn(pool, amount + 1n)];
    if (paid === undefined || next === undefined) return undefined;
    cost += paid;
    steps += next - paid + 2n;
  }
  return { cost, steps };
};

const less = (pay: bigint, steps: bigint): bigint => (pay > steps ? pay - steps : 0n);

/** {share} what `pay` {base} buys (Router._affordable); undefined when the pools are too small for it. */
const affordable = (
  legs: readonly HeldLeg[],
  chosen: ReadonlyMap<Address, BasePool>,
  supply: bigint,
  pay: bigint,
): bigint | undefined => {
  let low = supply / 1_000_000n;
  const first = costOf(legs, chosen, low, supply);
  if (first === undefined || first.cost === 0n) return undefined;
  let costLow = first.cost;
  let high = (low * pay) / costLow;
  if (high <= low) return (low * less(pay, first.steps)) / costLow;
  let atHigh = costOf(legs, chosen, high, supply);
  if (atHigh === undefined) return undefined;
  if (atHigh.cost <= pay) {
    [low, costLow] = [high, atHigh.cost];
    high = (low * pay) / costLow;
    atHigh = costOf(legs, chosen, high, supply);
    if (atHigh === undefined) return undefined;
    if (atHigh.cost <= pay) return high;
  }
  const left = less(pay, atHigh.steps);
  if (left <= costLow) return (low * left) / costLow;
  return low + ((high - low) * (left - costLow)) / (atHigh.cost - costLow);
};

export interface MintWithBasePreviewParameters {
  /** {base} */
  readonly pay: bigint;
  /** {share} with accrued fees */
  readonly supply: bigint;
  /** {base/share} of one whole share, to size the legs for the choice of pools */
  readonly price: bigint;
  readonly base: Address;
  readonly legs: readonly HeldLeg[];
  readonly pools: readonly BasePool[];
}

/** What `pay` buys now, leg by leg. */
export const previewMintWithBase = ({
  pay,
  supply,
  price,
  base,
  legs,
  pools,
}: MintWithBasePreviewParameters): PooledPreview | NoPool => {
  const about = (pay * 10n ** 18n) / price;
  const sized = legs.map((leg) => ({ ...leg, amount: legUp(leg, about, supply) }));
  const chosen = choose(sized, pools, base, (pool, amount) => {
    const cost = costIn(pool, amount);
    return cost === undefined ? undefined : -cost;
  });
  if (isNoPool(chosen)) return chosen;
  const shares = affordable(legs, chosen, supply, pay);
  const [largest] = legs;
  if (shares === undefined) return { missing: largest?.asset ?? base };
  return summed(
    shares,
    legs.map((leg): PooledLeg => {
      const amount = legUp(leg, shares, supply);
      const pool = chosen.get(leg.asset);
      if (pool === undefined || amount === 0n) {
        return { asset: leg.asset, amount, value: amount, pool: undefined, poolFee: 0n, impact: 0n };
      }
      const value = costIn(pool, amount) ?? 0n;
      const poolFee = poolFeeOf(value);
      const middle = (amount * pool.reserveBase) / pool.reserveToken;
      return { asset: leg.asset, amount, value, pool: pool.pool, poolFee, impact: less(value - poolFee, middle) };
    }),
  );
};

export interface RedeemToBasePreviewParameters {
  /** {share} fee included */
  readonly shares: bigint;
  readonly base: Address;
  /** {tok} what the index pays out, leg by leg, after its fee */
  readonly legs: readonly HeldLeg[];
  readonly pools: readonly BasePool[];
}

/** What redeeming and selling every leg brings now. */
export const previewRedeemToBase = ({
  shares,
  base,
  legs,
  pools,
}: RedeemToBasePreviewParameters): PooledPreview | NoPool => {
  const outOf = ({ reserveBase, reserveToken }: BasePool, amount: bigint): bigint =>
    Impact.amountOut(amount, reserveToken, reserveBase);
  const chosen = choose(legs, pools, base, outOf);
  if (isNoPool(chosen)) return chosen;
  return summed(
    shares,
    legs.map(({ asset, amount }): PooledLeg => {
      const pool = chosen.get(asset);
      if (pool === undefined) return { asset, amount, value: amount, pool: undefined, poolFee: 0n, impact: 0n };
      const value = outOf(pool, amount);
      const middle = (amount * pool.reserveBase) / pool.reserveToken;
      const poolFee = poolFeeOf(middle);
      return { asset, amount, value, pool: pool.pool, poolFee, impact: less(middle - poolFee, value) };
    }),
  );
};

/** The pools that the router wants: one per leg, any for the base itself. */
export const routerPools = (legs: readonly PooledLeg[], unused: Address): readonly Address[] =>
  legs.map(({ pool }) => pool ?? unused);
