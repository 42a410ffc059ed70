import {
  assetListAbi,
  authorityAbi,
  indexAbi,
  indexFactoryAbi,
  priceFeedAbi,
  rebalancerAbi,
  vaultAbi,
} from '@wicker/sdk';
import { type Abi, type Address, type Hex, toFunctionSelector } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, DAY, dataOf, isolate, now, pass, send } from './support/chain.ts';
import { createFund, type Fund, mint, PDI, redeem, shares, totalSupply } from './support/funds.ts';
import { addressOf, ONE, openWorld, refreshFeeds, type World } from './support/world.ts';

const WEEK = 7n * DAY;
const ZERO = '0x0000000000000000000000000000000000000000';

let world: World;
let fund: Fund;
beforeAll(async () => {
  world = await openWorld();
  fund = await createFund(world, { link: ['60', '600'], weth: ['40', '2'] }, PDI);
});
afterAll(() => world.chain.stop());
isolate(() => world.client);

type Restricted = readonly [signature: string, contract: keyof World['platform'], abi: Abi, args: readonly unknown[]];

/** Whoever could do these at once could take everything. */
const DANGEROUS: readonly Restricted[] = [
  ['setRebalancer(address)', 'vault', vaultAbi, [ZERO]],
  ['setFactory(address,bool)', 'vault', vaultAbi, [ZERO, true]],
  ['setFamily(address,bool)', 'factory', indexFactoryAbi, [ZERO, true]],
  ['setPool(address,bool)', 'rebalancer', rebalancerAbi, [ZERO, true]],
  ['replaceFeed(address,(address,uint32,uint16)[])', 'priceFeed', priceFeedAbi, [ZERO, []]],
  ['addFeed(address,(address,uint32,uint16)[])', 'priceFeed', priceFeedAbi, [ZERO, []]],
  ['proposeFeed(address,(address,uint32,uint16)[])', 'priceFeed', priceFeedAbi, [ZERO, []]],
  ['grantRole(uint64,address,uint32)', 'authority', authorityAbi, [1n, ZERO, 0]],
  ['setTargetFunctionRole(address,bytes4[],uint64)', 'authority', authorityAbi, [ZERO, [], 1n]],
  ['updateAuthority(address,address)', 'authority', authorityAbi, [ZERO, ZERO]],
  ['setTargetAdminDelay(address,uint32)', 'authority', authorityAbi, [ZERO, 0]],
];

const canCall = (caller: Address, contract: keyof World['platform'], selector: Hex) =>
  world.client.readContract({
    ...{ address: world.platform.authority, abi: authorityAbi, functionName: 'canCall' },
    args: [caller, world.platform[contract], selector],
  });
const authority = (from: Address, functionName: string, ...args: readonly unknown[]) =>
  send(world.client, { from, to: world.platform.authority, abi: authorityAbi, functionName, args });
const index = (from: Address, functionName: string, ...args: readonly unknown[]) =>
  send(world.client, { from, to: fund.index, abi: indexAbi, functionName, args });
/** {share} the fee of redeeming 100 shares */
const redeemFee = async (): Promise<bigint> => (await redeem(world, fund, world.who.manager, shares(100n))).fee;

/** The call that names another rebalancer. */
const replacement = () => ({
  ...{ from: world.who.admin, to: world.platform.vault, abi: vaultAbi, functionName: 'setRebalancer' },
  args: [world.who.bob],
});

describe('nobody can replace what decides over holdings at once (docs/rules.md, roles and delays)', () => {
  it.each(DANGEROUS)('%s', async (signature, contract, abi, args) => {
    const selector = toFunctionSelector(signature);
    for (const who of Object.values(world.who)) {
      const [immediate] = contract === 'authority' ? [false] : await canCall(who, contract, selector);
      expect(immediate).toBe(false);
      const functionName = signature.slice(0, signature.indexOf('('));
      const call = { from: who, to: world.platform[contract], abi, functionName, args };
      await expect(send(world.client, call)).rejects.toThrow(/^AccessManage/);
    }
  });

  it('the admin waits seven days, then acts', async () => {
    const call = replacement();
    await expect(send(world.client, call)).rejects.toThrow('AccessManagerNotScheduled');
    await authority(world.who.admin, 'schedule', call.to, dataOf(call), 0);
    const from = (await now(world.client)) + WEEK;
    await at(world.client, from - 1n);
    await expect(send(world.client, call)).rejects.toThrow('AccessManagerNotReady');
    await at(world.client, from);
    await send(world.client, call);
    const of = { address: world.platform.vault, abi: vaultAbi, functionName: 'rebalancer' } as const;
    expect(await world.client.readContract(of)).toBe(world.who.bob);
  });

  it('a feed swapped silently: replacing one takes seven days and says so', async () => {
    const feed = world.market.feeds.find(({ id }) => id === 'snx');
    const path = [{ feed: feed?.proxy, heartbeat: 86_400, qBps: 50 }];
    const call = {
      ...{ from: world.who.admin, to: world.platform.priceFeed, abi: priceFeedAbi, functionName: 'replaceFeed' },
      args: [addressOf(world, 'link'), path],
    };
    await expect(send(world.client, { ...call, from: world.who.lister })).rejects.toThrow('AccessManagedUnauthorized');
    await expect(send(world.client, call)).rejects.toThrow('AccessManagerNotScheduled');
    await authority(world.who.admin, 'schedule', call.to, dataOf(call), 0);
    await pass(world.client, WEEK);
    await refreshFeeds(world);
    // LINK at 10, SNX at 2.50: further away than 2 %
    await expect(send(world.client, call)).rejects.toThrow('TooFarFromOld');
  });

  it('the other roles have their own functions at once, and no more', async () => {
    const list = world.platform.assetList;
    const own: readonly (readonly [Address, keyof World['platform'], string])[] = [
      [world.who.lister, 'assetList', 'propose(address,uint256)'],
      [world.who.lister, 'assetList', 'confirm(address,string)'],
      [world.who.lister, 'assetList', 'delist(address)'],
      [world.who.lister, 'vault', 'setPayoutGas(address,uint256)'],
      [world.who.admin, 'factory', 'setPlatform((address,uint16))'],
    ];
    for (const [who, contract, signature] of own) {
      expect(await canCall(who, contract, toFunctionSelector(signature))).toEqual([true, 0]);
      expect(await canCall(world.who.bob, contract, toFunctionSelector(signature))).toEqual([false, 0]);
    }
    const call = { from: world.who.watchman, to: list, abi: assetListAbi, functionName: 'delist' };
    await expect(send(world.client, { ...call, args: [addressOf(world, 'link')] })).rejects.toThrow(
      `AccessManagedUnauthorized(${world.who.watchman})`,
    );
  });

  it('payout gas stays within its bounds', async () => {
    const set = (gas: bigint) =>
      send(world.client, {
        ...{ from: world.who.lister, to: world.platform.vault, abi: vaultAbi, functionName: 'setPayoutGas' },
        args: [addressOf(world, 'link'), gas],
      });
    await set(2_000_000n);
    await set(300_000n);
    await expect(set(299_999n)).rejects.toThrow('BadPayoutGas');
    await expect(set(2_000_001n)).rejects.toThrow('BadPayoutGas');
  });
});

describe('redeeming is free (docs/rules.md 3)', () => {
  it('while a change that could take everything is pending, until it is done', async () => {
    expect(await redeemFee()).toBe(ONE / 2n);
    const call = replacement();
    await authority(world.who.admin, 'schedule', call.to, dataOf(call), 0);
    expect(await redeemFee()).toBe(0n);
    await pass(world.client, WEEK);
    await send(world.client, call);
    expect(await redeemFee()).toBe(ONE / 2n);
  });

  it('or until the watchman has cancelled it', async () => {
    const call = replacement();
    await authority(world.who.admin, 'schedule', call.to, dataOf(call), 0);
    const args = [world.who.admin, call.to, dataOf(call)];
    await expect(authority(world.who.bob, 'cancel', ...args)).rejects.toThrow('AccessManagerUnauthorizedCancel');
    await authority(world.who.watchman, 'cancel', ...args);
    expect(await redeemFee()).toBe(ONE / 2n);
    await pass(world.client, WEEK);
    await expect(send(world.client, call)).rejects.toThrow('AccessManagerNotScheduled');
  });

  it('no outsider can make it so', async () => {
    const call = replacement();
    await expect(authority(world.who.bob, 'schedule', call.to, dataOf(call), 0)).rejects.toThrow('Unauthorized');
    expect(await redeemFee()).toBe(ONE / 2n);
  });

  it('while mints are stopped: for 7 days, and not again within 30', async () => {
    const { watchman } = world.who;
    await expect(index(world.who.admin, 'stop')).rejects.toThrow(`NotWatchman(${world.who.admin})`);
    await index(watchman, 'stop');
    const stopped = await now(world.client);
    expect(await redeemFee()).toBe(0n);
    await expect(mint(world, fund, world.who.alice, ONE)).rejects.toThrow(`MintsStopped(${stopped + WEEK})`);
    await at(world.client, stopped + WEEK - 1n);
    await expect(mint(world, fund, world.who.alice, ONE)).rejects.toThrow('MintsStopped');
    await at(world.client, stopped + WEEK);
    await mint(world, fund, world.who.alice, ONE);
    expect(await redeemFee()).toBe(ONE / 2n);
    await at(world.client, stopped + 30n * DAY - 1n);
    await expect(index(watchman, 'stop')).rejects.toThrow(`StopTooSoon(${stopped + 30n * DAY})`);
    await at(world.client, stopped + 30n * DAY);
    await index(watchman, 'stop');
    expect(await redeemFee()).toBe(0n);
  });

  it('in sunset, for ever: no mints, no fees, no announcement', async () => {
    await expect(index(world.who.admin, 'sunset')).rejects.toThrow('NotManager');
    await index(world.who.manager, 'sunset');
    expect(await redeemFee()).toBe(0n);
    await expect(mint(world, fund, world.who.alice, ONE)).rejects.toThrow('InSunset()');
    await expect(index(world.who.manager, 'scheduleFees', PDI)).rejects.toThrow('InSunset()');
    const supply = await totalSupply(world, fund);
    await pass(world.client, 400n * DAY);
    expect(await totalSupply(world, fund)).toBe(supply);
    expect(await redeemFee()).toBe(0n);
  });

  it('and previewed so', async () => {
    const preview = {
      address: fund.index,
      abi: indexAbi,
      functionName: 'previewRedeem',
      args: [shares(100n)],
    } as const;
    const [, charged] = await world.client.readContract(preview);
    await index(world.who.watchman, 'stop');
    const [, free] = await world.client.readContract(preview);
    expect(Number(charged[0]) / Number(free[0])).toBeCloseTo(0.995, 6);
  });
});

describe('the manager of an index', () => {
  it('hands over in two steps', async () => {
    const { manager, bob } = world.who;
    await expect(index(bob, 'proposeManager', bob)).rejects.toThrow('NotManager');
    await index(manager, 'proposeManager', bob);
    await expect(index(manager, 'acceptManager')).rejects.toThrow('NotManager');
    await index(bob, 'acceptManager');
    await expect(index(manager, 'sunset')).rejects.toThrow(`NotManager(${manager})`);
    await index(bob, 'sunset');
  });
});
