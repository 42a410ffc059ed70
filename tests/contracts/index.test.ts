import { CHAIN_ID } from '@wicker/devnet';
import { indexAbi, indexFactoryAbi } from '@wicker/sdk';
import { maxUint256, parseEventLogs, parseSignature } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, first, isolate, pass, send } from './support/chain.ts';
import {
  amounts,
  createCall,
  createFund,
  creationOf,
  holdings,
  type Legs,
  mint,
  shares,
  sharesOf,
  totalSupply,
} from './support/funds.ts';
import { addressOf, ONE, openWorld, refreshFeeds, USD, type World } from './support/world.ts';

const DEAD = '0x000000000000000000000000000000000000dEaD';
/** 600 USD of LINK and 400 of WETH */
const LEGS: Legs = { link: ['60', '60'], weth: ['40', '0.2'] };

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.chain.stop());
isolate(() => world.client);

const creation = (legs: Legs) => creationOf(world, legs);
const create = (call: ReturnType<typeof creationOf>) => send(world.client, createCall(world, call));

describe('creating an index (docs/rules.md 1)', () => {
  it('mints one share per USDC of the deposit and locks one whole share for ever', async () => {
    const fund = await createFund(world, LEGS);
    const { logs } = fund.receipt;
    const created = first(parseEventLogs({ abi: indexFactoryAbi, logs, eventName: 'IndexCreated' })).args;
    // both prices are floored to UQ112, so each leg falls short by less than one smallest unit, floored again
    expect(created.value).toBe(1_000n * USD - 2n);
    expect(created.shares).toBe(created.value * 10n ** 12n);
    expect(await sharesOf(world, fund, DEAD)).toBe(ONE);
    expect(await sharesOf(world, fund, world.who.manager)).toBe(created.shares - ONE);
    expect(await totalSupply(world, fund)).toBe(created.shares);
    expect(created).toMatchObject({ creator: world.who.manager, family: world.platform.managed });
  });

  it('holds what was deposited, less the rounding of a unit', async () => {
    const held = await holdings(world, await createFund(world, LEGS));
    const given = amounts(world, { link: '60', weth: '0.2' });
    for (const id of ['link', 'weth']) {
      expect(held[id]).toBeLessThanOrEqual(given[id] ?? 0n);
      expect(held[id]).toBeGreaterThanOrEqual((given[id] ?? 0n) - 1n);
    }
  });

  it('wants at least 100 USDC', async () => {
    const call = creation({ usdc: ['50', '50'], weth: ['50', '0.025'] });
    // one smallest unit of WETH is what the floor of its price takes from 50 USD
    const enough = call.assets.map((asset, i) => (call.amounts[i] ?? 0n) + (asset === world.platform.base ? 0n : 1n));
    await expect(create(call)).rejects.toThrow('DepositTooSmall(99999999, 100000000)');
    await create({ ...call, amounts: enough });
  });

  it('refuses an asset that is not listed, by name', async () => {
    const call = creation(LEGS);
    const stranger = world.platform.vault;
    await expect(create({ ...call, assets: [stranger, ...call.assets.slice(1)] })).rejects.toThrow(
      `NotListed(${stranger})`,
    );
  });

  it('refuses assets that descend or repeat: duplicates never over-issue', async () => {
    const call = creation(LEGS);
    await expect(create({ ...call, assets: [...call.assets].reverse() })).rejects.toThrow('LegsNotAscending');
    const twice = [first(call.assets), first(call.assets)];
    await expect(create({ ...call, assets: twice })).rejects.toThrow('LegsNotAscending');
  });

  it('wants weights above 0 that sum to exactly 1', async () => {
    const call = creation(LEGS);
    const off = [first(call.weights) - 1n, ...call.weights.slice(1)];
    await expect(create({ ...call, weights: off })).rejects.toThrow(`BadWeightSum(${ONE - 1n})`);
    await expect(create({ ...call, weights: [0n, ONE] })).rejects.toThrow(`BadWeight(${call.assets[0]}, 0)`);
  });

  it('wants two assets, none with 100 %', async () => {
    const alone = creation({ link: ['100', '100'] });
    await expect(create(alone)).rejects.toThrow('BadLegCount(1)');
    const call = creation(LEGS);
    await expect(create({ ...call, weights: [ONE, 0n] })).rejects.toThrow(`BadWeight(${call.assets[0]}, ${ONE})`);
  });

  it('refuses a leg that would have a unit of 0', async () => {
    const call = creation({ link: ['50', '0'], weth: ['50', '1'] });
    await expect(create(call)).rejects.toThrow(`UnitIsZero(${addressOf(world, 'link')})`);
  });

  it('refuses lists of different lengths and a family that is not allowed', async () => {
    const call = creation(LEGS);
    await expect(create({ ...call, weights: [ONE] })).rejects.toThrow('LengthMismatch(2, 1)');
    await expect(create({ ...call, family: world.who.manager })).rejects.toThrow('UnknownFamily');
  });

  it('takes at most 16 recipients of fees, whose parts sum to 10 000', async () => {
    const call = creation(LEGS);
    const parts = Array.from({ length: 16 }, () => ({ recipient: world.who.bob, bps: 416 }));
    await expect(create({ ...call, parts })).rejects.toThrow('TooManyParts(17)');
    const half = [{ recipient: world.who.bob, bps: 5_000 }];
    await expect(create({ ...call, parts: half })).rejects.toThrow('BadSplit(8333)');
  });

  it('needs live prices: neither a frozen nor a dead one will do', async () => {
    await pass(world.client, DAY + DAY / 2n);
    await refreshFeeds(world, ['link']);
    const link = addressOf(world, 'link');
    await expect(create(creation(LEGS))).rejects.toThrow(`PriceNotLive(${link}, 2)`);
    await pass(world.client, DAY);
    await refreshFeeds(world, ['link']);
    await expect(create(creation(LEGS))).rejects.toThrow(`PriceNotLive(${link}, 0)`);
  });
});

describe('the contracts of an index stand alone (docs/rules.md 15)', () => {
  const setUp = (to: `0x${string}`, from: `0x${string}`) => {
    const { name, symbol, manager, fees } = creation(LEGS);
    const parts = [{ recipient: manager, bps: 10_000 }];
    return send(world.client, {
      ...{ from, to, abi: indexAbi, functionName: 'initialize', args: [name, symbol, manager, fees, parts] },
    });
  };

  it('initialise called twice: refused, also for the factory', async () => {
    const { index } = await createFund(world, LEGS);
    const { factory } = world.platform;
    await expect(setUp(index, world.who.alice)).rejects.toThrow(`NotFactory(${world.who.alice})`);
    await world.client.impersonateAccount({ address: factory });
    await world.client.setBalance({ address: factory, value: ONE });
    await expect(setUp(index, factory)).rejects.toThrow('AlreadyInitialized()');
    const again = { from: factory, to: index, abi: indexAbi, functionName: 'mintFirst', args: [factory, shares(1n)] };
    await expect(send(world.client, again)).rejects.toThrow('AlreadyInitialized()');
  });

  it('implementation left open: it is locked from its first block', async () => {
    const { factory } = world.platform;
    const implementation = await world.client.readContract({
      ...{ address: factory, abi: indexFactoryAbi, functionName: 'IMPLEMENTATION' },
    });
    await expect(setUp(implementation, world.who.alice)).rejects.toThrow('NotFactory');
    await world.client.impersonateAccount({ address: factory });
    await world.client.setBalance({ address: factory, value: ONE });
    await expect(setUp(implementation, factory)).rejects.toThrow('AlreadyInitialized()');
  });

  it('a manager role that can move shares: the manager has no more right over them than anybody', async () => {
    const fund = await createFund(world, LEGS);
    await mint(world, fund, world.who.alice, shares(10n));
    const args = [world.who.alice, world.who.manager, 1n];
    await expect(
      send(world.client, {
        ...{ from: world.who.manager, to: fund.index, abi: indexAbi, functionName: 'transferFrom', args },
      }),
    ).rejects.toThrow('InsufficientAllowance()');
  });

  it('only the vault lets an index or the factory pull tokens', async () => {
    const { index } = await createFund(world, LEGS);
    const args = [world.who.alice, [addressOf(world, 'link')], [ONE]];
    for (const to of [index, world.platform.factory]) {
      await expect(
        send(world.client, { from: world.who.bob, to, abi: indexAbi, functionName: 'pull', args }),
      ).rejects.toThrow(`NotVault(${world.who.bob})`);
    }
  });
});

describe('permit (EIP-2612)', () => {
  it('gives an allowance by signature, once', async () => {
    const fund = await createFund(world, LEGS);
    const [owner, spender] = [world.who.manager, world.who.bob];
    const uint = { type: 'uint256' } as const;
    const address = { type: 'address' } as const;
    const signature = await world.client.signTypedData({
      account: owner,
      domain: { name: 'Test index', version: '1', chainId: CHAIN_ID, verifyingContract: fund.index },
      types: {
        Permit: [
          { name: 'owner', ...address },
          { name: 'spender', ...address },
          { name: 'value', ...uint },
          { name: 'nonce', ...uint },
          { name: 'deadline', ...uint },
        ],
      },
      primaryType: 'Permit',
      message: { owner, spender, value: ONE, nonce: 0n, deadline: maxUint256 },
    });
    const { r, s, yParity } = parseSignature(signature);
    const args = [owner, spender, ONE, maxUint256, 27 + yParity, r, s];
    const permit = { from: spender, to: fund.index, abi: indexAbi, functionName: 'permit', args };
    await send(world.client, permit);
    const call = { from: spender, to: fund.index, abi: indexAbi, functionName: 'transferFrom' };
    await send(world.client, { ...call, args: [owner, spender, ONE] });
    expect(await sharesOf(world, fund, spender)).toBe(ONE);
    await expect(send(world.client, permit)).rejects.toThrow('InvalidPermit()');
  });
});
