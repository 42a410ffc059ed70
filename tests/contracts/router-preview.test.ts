import {
  affordable,
  type BasePool,
  basePoolsOf,
  type ChosenPools,
  costOf,
  type IndexUnits,
  legAmounts,
  Orders,
  previewMintWithBase,
  previewRedeemToBase,
  RouterError,
  type RouterMarket,
  type RouterPreview,
  Shares,
} from '@wicker/core';
import { mintTokens } from '@wicker/devnet';
import {
  ContractRevertError,
  indexUnitsOf,
  poolsOf,
  previewMint,
  previewRedeem,
  quotesOf,
  routerAbi,
  routerPools,
  withReverts,
} from '@wicker/sdk';
import { type Address, maxUint256, parseAbi } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random, range } from '../differential/random.ts';
import { isolate, pass, send } from './support/chain.ts';
import { createFund, type Fund, mint, PDI, redeem, shares, totalSupply } from './support/funds.ts';
import { addressOf, allow, balanceOf, openWorld, refreshFeeds, USD, type World } from './support/world.ts';

const SEED = 20_260_314n;
/** {1} random markets, each with all that is asked of it */
const MARKETS = 8;
/** {1} payments and sizes in each */
const SIZES = 6;
const IDS = ['link', 'weth', 'wbtc', 'snx'];
const pairAbi = parseAbi(['function sync()']);

let world: World;
let fund: Fund;
beforeAll(async () => {
  // Small pools, which each test makes deeper: two of every asset.
  const pools = IDS.flatMap((id) => ['uniswap-v2', 'sushiswap'].map((venue) => ({ id, venue, depth: 20_000n * USD })));
  world = await openWorld({ pools });
  const legs = {
    link: ['40', '40000'],
    weth: ['20', '100'],
    wbtc: ['20', '3.33333333'],
    usdc: ['20', '200000'],
  } as const;
  fund = await createFund(world, legs, PDI);
  const { alice } = world.who;
  await allow(world, alice, world.platform.router, 'usdc');
  await mint(world, fund, alice, shares(50_000n));
  await send(world.client, {
    ...{ from: alice, to: fund.index, abi: parseAbi(['function approve(address, uint256)']), functionName: 'approve' },
    args: [world.platform.router, maxUint256],
  });
});
afterAll(() => world.chain.stop());
isolate(() => world.client);

/** Makes each pool a random size, at a price of up to some percent off, and lets fees accrue for a random time. */
const shake = async (random: Random): Promise<void> => {
  const { client, market } = world;
  const percents = (): bigint => 1_000n + random.below(60n);
  const given = await Promise.all(
    market.pools.map(async ({ id, pair, token, base }) => {
      const times = range(1n, 2_000n)(random);
      const [ofBase, ofToken] = await Promise.all([balanceOf(world, 'usdc', pair), balanceOf(world, id, pair)]);
      return [
        { token: base, to: pair, amount: (ofBase * times * percents()) / 1_000n },
        { token, to: pair, amount: (ofToken * times * percents()) / 1_000n },
      ];
    }),
  );
  await mintTokens(client, given.flat());
  for (const { pair } of market.pools) {
    await send(client, { from: world.who.bob, to: pair, abi: pairAbi, functionName: 'sync' });
  }
  await redeem(world, fund, world.who.manager, range(10n ** 15n, (await totalSupply(world, fund)) / 4n)(random));
  await pass(client, range(1n, 10_000_000n)(random));
  await refreshFeeds(world);
};

interface Seen extends RouterMarket {
  readonly index: IndexUnits;
  readonly blockNumber: bigint;
}

/** All that a preview is made from, at one block. */
const seenNow = async (): Promise<Seen> => {
  const { client, platform, market } = world;
  const blockNumber = await client.getBlockNumber({ cacheTime: 0 });
  const [index, pools, quotes] = await Promise.all([
    indexUnitsOf(client, { platform, index: fund.index, blockNumber }),
    poolsOf(client, { platform, pools: market.pools.map(({ pair }) => pair), blockNumber }),
    quotesOf(client, { platform, assets: fund.ids.map((id) => addressOf(world, id)) }),
  ]);
  const { base } = platform;
  const prices = new Map<string, bigint>(quotes.map(({ asset, price }) => [asset, price]));
  return { index, base, prices, pools: basePoolsOf(pools, base), blockNumber };
};

/** One of the two pools of each asset of the index. */
const anyPools = (random: Random, { index, pools }: Seen): ChosenPools =>
  new Map(
    index.legs.flatMap(({ asset }): [string, BasePool][] => {
      const [one, ...others] = pools.filter((pool) => pool.asset === asset);
      return one === undefined ? [] : [[asset, random.pick([one, ...others])]];
    }),
  );
const poolsIn = ({ index }: Seen, chosen: ChosenPools): Address[] =>
  routerPools(index.legs.map(({ asset }) => ({ pool: chosen.get(asset) })));

/** What the router says of a refusal, where it is one that a preview knows. */
const CODES: Readonly<Record<string, string>> = {
  ...{ PoolTooSmall: 'POOL_TOO_SMALL', PaysTooLittle: 'PAYS_TOO_LITTLE', NothingPaid: 'PAYS_TOO_LITTLE' },
};
/** The code of the refusal, or the answer. */
const settled = async <T>(ask: () => T | Promise<T>): Promise<T | string> => {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof RouterError) return error.code;
    if (error instanceof ContractRevertError) return CODES[error.code] ?? error.message;
    throw error;
  }
};

const router = () => ({ address: world.platform.router, abi: routerAbi, account: world.who.alice }) as const;
const costOnChain = (seen: Seen, chosen: ChosenPools, size: bigint) =>
  withReverts(() =>
    world.client.readContract({
      ...{ ...router(), functionName: 'costOf', blockNumber: seen.blockNumber },
      args: [fund.index, size, poolsIn(seen, chosen)],
    }),
  );
const mintOnChain = async ({ blockNumber }: Seen, pools: readonly Address[], pay: bigint) => {
  const { result } = await withReverts(() =>
    world.client.simulateContract({
      ...{ ...router(), functionName: 'mintWithBase', blockNumber },
      args: [fund.index, pay, 0n, pools, world.who.alice, maxUint256],
    }),
  );
  const [minted, paid] = result;
  return { minted, paid };
};
const minted = (size: bigint): bigint => size - Shares.feeOf(size, BigInt(PDI.mintBps));

/** {base} of the legs at the feeds */
const atFeeds = ({ legs }: RouterPreview, { base, prices }: Seen): bigint =>
  legs.reduce(
    (sum, { asset, amount }) => sum + (asset === base ? amount : Orders.valueOf(amount, prices.get(asset) ?? 0n)),
    0n,
  );
const wholeCost = ({ cost: { fee, impact, offFeeds = 0n } }: RouterPreview): bigint => fee + impact + offFeeds;

/** {1} mints that were previewed, and those that were refused. */
const seenMints = { done: 0, refused: 0 };

describe.each(Array.from({ length: MARKETS }, (_, i) => i))('the router in market %i (docs/rules.md 1)', (i) => {
  const random = new Random(SEED + BigInt(i));
  const sizes = range(1n, 10n ** 24n);
  const pays = range(1n, 1_000_000n * USD);
  const many = Array.from({ length: SIZES });

  it('takes of each leg, and asks for it, what is counted off chain', async () => {
    await shake(random);
    const seen = await seenNow();
    for (const size of many.map(() => sizes(random))) {
      const { amounts } = await previewMint(world.client, { index: fund.index, shares: size });
      expect(legAmounts(seen.index, size)).toEqual(amounts);
      const chosen = anyPools(random, seen);
      const here = await settled(() => costOf(seen.index, chosen, size).cost);
      expect(here).toBe(await settled(() => costOnChain(seen, chosen, size)));
    }
  });

  it('mints what was previewed for what was previewed, or refuses as the preview does', async () => {
    await shake(random);
    const seen = await seenNow();
    for (const pay of many.map(() => pays(random))) {
      const chosen = anyPools(random, seen);
      const here = await settled(() => {
        const size = affordable(seen.index, chosen, pay);
        if (size === 0n) throw new RouterError('PAYS_TOO_LITTLE', 'nothing');
        return { minted: minted(size), paid: costOf(seen.index, chosen, size).cost };
      });
      expect(here).toEqual(await settled(() => mintOnChain(seen, poolsIn(seen, chosen), pay)));

      const preview = await settled(() => previewMintWithBase({ ...seen, pay }));
      seenMints[typeof preview === 'string' ? 'refused' : 'done'] += 1;
      if (typeof preview === 'string') {
        expect(here).toBe(preview);
        continue;
      }
      const { shares: size, total, legs } = preview;
      expect(await mintOnChain(seen, routerPools(legs), pay)).toEqual({ minted: minted(size), paid: total });
      expect(total).toBeLessThanOrEqual(pay);
      expect(wholeCost(preview)).toBe(total - atFeeds(preview, seen));
      // The roundings of a leg may weigh more than the choice of its pool.
      if (typeof here !== 'string')
        expect(minted(size) * 1_000_000n).toBeGreaterThan(here.minted * 999_999n - 10n ** 18n);
    }
  });

  it('redeems to exactly the previewed base', async () => {
    await shake(random);
    const seen = await seenNow();
    const most = shares(40_000n);
    for (const size of [most, ...many.map(() => range(10n ** 15n, most)(random))]) {
      const { assets, amounts } = await previewRedeem(world.client, { index: fund.index, shares: size });
      const preview = previewRedeemToBase({
        ...seen,
        amounts: assets.map((asset, leg) => ({ asset, amount: amounts[leg] ?? 0n })),
      });
      const redeemed = async (pools: readonly Address[]): Promise<bigint> => {
        const { result } = await world.client.simulateContract({
          ...{ ...router(), functionName: 'redeemToBase', blockNumber: seen.blockNumber },
          args: [fund.index, size, 0n, pools, world.who.alice, maxUint256],
        });
        return result;
      };
      expect(await redeemed(routerPools(preview.legs))).toBe(preview.total);
      expect(preview.total).toBeGreaterThanOrEqual(await redeemed(poolsIn(seen, anyPools(random, seen))));
      expect(wholeCost(preview)).toBe(atFeeds(preview, seen) - preview.total);
    }
  });
});

it('saw mints of both ends: those that the router does, and those that it refuses', () => {
  expect(seenMints.done).toBeGreaterThan((MARKETS * SIZES) / 2);
  expect(seenMints.refused).toBeGreaterThan(MARKETS);
});
