import { describe, expect, it } from 'vitest';
import { epochOrders } from './epoch-orders.ts';

const E18 = 10n ** 18n;
const at = (usd: bigint): bigint => (usd * (1n << 112n)) / 10n ** 12n;
const a = (digit: string) => `0x${digit.padStart(40, '0')}` as const;
const [UNI, LDO, AAVE] = [a('1'), a('2'), a('3')];

const anchor = (asset: typeof UNI, usd: bigint, live = true) => ({
  ...{ asset, price: at(usd), qBps: 50n, live, delistedSince: 0n },
});
const leg = (asset: typeof UNI, weight: bigint, amount: bigint) => ({
  ...{ asset, weight: (weight * E18) / 100n, amount: amount * E18 },
});
/** NAV 10 000: 6 000 UNI at 6, 3 000 LDO at 2, 1 000 AAVE at 100; wanted 40, 42, 18 %. */
const legs = [leg(UNI, 40n, 1_000n), leg(LDO, 42n, 1_500n), leg(AAVE, 18n, 10n)];
const anchors = [anchor(UNI, 6n), anchor(LDO, 2n), anchor(AAVE, 100n)];
const prices = new Map([UNI, LDO, AAVE].map((asset) => [asset, at(5n)]));

const rounded = (value: bigint): number => Math.round(Number(value) / 1e6);

describe('the orders of an epoch', () => {
  it('are the differences to the targets at the anchors, whatever the prices of now', () => {
    const { orders } = epochOrders({ legs, anchors, prices });
    expect(orders.map(({ asset, what, value }) => [asset, what, rounded(value)])).toEqual([
      [UNI, 'sell', 2_000],
      [LDO, 'buy', 1_200],
      [AAVE, 'buy', 800],
    ]);
  });

  it('make pairs of a sale and a purchase', () => {
    const { pairs } = epochOrders({ legs, anchors, prices });
    expect(pairs.map(({ sell, buy, value }) => [sell.asset, buy.asset, rounded(value)])).toEqual([
      [UNI, LDO, 1_200],
      [UNI, AAVE, 800],
    ]);
  });

  it('wait for a live price', () => {
    const { orders, pairs } = epochOrders({ legs, anchors, prices: new Map([...prices, [LDO, 0n]]) });
    expect(orders.find(({ asset }) => asset === LDO)?.tradable).toBe(false);
    expect(pairs).toHaveLength(1);
  });

  it('leave out what had no price at the opening, and are none at the targets', () => {
    const dead = epochOrders({ legs, anchors: [{ ...anchor(UNI, 0n), live: false }, ...anchors.slice(1)], prices });
    expect(dead.orders.map(({ asset }) => asset)).not.toContain(UNI);
    const met = [leg(UNI, 60n, 1_000n), leg(LDO, 30n, 1_500n), leg(AAVE, 10n, 10n)];
    expect(epochOrders({ legs: met, anchors, prices }).orders).toEqual([]);
  });
});
