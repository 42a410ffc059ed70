import { describe, expect, it } from 'vitest';
import { fromHolding } from '../index-fund/units.ts';
import { Q112 } from '../math/scales.ts';
import { basePoolsOf } from './base-pool.ts';
import type { IndexUnits } from './legs.ts';
import { previewMintWithBase, previewRedeemToBase, type RouterPreview } from './preview.ts';

const E18 = 10n ** 18n;
const USD = 10n ** 6n;
/** {base/tok} UQ112 of a token of 18 decimals, rounded up */
const at = (usd: bigint): bigint => (usd * USD * Q112) / E18 + 1n;

/** LINK at 10 USDC, SNX at 2. */
const pools = basePoolsOf(
  [
    { pool: 'small', token0: 'link', token1: 'usdc', reserve0: 1_000n * E18, reserve1: 10_000n * USD },
    { pool: 'deep', token0: 'link', token1: 'usdc', reserve0: 100_000n * E18, reserve1: 1_000_000n * USD },
    { pool: 'of-snx', token0: 'usdc', token1: 'snx', reserve0: 1_000_000n * USD, reserve1: 500_000n * E18 },
    { pool: 'without-base', token0: 'link', token1: 'snx', reserve0: 10n ** 30n, reserve1: 10n ** 30n },
  ],
  'usdc',
);
const supply = 100_000n * E18;
const indexOf = (holdings: Readonly<Record<string, bigint>>): IndexUnits => ({
  ...{ supply, effectiveSupply: supply },
  legs: Object.entries(holdings).map(([asset, amount]) => ({ asset, unit: fromHolding(amount, supply) })),
});
/** Worth 100 000 USDC: half LINK, half SNX. */
const holdings = { link: 5_000n * E18, snx: 25_000n * E18 };
const prices = new Map([
  ['link', at(10n)],
  ['snx', at(2n)],
]);
const market = { base: 'usdc', pools, prices };
const mint = { ...market, index: indexOf(holdings) };

const poolsIn = ({ legs }: RouterPreview) => legs.map(({ pool }) => pool?.pool);
const refusal = (code: string, assets: readonly string[]) => expect.objectContaining({ code, assets });

describe('a mint with the base (docs/rules.md 1)', () => {
  it('never costs more than is paid, and nearly all of it', () => {
    for (const pay of [1n, 50n, 1_000n, 20_000n].map((usd) => usd * USD)) {
      const { total, shares } = previewMintWithBase({ ...mint, pay });
      expect(total).toBeLessThanOrEqual(pay);
      expect(Number(total) / Number(pay)).toBeGreaterThan(0.9998);
      expect(Number(shares) / 1e18).toBeLessThan(Number(pay) / 1e6);
    }
  });

  it('splits what it costs into pool fees, impact and the rest', () => {
    const { cost, total, legs } = previewMintWithBase({ ...mint, pay: 10_000n * USD });
    const { fee, impact, offFeeds = 0n } = cost;
    // 30 bps of what enters the pools; an impact of 5 000 USDC on a side of 1 000 000 in each of two pools
    expect(Number(fee) / Number(total)).toBeCloseTo(0.003, 6);
    expect(Number(impact) / Number(total)).toBeCloseTo(0.005, 3);
    const value = legs.reduce((sum, { asset, amount }) => sum + (amount * (prices.get(asset) ?? 0n)) / Q112, 0n);
    expect(fee + impact + offFeeds).toBe(total - value);
    expect(Math.abs(Number(offFeeds))).toBeLessThan(5);
  });

  it('takes the pool that costs the least for the amount, which need not be the deepest', () => {
    expect(poolsIn(previewMintWithBase({ ...mint, pay: 1_000n * USD }))).toEqual(['deep', 'of-snx']);
    // 5 % cheaper, and 5 LINK are half a percent of it, 500 a half
    const cheap = pools.map((pool) => (pool.pool === 'small' ? { ...pool, reserveBase: 9_500n * USD } : pool));
    expect(poolsIn(previewMintWithBase({ ...mint, pools: cheap, pay: 100n * USD }))).toEqual(['small', 'of-snx']);
    expect(poolsIn(previewMintWithBase({ ...mint, pools: cheap, pay: 10_000n * USD }))).toEqual(['deep', 'of-snx']);
  });

  it('takes the base itself as it is, and asks for no pool of what it does not need', () => {
    const index = indexOf({ ...holdings, usdc: 100_000n * USD, fresh: 0n });
    const { legs, total } = previewMintWithBase({ ...mint, index, pay: 1_000n * USD });
    const free = { pool: undefined, cost: { fee: 0n, impact: 0n, offFeeds: 0n } };
    expect(legs.slice(2)).toEqual([
      { asset: 'usdc', amount: legs[2]?.base, base: legs[2]?.amount, ...free },
      { asset: 'fresh', amount: 0n, base: 0n, ...free },
    ]);
    expect(total).toBeLessThanOrEqual(1_000n * USD);
  });

  it('says what stands in the way', () => {
    const index = indexOf({ ...holdings, aave: E18, uni: E18 });
    expect(() => previewMintWithBase({ ...mint, index, pay: USD })).toThrow(refusal('NO_POOL', ['aave', 'uni']));
    const pay = 10_000_000n * USD;
    expect(() => previewMintWithBase({ ...mint, pay })).toThrow(refusal('POOL_TOO_SMALL', ['link']));
    expect(() => previewMintWithBase({ ...mint, pay: 3n })).toThrow(refusal('PAYS_TOO_LITTLE', []));
  });
});

describe('a redemption to the base (docs/rules.md 1)', () => {
  const amounts = [
    { asset: 'link', amount: 50n * E18 },
    { asset: 'snx', amount: 250n * E18 },
  ];

  it('sells every leg where it brings the most, and tells fees and impact', () => {
    const sold = previewRedeemToBase({ ...market, amounts });
    const { total, cost } = sold;
    expect(poolsIn(sold)).toEqual(['deep', 'of-snx']);
    // 1 000 USDC worth: 30 bps of fees, 5 bps of impact on each pool
    expect(Number(cost.fee) / 1e6).toBeCloseTo(3, 4);
    expect(Number(cost.impact) / 1e6).toBeCloseTo(0.5, 2);
    expect(total + cost.fee + cost.impact + (cost.offFeeds ?? 0n)).toBe(1_000n * USD);
    const dear = pools.map((pool) => (pool.pool === 'small' ? { ...pool, reserveBase: 11_000n * USD } : pool));
    expect(poolsIn(previewRedeemToBase({ ...market, pools: dear, amounts }))).toEqual(['small', 'of-snx']);
  });

  it('wants a pool of everything that is sold', () => {
    const more = [...amounts, { asset: 'aave', amount: 0n }, { asset: 'uni', amount: 1n }];
    expect(() => previewRedeemToBase({ ...market, amounts: more })).toThrow(refusal('NO_POOL', ['uni']));
  });
});
