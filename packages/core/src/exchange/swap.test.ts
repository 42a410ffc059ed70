import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deposit, emptyPool, type Pool } from './pool.ts';
import { type Pools, swap, wayOf } from './swap.ts';
import { DEFAULT_SWAP_FEE, type Destination, swapFee } from './swap-fee.ts';

const code = (name: string) => expect.objectContaining({ code: name });
const pool = (asset: string, base: bigint, amount: bigint): Pool =>
  deposit({ pool: emptyPool(asset), offered: { base, asset: amount }, leastShares: 0n }).pool;
const M = 1_000_000n;
/** SNX at 2.5 and LINK at 10, in tokens of 6 decimals. */
const POOLS: Pools = new Map([
  ['SNX', pool('SNX', 10_000_000n * M, 4_000_000n * M)],
  ['LINK', pool('LINK', 10_000_000n * M, 1_000_000n * M)],
]);
const BUFFER: Destination = { kind: 'buffer', reason: 'none-underweight' };
const toPool = (asset: string): Destination => ({ kind: 'index-pool', asset });
const run = (sold: string, bought: string, amount: bigint, destination: Destination) =>
  swap({
    pools: POOLS,
    base: 'USDC',
    fee: DEFAULT_SWAP_FEE,
    order: { sold, bought, amount, least: 0n },
    destination,
  });

describe('docs/rules.md 9: the three parts of a swap', () => {
  it('X for USDC: LP in X, DAO in USDC, rebalancing where it goes', () => {
    const { places, dao, rebalancing } = run('SNX', 'USDC', 1_000n * M, toPool('SNX'));
    expect(places[0]).toEqual({
      ...{ asset: 'SNX', amount: 1_000n * M, lp: 2n * M, dao: 0n, rebalancing: 500_000n, left: 997_500_000n },
    });
    expect(places[1]).toMatchObject({ asset: 'USDC', lp: 0n, rebalancing: 0n });
    expect(rebalancing).toEqual({ asset: 'SNX', amount: 500_000n, to: toPool('SNX') });
    const out = (997_500_000n * 10_000_000n * M) / (4_000_000n * M + 997_500_000n);
    expect(places[1]?.amount).toBe(out);
    expect(dao).toBe((out * 5n + 9_999n) / 10_000n);
  });

  it('USDC for X: LP, DAO and the buffer in USDC, each of the whole', () => {
    const { places, dao, rebalancing } = run('USDC', 'LINK', 1_000n * M, BUFFER);
    expect(places[0]).toMatchObject({ lp: 2n * M, dao: 500_000n, rebalancing: 500_000n, left: 997n * M });
    expect(places[1]).toMatchObject({ lp: 0n, dao: 0n, rebalancing: 0n });
    expect([dao, rebalancing.amount, rebalancing.asset]).toEqual([500_000n, 500_000n, 'USDC']);
  });

  it('two pools: LP in both, DAO once, rebalancing once', () => {
    const destinations = [toPool('SNX'), toPool('LINK'), toPool('USDC'), BUFFER];
    const taken = destinations.map((to) => run('SNX', 'LINK', 1_000n * M, to));
    for (const { places } of taken) {
      expect(places.map(({ asset }) => asset)).toEqual(['SNX', 'USDC', 'LINK']);
      expect(places.map(({ lp }) => lp > 0n)).toEqual([true, true, false]);
      expect(places.map(({ dao }) => dao > 0n)).toEqual([false, true, false]);
    }
    expect(taken.map(({ places }) => places.map(({ rebalancing }) => rebalancing > 0n))).toEqual([
      [true, false, false],
      [false, false, true],
      [false, true, false],
      [false, true, false],
    ]);
  });

  it('conserves every asset to the unit, and no product falls', () => {
    const fees = fc
      .tuple(fc.bigInt(0n, 300n), fc.bigInt(0n, 300n), fc.bigInt(0n, 300n))
      .map(([lpBps, rebalancingBps, daoBps]) => swapFee({ lpBps, rebalancingBps, daoBps }));
    const ways = fc.constantFrom(...['SNX', 'USDC', 'LINK'].flatMap((a) => ['SNX', 'USDC', 'LINK'].map((b) => [a, b])));
    fc.assert(
      fc.property(
        ways,
        fees,
        fc.bigInt(1_000n, 10_000_000n * M),
        fc.nat(3),
        ([sold = '', bought = ''], fee, amount, i) => {
          fc.pre(sold !== bought);
          const way = wayOf({ sold, bought, base: 'USDC' });
          const asset = way[i % way.length] ?? '';
          const destination = i === 3 ? BUFFER : toPool(asset);
          const order = { sold, bought, amount, least: 0n };
          const made = swap({ pools: POOLS, base: 'USDC', fee, order, destination });
          for (const one of made.places) {
            expect(one.lp + one.dao + one.rebalancing + one.left).toBe(one.amount);
          }
          const held = (pools: Pools, of: string): bigint =>
            of === 'USDC'
              ? [...pools.values()].reduce((sum, { reserveBase }) => sum + reserveBase, 0n)
              : (pools.get(of)?.reserveAsset ?? 0n);
          for (const of of ['SNX', 'USDC', 'LINK']) {
            const trader = (of === sold ? amount : 0n) - (of === bought ? made.received : 0n);
            const paid =
              (of === 'USDC' ? made.dao : 0n) + (of === made.rebalancing.asset ? made.rebalancing.amount : 0n);
            expect(held(made.pools, of) - held(POOLS, of) + paid).toBe(trader);
          }
          for (const [of, before] of POOLS) {
            const after = made.pools.get(of) ?? before;
            const k = before.reserveBase * before.reserveAsset;
            expect(after.reserveBase * after.reserveAsset).toBeGreaterThanOrEqual(k);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('refuses what cannot be', () => {
    expect(() => run('SNX', 'SNX', M, BUFFER)).toThrow(code('SAME_ASSET'));
    expect(() => run('SNX', 'WETH', M, BUFFER)).toThrow(code('NO_POOL'));
    expect(() => run('USDC', 'SNX', 2n, BUFFER)).toThrow(code('TOO_SMALL_FOR_FEE'));
    expect(() => run('LINK', 'SNX', 0n, BUFFER)).toThrow(code('TOO_SMALL_FOR_FEE'));
    const order = { sold: 'LINK', bought: 'SNX', amount: M, least: 1n << 60n };
    expect(() => swap({ pools: POOLS, base: 'USDC', fee: DEFAULT_SWAP_FEE, order, destination: BUFFER })).toThrow(
      code('BELOW_LEAST'),
    );
  });
});
