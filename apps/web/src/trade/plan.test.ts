import { Units } from '@wicker/core';
import { indexAbi, routerAbi } from '@wicker/sdk';
import { decodeFunctionData, erc20Abi, getAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import type { Fund } from '../lib/fund.ts';
import type { Owned } from '../lib/owner.ts';
import { isObstacle, mostInKind, type PlanParameters, planTrade, type TradePlan } from './plan.ts';
import type { RouterState } from './routed.ts';

const a = (digits: string) => getAddress(`0x${digits.padStart(40, '0')}`);
const [INDEX, OWNER, LINK, SNX, BASE, ROUTER] = [a('1'), a('2'), a('a1'), a('a2'), a('b5'), a('9')] as const;
const E18 = 10n ** 18n;
const Q112 = 1n << 112n;
/** {base/tok} UQ112 of a token of 18 decimals */
const at = (usd: bigint): bigint => (usd * Q112) / 10n ** 12n + 1n;

const platform = { base: BASE, router: ROUTER, authority: a('3'), priceFeed: a('4'), assetList: a('5'), vault: a('6') };
const others = { rebalancer: a('7'), managed: a('8'), factory: a('a') };

/** 100 000 shares worth 1 USDC each: half LINK at 10, half SNX at 2; mint fee 20 bps, redeem fee 50. */
const fund: Fund = {
  ...{ index: INDEX, at: 1_000, supply: 100_000n * E18, stoppedUntil: 0, mayOpenFrom: 0, epoch: undefined },
  fees: { mintBps: 20n, redeemBps: 50n, aumRate: 10n ** 27n },
  held: {
    ...{ effectiveSupply: 100_000n * E18, recipe: 1n, reweighedAt: 0n },
    legs: [
      { asset: LINK, weight: E18 / 2n, amount: 5_000n * E18 },
      { asset: SNX, weight: E18 / 2n, amount: 25_000n * E18 },
    ],
  },
  state: {
    ...{ symbol: 'WDI', supply: 100_000n * E18, nav: 100_000_000_000n, price: 1_000_000n, driftBps: 0 },
    assets: (
      [
        [LINK, 5_000n, 10n],
        [SNX, 25_000n, 2n],
      ] as const
    ).map(([asset, amount, price]) => ({
      ...{ asset, amount: amount * E18, price: at(price), status: 'live' as const, excess: 0n, deficit: 0n },
      ...{ weight: E18 / 2n, target: E18 / 2n },
    })),
  },
};

const owned: Owned = {
  ...{ owner: OWNER, ether: E18, shares: 500n * E18, baseToRouter: 0n, sharesToRouter: 0n, claims: new Map() },
  balances: new Map([
    [BASE, 10_000_000_000n],
    [LINK, 100n * E18],
    [SNX, 100n * E18],
  ]),
  toIndex: new Map([
    [LINK, 10n ** 30n],
    [SNX, 0n],
  ]),
};

const pools = [
  { pool: a('d1'), asset: LINK, reserveBase: 1_000_000_000_000n, reserveAsset: 100_000n * E18 },
  { pool: a('d2'), asset: SNX, reserveBase: 1_000_000_000_000n, reserveAsset: 500_000n * E18 },
];
const { supply, held } = fund;
const router: RouterState = {
  ...{ base: BASE, pools },
  index: {
    ...{ supply, effectiveSupply: held.effectiveSupply },
    legs: held.legs.map(({ asset, amount }) => ({ asset, unit: Units.fromHolding(amount, held.effectiveSupply) })),
  },
};

/** 100 shares: 5 LINK and 25 SNX. */
const hundred: PlanParameters = {
  ...{ direction: 'mint', typed: 100n * E18, slippageBps: 50n, fund, owner: OWNER, owned, router: undefined },
  ...{ amounts: [5n * E18, 25n * E18], platform: { ...platform, ...others }, deadline: 2_000n, unlimited: false },
};

const planned = (change: Partial<PlanParameters> = {}): TradePlan => {
  const answer = planTrade({ ...hundred, ...change });
  if (isObstacle(answer)) throw new Error(`an obstacle: ${answer.kind}`);
  return answer;
};
const last = ({ calls }: TradePlan) => calls.at(-1)?.data ?? '0x';

describe('a mint in kind', () => {
  it('asks for every token, and an approval of what is not allowed yet', () => {
    const plan = planned();
    expect(plan.rows.map(({ value, enough }) => [value, enough])).toEqual([
      [50_000_000n, true],
      [50_000_000n, true],
    ]);
    // 0.5 % more than 25 SNX
    expect(plan.approvals).toEqual([{ token: SNX, spender: INDEX, amount: 25_125n * 10n ** 15n }]);
    expect(plan.fee).toBe(2n * 10n ** 17n);
    expect(decodeFunctionData({ abi: indexAbi, data: last(plan) }).args).toEqual([
      ...[100n * E18, [5_025n * 10n ** 15n, 25_125n * 10n ** 15n], OWNER],
    ]);
  });

  it('approves without limit when asked to', () => {
    const [approval] = planned({ unlimited: true }).calls;
    expect(decodeFunctionData({ abi: erc20Abi, data: approval?.data ?? '0x' }).args?.[1]).toBe(2n ** 256n - 1n);
  });

  it('says what is missing', () => {
    const plan = planned({ amounts: [5n * E18, 125n * E18] });
    expect(plan.obstacle).toEqual({ kind: 'balance', token: SNX, missing: 25n * E18 });
    expect(plan.rows[1]?.enough).toBe(false);
  });

  it('keeps its preview when more is typed than any token has', () => {
    const plan = planned({ amounts: [2n ** 128n, 125n * E18] });
    expect(plan.rows.map(({ value }) => value === undefined)).toEqual([true, false]);
    expect(plan.obstacle).toMatchObject({ kind: 'balance', token: LINK });
  });

  it('can be previewed by anybody, without an account', () => {
    const plan = planned({ owned: undefined });
    expect([plan.obstacle, plan.approvals.length, plan.rows[0]?.has]).toEqual([undefined, 0, undefined]);
  });
});

describe('a mint with USDC', () => {
  const withBase = { router, typed: 1_000_000_000n } as const;

  it('pays the router at most what was typed, for at least what the slippage leaves', () => {
    const plan = planned(withBase);
    expect(plan.approvals).toEqual([{ token: BASE, spender: ROUTER, amount: 1_000_000_000n }]);
    expect(plan.total).toBeLessThanOrEqual(1_000_000_000n);
    const net = plan.shares - plan.fee;
    expect(plan.atLeast).toBe((net * 9_950n) / 10_000n);
    // 30 bps of what enters the pools, 5 bps of impact on each, and pools at the feeds
    const { fee = 0n, impact = 0n, offFeeds = 0n } = plan.cost ?? {};
    expect(Number(fee) / 1e6).toBeCloseTo(3, 2);
    expect(Number(impact) / 1e6).toBeCloseTo(0.5, 2);
    expect(Math.abs(Number(offFeeds))).toBeLessThan(5);
    const { functionName, args } = decodeFunctionData({ abi: routerAbi, data: last(plan) });
    expect(functionName).toBe('mintWithBase');
    expect(args).toEqual([INDEX, 1_000_000_000n, plan.atLeast, pools.map(({ pool }) => pool), OWNER, 2_000n]);
  });

  it('says what stands in the way', () => {
    expect(planned({ ...withBase, typed: 20_000_000_000n }).obstacle).toEqual({
      ...{ kind: 'balance', token: BASE, missing: 10_000_000_000n },
    });
    const without = { ...router, pools: [] };
    expect(planTrade({ ...hundred, ...withBase, router: without })).toEqual({ kind: 'pool', token: LINK });
    const all = planTrade({ ...hundred, ...withBase, typed: 10n ** 12n * E18 });
    expect(all).toEqual({ kind: 'pool', token: LINK });
    expect(planTrade({ ...hundred, ...withBase, typed: 10n ** 40n })).toEqual({ kind: 'pool', token: LINK });
    expect(planTrade({ ...hundred, ...withBase, typed: 2n })).toEqual({ kind: 'tooSmall' });
    expect(planTrade({ ...hundred, fund: { ...fund, stoppedUntil: 5_000 } })).toEqual({ kind: 'stopped' });
  });
});

describe('a redemption', () => {
  it('in kind needs no approval, and no balance of any token', () => {
    const plan = planned({ direction: 'redeem' });
    expect([plan.approvals, plan.calls.length, plan.obstacle]).toEqual([[], 1, undefined]);
    expect(plan.fee).toBe(5n * 10n ** 17n);
    expect(decodeFunctionData({ abi: indexAbi, data: last(plan) }).args?.[1]).toEqual([
      ...[4_975n * 10n ** 15n, 24_875n * 10n ** 15n],
    ]);
  });

  it('to USDC lets the router take the shares', () => {
    const plan = planned({ direction: 'redeem', router });
    expect(plan.approvals).toEqual([{ token: INDEX, spender: ROUTER, amount: 100n * E18 }]);
    expect(plan.atLeast).toBe(((plan.total ?? 0n) * 9_950n) / 10_000n);
    expect(planned({ direction: 'redeem', router, owned: { ...owned, sharesToRouter: 100n * E18 } }).approvals).toEqual(
      [],
    );
  });

  it('is of shares that the account has', () => {
    expect(planned({ direction: 'redeem', typed: 600n * E18 }).obstacle).toEqual({
      ...{ kind: 'balance', token: INDEX, missing: 100n * E18 },
    });
  });
});

describe('the most that can be minted in kind', () => {
  it('is what the scarcest token allows, a little less', () => {
    // 100 SNX of 25 000 are 400 shares of 100 000.
    expect(mostInKind(fund, owned.balances)).toBe((400n * E18 * 9_999n) / 10_000n);
    expect(mostInKind(fund, new Map())).toBe(0n);
  });
});
