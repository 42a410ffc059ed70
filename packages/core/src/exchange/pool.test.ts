import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Q112 } from '../math/scales.ts';
import { deposit, emptyPool, LOCKED_SHARES, type Pool, sell, standing, withdraw } from './pool.ts';

const code = (name: string) => expect.objectContaining({ code: name });
const amounts = fc.bigInt({ min: 1n, max: 1n << 80n });
const pools = fc
  .tuple(fc.bigInt({ min: 2_000n, max: 1n << 90n }), fc.bigInt({ min: 2_000n, max: 1n << 90n }))
  .map(([base, asset]) => deposit({ pool: emptyPool('LINK'), offered: { base, asset }, leastShares: 0n }).pool);
const open = (base: bigint, asset: bigint): Pool =>
  deposit({ pool: emptyPool('LINK'), offered: { base, asset }, leastShares: 0n }).pool;

describe('docs/rules.md 9: liquidity', () => {
  it('makes the root of the product at first, of which 1 000 shares are locked', () => {
    const { pool, shares, moved } = deposit({
      pool: emptyPool('LINK'),
      offered: { base: 1_000_000n, asset: 100_000_000n },
      leastShares: 0n,
    });
    expect(pool.supply).toBe(10_000_000n);
    expect(shares).toBe(10_000_000n - LOCKED_SHARES);
    expect(moved).toEqual({ base: 1_000_000n, asset: 100_000_000n });
    expect(() =>
      deposit({ pool: emptyPool('LINK'), offered: { base: 1_000n, asset: 1_000n }, leastShares: 0n }),
    ).toThrow(code('FIRST_DEPOSIT_TOO_SMALL'));
  });

  it('never pays a provider more than they brought, and never costs the others', () => {
    fc.assert(
      fc.property(pools, amounts, amounts, (before, base, asset) => {
        fc.pre(base * before.supply >= before.reserveBase && asset * before.supply >= before.reserveAsset);
        const { pool, shares, moved } = deposit({ pool: before, offered: { base, asset }, leastShares: 0n });
        expect(moved.base).toBeLessThanOrEqual(base);
        expect(moved.asset).toBeLessThanOrEqual(asset);
        // What a share is worth of either side never falls.
        expect(pool.reserveBase * before.supply).toBeGreaterThanOrEqual(before.reserveBase * pool.supply);
        expect(pool.reserveAsset * before.supply).toBeGreaterThanOrEqual(before.reserveAsset * pool.supply);
        const left = withdraw({ pool, shares, least: { base: 0n, asset: 0n } });
        expect(left.moved.base).toBeLessThanOrEqual(moved.base);
        expect(left.moved.asset).toBeLessThanOrEqual(moved.asset);
        expect(left.pool.reserveBase * before.supply).toBeGreaterThanOrEqual(before.reserveBase * left.pool.supply);
      }),
    );
  });

  it('a first depositor who blows up the worth of a share loses more than the next one', () => {
    // 1 001 shares, 1 of them the thief's, then fees worth 1 000 USDC are given to the pool.
    const { pool, shares } = deposit({
      pool: emptyPool('LINK'),
      offered: { base: 1_001n, asset: 1_001n },
      leastShares: 0n,
    });
    expect(shares).toBe(1n);
    const given = 1_000_000_000n;
    const blown = { ...pool, reserveBase: pool.reserveBase + given, reserveAsset: pool.reserveAsset + given };
    const victim = deposit({
      pool: blown,
      offered: { base: 500_000_000n, asset: 500_000_000n },
      leastShares: 0n,
    });
    const thief = withdraw({ pool: victim.pool, shares, least: { base: 0n, asset: 0n } });
    expect(thief.moved.base).toBeLessThan(given / 500n);
    expect(victim.shares).toBe(500n);
  });

  it('refuses what brings less than is wanted, or nothing', () => {
    const pool = open(1_000_000n, 1_000_000_000n);
    const offered = { base: 1_000n, asset: 1_000_000n };
    expect(() => deposit({ pool, offered, leastShares: 1n << 60n })).toThrow(code('BELOW_LEAST_SHARES'));
    expect(() => deposit({ pool, offered: { base: 0n, asset: 5n }, leastShares: 0n })).toThrow(
      code('DEPOSIT_TOO_SMALL'),
    );
    expect(() => withdraw({ pool, shares: 100n, least: { base: 1n << 60n, asset: 0n } })).toThrow(
      code('BELOW_LEAST_AMOUNTS'),
    );
    expect(() => open(1n << 112n, 1_000_000n)).toThrow(code('RESERVE_TOO_LARGE'));
  });
});

describe('docs/rules.md 9: x y = k', () => {
  it('never falls, and stands still but for roundings where all counts', () => {
    fc.assert(
      fc.property(pools, amounts, fc.boolean(), fc.bigInt({ min: 0n, max: 100n }), (before, counted, base, lp) => {
        const sold = base ? 'USDC' : 'LINK';
        const [given, got] = base
          ? [before.reserveBase, before.reserveAsset]
          : [before.reserveAsset, before.reserveBase];
        fc.pre(counted * got >= given + counted);
        const { pool, out } = sell({ pool: before, sold, amount: counted + lp, counted });
        expect(pool.reserveBase * pool.reserveAsset).toBeGreaterThanOrEqual(before.reserveBase * before.reserveAsset);
        expect((got - out - 1n) * (given + counted)).toBeLessThan(given * got);
        const moved = base ? pool.reserveBase - before.reserveBase : pool.reserveAsset - before.reserveAsset;
        expect(moved).toBe(counted + lp);
      }),
    );
  });

  it('sells nothing out of an empty pool', () => {
    expect(() => sell({ pool: emptyPool('LINK'), sold: 'USDC', amount: 5n, counted: 5n })).toThrow(code('NOTHING_OUT'));
  });
});

describe('docs/rules.md 9: a pool within 10 bp of the oracle', () => {
  it('counts the tenth basis point as near, on both sides', () => {
    const pool = open(10_000_000n, 1_000_000n);
    const at = (base: bigint) => standing({ ...pool, reserveBase: base }, 10n * Q112);
    expect([9_990_000n, 9_989_999n, 10_010_000n, 10_010_001n].map(at)).toEqual(['near', 'below', 'near', 'above']);
  });
});
