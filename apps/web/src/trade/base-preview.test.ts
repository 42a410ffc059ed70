import { describe, expect, it } from 'vitest';
import {
  type BasePool,
  type NoPool,
  type PooledPreview,
  previewMintWithBase,
  previewRedeemToBase,
  routerPools,
} from './base-preview.ts';

const BASE = '0x00000000000000000000000000000000000000b5';
const LINK = '0x00000000000000000000000000000000000000a1';
const SNX = '0x00000000000000000000000000000000000000a2';
const DEEP = '0x00000000000000000000000000000000000000d1';
const SMALL = '0x00000000000000000000000000000000000000d2';
const OF_SNX = '0x00000000000000000000000000000000000000d3';
const E18 = 10n ** 18n;

/** LINK at 10 USDC, SNX at 2. */
const pools: BasePool[] = [
  { pool: SMALL, token: LINK, reserveBase: 10_000_000_000n, reserveToken: 1_000n * E18 },
  { pool: DEEP, token: LINK, reserveBase: 1_000_000_000_000n, reserveToken: 100_000n * E18 },
  { pool: OF_SNX, token: SNX, reserveBase: 1_000_000_000_000n, reserveToken: 500_000n * E18 },
];
/** Worth 100 000 USDC: half LINK, half SNX. */
const legs = [
  { asset: LINK, amount: 5_000n * E18 },
  { asset: SNX, amount: 25_000n * E18 },
] as const;
const supply = 100_000n * E18;
const mint = { supply, price: 1_000_000n, base: BASE, legs, pools } as const;

const found = (answer: PooledPreview | NoPool): PooledPreview => {
  if ('missing' in answer) throw new Error(`no pool of ${answer.missing}`);
  return answer;
};

describe('a mint with USDC', () => {
  it('never costs more than is paid, and nearly all of it', () => {
    for (const pay of [1_000_000n, 50_000_000n, 1_000_000_000n, 20_000_000_000n]) {
      const { total, shares } = found(previewMintWithBase({ ...mint, pay }));
      expect(total).toBeLessThanOrEqual(pay);
      expect(Number(total) / Number(pay)).toBeGreaterThan(0.995);
      expect(Number(shares) / 1e18).toBeLessThan(Number(pay) / 1e6);
    }
  });

  it('splits what it costs into pool fees and impact', () => {
    const { poolFee, impact, total, shares } = found(previewMintWithBase({ ...mint, pay: 10_000_000_000n }));
    // 30 bps of what enters the pools; an impact of 5 000 USDC on a side of 1 000 000 in each of two pools
    expect(Number(poolFee) / Number(total)).toBeCloseTo(0.003, 6);
    expect(Number(impact) / Number(total)).toBeCloseTo(0.005, 3);
    const value = (shares * 1_000_000n) / E18;
    expect(Math.abs(Number(total - poolFee - impact - value))).toBeLessThan(10);
  });

  it('takes the deeper pool, and says which asset has none', () => {
    const { legs: bought } = found(previewMintWithBase({ ...mint, pay: 1_000_000_000n }));
    expect(routerPools(bought, BASE)).toEqual([DEEP, OF_SNX]);
    const without = pools.filter(({ token }) => token !== SNX);
    expect(previewMintWithBase({ ...mint, pools: without, pay: 1_000_000_000n })).toEqual({ missing: SNX });
  });

  it('takes the base itself as it is', () => {
    const withBase = [...legs, { asset: BASE, amount: 100_000_000_000n }] as const;
    const { legs: bought, total } = found(previewMintWithBase({ ...mint, legs: withBase, pay: 1_000_000_000n }));
    expect(bought[2]).toMatchObject({ pool: undefined, poolFee: 0n, impact: 0n });
    expect(total).toBeLessThanOrEqual(1_000_000_000n);
  });
});

describe('a redemption to USDC', () => {
  it('sells every leg and tells fees and impact', () => {
    const sold = legs.map(({ asset, amount }) => ({ asset, amount: amount / 100n }));
    const { total, poolFee, impact } = found(
      previewRedeemToBase({ shares: 1_000n * E18, base: BASE, legs: sold, pools }),
    );
    // 1 000 USDC worth: 30 bps of fees, 5 bps of impact on each pool
    expect(Number(poolFee) / 1e6).toBeCloseTo(3, 4);
    expect(Number(impact) / 1e6).toBeCloseTo(0.5, 2);
    expect(total + poolFee + impact).toBeLessThanOrEqual(1_000_000_000n);
    expect(total + poolFee + impact).toBeGreaterThan(999_999_000n);
  });
});
