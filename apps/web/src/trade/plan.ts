// A mint or redeem before it is sent: what goes, what comes, what it costs, what stands in the way.
import { Orders, type PoolCost, previewMintWithBase, previewRedeemToBase, Shares } from '@wicker/core';
import {
  approveCall,
  type Call,
  mintCall,
  mintWithBaseCall,
  type PlatformAddresses,
  redeemCall,
  redeemToBaseCall,
  routerPools,
} from '@wicker/sdk';
import type { Address } from 'viem';
import type { Fund } from '../lib/fund.ts';
import type { Owned } from '../lib/owner.ts';
import { marketOf, type RouterState, refusalOf } from './routed.ts';

export type Direction = 'mint' | 'redeem';
/** With USDC through pools, or with every token of the fund. */
export type Means = 'base' | 'kind';

export interface TokenRow {
  readonly asset: Address;
  /** {tok} */
  readonly amount: bigint;
  /** {base} at the feeds' prices; undefined without a price */
  readonly value: bigint | undefined;
  /** {tok} what the account has; undefined when it need not have any */
  readonly has: bigint | undefined;
  readonly enough: boolean;
}

export interface Approval {
  readonly token: Address;
  readonly spender: Address;
  /** {tok} */
  readonly amount: bigint;
}

/** What stands in the way of sending. */
export type Obstacle =
  | { readonly kind: 'balance'; readonly token: Address; readonly missing: bigint }
  | { readonly kind: 'pool'; readonly token: Address }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'tooSmall' };

export interface TradePlan {
  readonly direction: Direction;
  readonly means: Means;
  readonly rows: readonly TokenRow[];
  /** {share} fee included */
  readonly shares: bigint;
  /** {share} */
  readonly fee: bigint;
  /** {base} paid or received at most or in fact; undefined in kind */
  readonly total: bigint | undefined;
  /** {share} or {base} the least to get; undefined in kind, where every token has its own bound */
  readonly atLeast: bigint | undefined;
  /** {base}; undefined in kind: no pool is used */
  readonly cost: PoolCost | undefined;
  readonly approvals: readonly Approval[];
  /** The approvals, then the transaction itself. */
  readonly calls: readonly Call[];
  readonly obstacle: Obstacle | undefined;
}

export interface PlanParameters {
  readonly direction: Direction;
  /** {base} for a mint with USDC, else {share} */
  readonly typed: bigint;
  readonly slippageBps: bigint;
  readonly fund: Fund;
  readonly owner: Address;
  /** Undefined without an account: nothing is known to be missing. */
  readonly owned: Owned | undefined;
  /** {tok} by leg, as the index previews them; not used for a mint with USDC */
  readonly amounts: readonly bigint[];
  /** With USDC; undefined in kind */
  readonly router: RouterState | undefined;
  readonly platform: PlatformAddresses;
  /** {s} */
  readonly deadline: bigint;
  /** Approve more than this needs, so that the next one needs none. */
  readonly unlimited: boolean;
}

const BP = 10_000n;
/** {tok} more than any token has: somebody types it, nobody holds it (docs/rules.md 2) */
const MOST_VALUED = (1n << 112n) - 1n;

const more = (amount: bigint, slippageBps: bigint): bigint => (amount * (BP + slippageBps) + BP - 1n) / BP;
const less = (amount: bigint, slippageBps: bigint): bigint => (amount * (BP - slippageBps)) / BP;

const rowsOf = ({ fund, owned }: PlanParameters, amounts: readonly bigint[], mustHave: boolean): TokenRow[] => {
  const prices = new Map(fund.state?.assets.map(({ asset, price }) => [asset, price]));
  return fund.held.legs.map(({ asset }, i): TokenRow => {
    const amount = amounts[i] ?? 0n;
    const price = prices.get(asset) ?? 0n;
    const has = mustHave ? owned?.balances.get(asset) : undefined;
    return {
      ...{ asset, amount, has, enough: has === undefined || has >= amount },
      value: price === 0n || amount > MOST_VALUED ? undefined : Orders.valueOf(amount, price),
    };
  });
};

const missingIn = (rows: readonly TokenRow[]): Obstacle | undefined => {
  const short = rows.find(({ enough }) => !enough);
  return short && { kind: 'balance', token: short.asset, missing: short.amount - (short.has ?? 0n) };
};

const needed = (allowed: bigint | undefined, approval: Approval): Approval[] =>
  allowed === undefined || allowed >= approval.amount ? [] : [approval];

const withCalls = (plan: Omit<TradePlan, 'calls'>, last: Call, unlimited: boolean): TradePlan => ({
  ...plan,
  calls: [
    ...plan.approvals.map(({ amount, ...approval }) => approveCall(unlimited ? approval : { ...approval, amount })),
    last,
  ],
});

const mintInKind = (parameters: PlanParameters): TradePlan => {
  const { fund, typed: shares, slippageBps, owner, owned, amounts, unlimited } = parameters;
  const { index } = fund;
  const rows = rowsOf(parameters, amounts, true);
  const maxAmounts = amounts.map((amount) => more(amount, slippageBps));
  const approvals = fund.held.legs.flatMap(({ asset }, i) =>
    needed(owned?.toIndex.get(asset), { token: asset, spender: index, amount: maxAmounts[i] ?? 0n }),
  );
  const plan = {
    ...({ direction: 'mint', means: 'kind', rows, shares, fee: Shares.feeOf(shares, fund.fees.mintBps) } as const),
    ...{ total: undefined, atLeast: undefined, cost: undefined, approvals },
    obstacle: missingIn(rows),
  };
  return withCalls(plan, mintCall({ index, shares, maxAmounts, to: owner }), unlimited);
};

const mintWithUsdc = (parameters: PlanParameters, router: RouterState): TradePlan => {
  const { fund, typed: pay, slippageBps, owner, owned, platform, deadline, unlimited } = parameters;
  const { index } = fund;
  const { shares, legs, total, cost } = previewMintWithBase({ ...marketOf(router, fund), pay, index: router.index });
  const fee = Shares.feeOf(shares, fund.fees.mintBps);
  const minShares = less(shares - fee, slippageBps);
  const has = owned?.balances.get(platform.base);
  const short = has !== undefined && has < pay;
  const plan = {
    ...({ direction: 'mint', means: 'base', shares, fee, total, cost, atLeast: minShares } as const),
    rows: rowsOf(
      parameters,
      legs.map(({ amount }) => amount),
      false,
    ),
    approvals: needed(owned?.baseToRouter, { token: platform.base, spender: platform.router, amount: pay }),
    obstacle: short ? ({ kind: 'balance', token: platform.base, missing: pay - has } as const) : undefined,
  };
  const pools = routerPools(legs);
  return withCalls(plan, mintWithBaseCall({ platform, index, pay, minShares, pools, to: owner, deadline }), unlimited);
};

const shortOfShares = ({ owned, typed, fund }: PlanParameters): Obstacle | undefined =>
  owned !== undefined && owned.shares < typed
    ? { kind: 'balance', token: fund.index, missing: typed - owned.shares }
    : undefined;

const redeemInKind = (parameters: PlanParameters): TradePlan => {
  const { fund, typed: shares, slippageBps, owner, amounts, unlimited } = parameters;
  const minAmounts = amounts.map((amount) => less(amount, slippageBps));
  const plan = {
    ...({ direction: 'redeem', means: 'kind', shares, fee: Shares.feeOf(shares, fund.fees.redeemBps) } as const),
    ...{ total: undefined, atLeast: undefined, cost: undefined, approvals: [] },
    ...{ rows: rowsOf(parameters, amounts, false), obstacle: shortOfShares(parameters) },
  };
  return withCalls(plan, redeemCall({ index: fund.index, shares, minAmounts, to: owner }), unlimited);
};

const redeemToUsdc = (parameters: PlanParameters, router: RouterState): TradePlan => {
  const { fund, typed: shares, slippageBps, owner, owned, amounts, platform, deadline, unlimited } = parameters;
  const { index, held } = fund;
  const sold = held.legs.map(({ asset }, i) => ({ asset, amount: amounts[i] ?? 0n }));
  const { legs, total, cost } = previewRedeemToBase({ ...marketOf(router, fund), amounts: sold });
  const minBase = less(total, slippageBps);
  const plan = {
    ...({ direction: 'redeem', means: 'base', shares, total, cost, atLeast: minBase } as const),
    ...{ rows: rowsOf(parameters, amounts, false), fee: Shares.feeOf(shares, fund.fees.redeemBps) },
    obstacle: shortOfShares(parameters),
    approvals: needed(owned?.sharesToRouter, { token: index, spender: platform.router, amount: shares }),
  };
  const pools = routerPools(legs);
  return withCalls(plan, redeemToBaseCall({ platform, index, shares, minBase, pools, to: owner, deadline }), unlimited);
};

/** Plans what was typed; an obstacle alone when not even a preview can be made. */
export const planTrade = (parameters: PlanParameters): TradePlan | Obstacle => {
  const { direction, fund, router } = parameters;
  if (direction === 'mint' && fund.stoppedUntil > 0) return { kind: 'stopped' };
  if (router === undefined) return direction === 'mint' ? mintInKind(parameters) : redeemInKind(parameters);
  try {
    return direction === 'mint' ? mintWithUsdc(parameters, router) : redeemToUsdc(parameters, router);
  } catch (error) {
    return refusalOf(error, fund);
  }
};

/** Whether it is an obstacle without a plan. */
export const isObstacle = (answer: TradePlan | Obstacle): answer is Obstacle => 'kind' in answer;

/** {share} the most that can be minted in kind from what an account has, a little less for what grows meanwhile. */
export const mostInKind = ({ held, supply }: Fund, balances: ReadonlyMap<Address, bigint>): bigint => {
  const parts = held.legs
    .filter(({ amount }) => amount > 0n)
    .map(({ asset, amount }) => ((balances.get(asset) ?? 0n) * supply) / amount);
  const [least = 0n] = parts.toSorted((a, b) => Number(a > b) - Number(a < b));
  return (least * 9_999n) / BP;
};
