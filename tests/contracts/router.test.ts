import { devTokenAbi } from '@wicker/devnet';
import { indexAbi, mintWithBase, redeemToBase, routerAbi, vaultAbi } from '@wicker/sdk';
import { type Abi, type Address, maxUint256 } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROKEN, breakToken } from './support/broken.ts';
import { HOUR, isolate, now, pass, send } from './support/chain.ts';
import { byId, createFund, type Fund, type Legs, mint, PDI, redeem, shares, sharesOf } from './support/funds.ts';
import { addressOf, allow, amountOf, balanceOf, openWorld, USD, type World } from './support/world.ts';

let world: World;
let fund: Fund;
let pools: readonly Address[];
beforeAll(async () => {
  const depth = 10_000_000n * USD;
  world = await openWorld({ pools: ['link', 'weth', 'wbtc', 'snx'].map((id) => ({ id, venue: 'uniswap-v2', depth })) });
  // NAV 1 000 000 USDC, with the base as a leg
  fund = await createFund(world, { link: ['50', '50000'], weth: ['30', '150'], usdc: ['20', '200000'] }, PDI);
  pools = fund.ids.map((id) => world.market.pools.find((pool) => pool.id === id)?.pair ?? world.platform.base);
  for (const who of [world.who.alice, world.who.bob]) {
    await allow(world, who, world.platform.router, 'usdc');
    const args = [world.platform.router, maxUint256];
    await send(world.client, { from: who, to: fund.index, abi: indexAbi, functionName: 'approve', args });
  }
});
afterAll(() => world.chain.stop());
isolate(() => world.client);

const way = (account: Address) => ({
  ...{ account, to: account, platform: world.platform, index: fund.index, pools, deadline: maxUint256 },
});
const buy = (account: Address, pay: bigint, more: Partial<Parameters<typeof mintWithBase>[1]> = {}) =>
  mintWithBase(world.client, { ...way(account), pay, minShares: 0n, ...more });
const sell = (account: Address, amount: bigint, more: Partial<Parameters<typeof redeemToBase>[1]> = {}) =>
  redeemToBase(world.client, { ...way(account), shares: amount, minBase: 0n, ...more });
/** Everything that the router holds: of each leg, and of the index. */
const held = async (): Promise<readonly bigint[]> => [
  ...(await Promise.all(fund.ids.map((id) => balanceOf(world, id, world.platform.router)))),
  await sharesOf(world, fund, world.platform.router),
];
const give = (id: string, amount: bigint) => {
  const args = [world.platform.router, amount];
  return send(world.client, {
    ...{ from: world.who.bob, to: addressOf(world, id), abi: devTokenAbi, functionName: 'transfer', args },
  });
};

describe('minting with USDC (docs/rules.md 1)', () => {
  it.each([
    [1n, 0.9997],
    [100n, 0.9999],
    [10_000n, 0.99999],
    [1_000_000n, 0.98],
  ])('%s USDC: spends no more than is paid, and nearly all of it', async (usd, least) => {
    await pass(world.client, HOUR);
    const before = await balanceOf(world, 'usdc', world.who.alice);
    const { minted, paid } = await buy(world.who.alice, usd * USD);
    expect(before - (await balanceOf(world, 'usdc', world.who.alice))).toBe(paid);
    expect(paid).toBeLessThanOrEqual(usd * USD);
    expect(Number(paid) / Number(usd * USD)).toBeGreaterThan(least);
    expect(await sharesOf(world, fund, world.who.alice)).toBe(minted);
  });

  it('no payment is too odd: each leg is ceiled, and the caller never pays more than it said', async () => {
    // a satoshi is worth 600 of USDC's smallest units
    const legs: Legs = {
      wbtc: ['25', '4.16666667'],
      link: ['25', '25000'],
      weth: ['25', '125'],
      snx: ['25', '100000'],
    };
    const wbtc = await createFund(world, legs);
    const pairs = wbtc.ids.map((id) => world.market.pools.find((pool) => pool.id === id)?.pair);
    const refused: bigint[] = [];
    for (let pay = USD; pay < 2n * USD; pay += 34_567n) {
      const args = [wbtc.index, pay, 0n, pairs, world.who.alice, maxUint256];
      const call = { address: world.platform.router, abi: routerAbi as Abi, functionName: 'mintWithBase', args };
      await world.client.simulateContract({ ...call, account: world.who.alice }).catch(() => refused.push(pay));
    }
    expect(refused).toEqual([]);
  });

  it.each([
    [200n, 100n],
    [1_000n, 1_000n],
    [10_000n, 1_000n],
  ])('spends nearly all of it in an index of %s USDC too: %s USDC', async (nav, usd) => {
    const part = (price: number): string => (Number(nav) / 4 / price).toFixed(8);
    const legs: Legs = {
      wbtc: ['25', part(60_000)],
      link: ['25', part(10)],
      weth: ['25', part(2_000)],
      snx: ['25', part(2.5)],
    };
    const small = await createFund(world, legs, PDI);
    const its = small.ids.map((id) => world.market.pools.find((pool) => pool.id === id)?.pair ?? world.platform.base);
    const { paid } = await buy(world.who.alice, usd * USD, { index: small.index, pools: its });
    expect(paid).toBeLessThanOrEqual(usd * USD);
    expect(Number(paid) / Number(usd * USD)).toBeGreaterThan(0.999);
  });

  it('gives what the pools make of it: their fee, the impact, and 20 bp of the index', async () => {
    const { minted, paid } = await buy(world.who.alice, 10_000n * USD);
    // 80 % go through pools at 30 bp and an impact of 5 and 3 bp
    const worth = Number(minted) / 1e18 / (Number(paid) / 1e6);
    expect(worth).toBeGreaterThan(0.995);
    expect(worth).toBeLessThan(0.998 * 0.9976);
  });

  it('leaves nothing in the router, and no allowance', async () => {
    await buy(world.who.alice, 12_345_678_901n);
    expect((await held()).every((amount) => amount === 0n)).toBe(true);
    for (const id of fund.ids) {
      const args = [world.platform.router, fund.index] as const;
      const of = { address: addressOf(world, id), abi: devTokenAbi, functionName: 'allowance', args } as const;
      expect(await world.client.readContract(of)).toBe(0n);
    }
  });

  it('keeps to the minimum and the deadline, and mints to whom it is told', async () => {
    const { minted } = await buy(world.who.alice, 1_000n * USD, {
      to: world.who.bob,
      deadline: (await now(world.client)) + 1n,
    });
    expect(await sharesOf(world, fund, world.who.bob)).toBe(minted);
    await expect(buy(world.who.alice, 1_000n * USD, { minShares: shares(1_000n) })).rejects.toThrow('NotEnough');
    const deadline = (await now(world.client)) - 1n;
    await expect(buy(world.who.alice, 1_000n * USD, { deadline })).rejects.toThrow(`Expired(${deadline}`);
  });

  it('wants one pool a leg, and one that is deep enough', async () => {
    await expect(buy(world.who.alice, USD, { pools: pools.slice(1) })).rejects.toThrow('LengthMismatch(2, 3)');
    await expect(buy(world.who.alice, 100_000_000n * USD)).rejects.toThrow('PoolTooSmall');
  });

  it('is stopped with every mint by the watchman', async () => {
    const { watchman } = world.who;
    await send(world.client, { from: watchman, to: fund.index, abi: indexAbi, functionName: 'stop' });
    await expect(buy(world.who.alice, USD * 100n)).rejects.toThrow('MintsStopped');
  });
});

describe('redeeming to USDC (docs/rules.md 1)', () => {
  beforeAll(async () => {
    await mint(world, fund, world.who.alice, shares(2_000n));
  });

  it('sells every leg and pays the owner, nothing stays', async () => {
    const before = await balanceOf(world, 'usdc', world.who.alice);
    const { received, setAside } = await sell(world.who.alice, shares(1_000n));
    expect((await balanceOf(world, 'usdc', world.who.alice)) - before).toBe(received);
    expect(setAside).toBe(0n);
    // 50 bp of the index, 30 bp of the pools on 80 %
    expect(Number(received) / 1e9).toBeLessThan(0.995 * 0.9976);
    expect(Number(received) / 1e9).toBeGreaterThan(0.992);
    expect((await held()).every((amount) => amount === 0n)).toBe(true);
  });

  it('keeps to the minimum and the deadline', async () => {
    await expect(sell(world.who.alice, shares(1_000n), { minBase: 1_000n * USD })).rejects.toThrow('TooLittle');
    const deadline = (await now(world.client)) - 1n;
    await expect(sell(world.who.alice, shares(1n), { deadline })).rejects.toThrow('Expired');
    await expect(sell(world.who.alice, shares(1n), { pools: [] })).rejects.toThrow('LengthMismatch(0, 3)');
  });

  it('a leg that was set aside comes as a claim to the receiver', async () => {
    const heal = await breakToken(world, 'link', BROKEN.reverts);
    const { setAside } = await sell(world.who.alice, shares(1_000n), { to: world.who.bob });
    await heal();
    expect(setAside).toBe(1n << BigInt(fund.ids.indexOf('link')));
    const call = { address: world.platform.vault, abi: vaultAbi, functionName: 'balanceOf' } as const;
    const claimOf = (owner: Address) =>
      world.client.readContract({ ...call, args: [owner, BigInt(addressOf(world, 'link'))] });
    expect(Number(await claimOf(world.who.bob)) / 1e18).toBeCloseTo(49.75, 5);
    expect(await claimOf(world.platform.router)).toBe(0n);
    expect((await held()).every((amount) => amount === 0n)).toBe(true);
  });
});

describe('router leftovers paid to the next caller (docs/rules.md 15)', () => {
  it('gifts to the router stay there: the next one gets its own', async () => {
    await mint(world, fund, world.who.alice, shares(2_000n));
    const id = await world.client.snapshot();
    const fair = [await buy(world.who.alice, 1_000n * USD), await sell(world.who.alice, shares(1_000n))] as const;
    await world.client.revert({ id });
    for (const gift of fund.ids) await give(gift, amountOf(world, gift, '1000'));
    // a claim, too
    const heal = await breakToken(world, 'link', BROKEN.reverts);
    const { amounts } = await redeem(world, fund, world.who.manager, shares(10n));
    await heal();
    const claim = byId(fund.ids, amounts).link ?? 0n;
    const args = [world.platform.router, BigInt(addressOf(world, 'link')), claim];
    await send(world.client, {
      ...{ from: world.who.manager, to: world.platform.vault, abi: vaultAbi, functionName: 'transfer', args },
    });
    const before = await held();
    const [bought, sold] = [await buy(world.who.alice, 1_000n * USD), await sell(world.who.alice, shares(1_000n))];
    expect(await held()).toEqual(before);
    // but for the management fee of the seconds between
    expect(Number(bought.minted) / Number(fair[0].minted)).toBeCloseTo(1, 6);
    expect(Number(sold.received) / Number(fair[1].received)).toBeCloseTo(1, 6);
    const owned = { address: world.platform.vault, abi: vaultAbi, functionName: 'balanceOf' } as const;
    const left = [world.platform.router, BigInt(addressOf(world, 'link'))] as const;
    expect(await world.client.readContract({ ...owned, args: left })).toBe(claim);
  });

  it('a cost can be asked before', async () => {
    const cost = await world.client.readContract({
      ...{
        address: world.platform.router,
        abi: routerAbi,
        functionName: 'costOf',
        args: [fund.index, shares(100n), pools],
      },
    });
    expect(Number(cost) / 1e6).toBeGreaterThan(100);
    expect(Number(cost) / 1e6).toBeLessThan(100.4);
  });
});
