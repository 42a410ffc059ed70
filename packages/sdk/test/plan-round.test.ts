import { AumFee, ONE, Orders } from '@wicker/core';
import { jump, mintTokens, moveMarket } from '@wicker/devnet';
import { createIndex, openEpoch, planRound, quotesOf, rebalance, setWeights } from '@wicker/sdk';
import type { Address } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fixture, openFixture } from './fixture.ts';

const HOUR = 3_600n;
/** {base} */
const VALUE = 300_000n * 10n ** 6n;
/** {percent} first targets and new ones of nine indices: some want what others have */
const TARGETS = [
  [50, 25, 25, 47, 27, 26],
  [40, 30, 30, 44, 26, 30],
  [34, 33, 33, 30, 35, 35],
  [60, 20, 20, 57, 20, 23],
  [20, 60, 20, 25, 55, 20],
  [25, 25, 50, 28, 25, 47],
  [10, 45, 45, 12, 48, 40],
  [70, 15, 15, 66, 17, 17],
  [33, 34, 33, 33, 31, 36],
] as const;

describe('a plan for ten indices over two pools for each asset', () => {
  let f: Fixture;
  let indices: Address[];
  let opening: bigint;
  const weightsOf = (percents: readonly number[]) =>
    f.assets.map((asset, i) => ({ asset, weight: (ONE * BigInt(percents[i] ?? 0)) / 100n }));

  beforeAll(async () => {
    f = await openFixture();
    const { client, platform, manager, assets } = f;
    const quotes = await quotesOf(client, { platform, assets });
    const others: Address[] = [];
    for (const [i, percents] of TARGETS.entries()) {
      const legs = weightsOf(percents.slice(0, 3)).map(({ asset, weight }, k) => ({
        ...{ asset, weight, amount: Orders.targetAmount(VALUE, weight, quotes[k]?.price ?? 0n) },
      }));
      await mintTokens(
        client,
        legs.map(({ asset, amount }) => ({ token: asset, to: manager, amount })),
      );
      const { index } = await createIndex(client, {
        ...{ account: manager, platform, name: `Index ${i}`, symbol: `I${i}`, manager, mintBps: 0, redeemBps: 0 },
        ...{ aumRate: AumFee.ratePerSecond(10n ** 16n), parts: [{ recipient: manager, bps: 8_000 }], legs },
      });
      await setWeights(client, { account: manager, platform, index, weights: weightsOf(percents.slice(3)) });
      others.push(index);
    }
    await setWeights(client, { account: manager, platform, index: f.index, weights: weightsOf([46, 27, 27]) });
    indices = [f.index, ...others];
    opening = (await openEpoch(client, { account: f.investor, platform, indices })).opening;
    await jump(client, HOUR);
    await moveMarket(client, f.market);
  });
  afterAll(() => f.chain.stop());

  const plan = (block?: { readonly number: bigint; readonly timestamp: bigint }) =>
    planRound(f.client, {
      ...{ platform: f.platform, opening, indices, pools: f.market.pools.map(({ pair }) => pair) },
      ...(block === undefined ? {} : { block }),
    });

  it('goes through on the chain, each fill exactly as planned, and is the plan of its block afterwards', async () => {
    const block = await f.client.getBlock();
    const planned = await plan();
    expect(planned.crosses.length).toBeGreaterThan(0);
    expect(planned.trades.length).toBeGreaterThan(1);
    const sent = { account: f.investor, platform: f.platform, opening, indices };
    const { crossed, traded, skipped } = await rebalance(f.client, { ...sent, plan: planned });
    expect(skipped).toEqual([]);
    expect(crossed.map(({ o, u, amountO, amountU }) => ({ o, u, x: amountO, y: amountU }))).toEqual(planned.crosses);
    expect(traded.map(({ o, u, route, given, received }) => ({ o, u, route, given, received }))).toEqual(
      planned.trades.map(({ o, u, route, given, received }) => ({ o, u, route, given, received })),
    );
    expect(await plan(block)).toEqual(planned);
    expect(await plan()).not.toEqual(planned);
  });
});
