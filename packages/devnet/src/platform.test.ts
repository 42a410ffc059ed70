import {
  assetListAbi,
  indexFactoryAbi,
  managedAbi,
  type PlatformAddresses,
  rebalancerAbi,
  vaultAbi,
} from '@wicker/sdk';
import { type Address, parseAbi } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Chain, startChain } from './chain.ts';
import { type Market, openMarket, toAnswer } from './market.ts';
import { deployPlatform, listAssets } from './platform.ts';
import { mintTokens } from './tokens.ts';

const DAY = 86_400n;
const WEEK = 7n * DAY;
const feed = { heartbeat: DAY, deviationBps: 50n };

const rolesAbi = parseAbi(['function hasRole(uint64 role, address account) view returns (bool member, uint32 delay)']);

describe('a deployed platform', () => {
  let chain: Chain;
  let market: Market;
  let platform: PlatformAddresses;
  let accounts: readonly Address[];

  beforeAll(async () => {
    chain = await startChain();
    accounts = await chain.client.getAddresses();
    market = await openMarket(chain.client, {
      base: { ...feed, id: 'usd-coin', name: 'USD Coin', symbol: 'USDC', decimals: 6, price: toAnswer(1) },
      assets: ['uniswap', 'aave'].map((id) => ({
        ...feed,
        id,
        name: id,
        symbol: id,
        decimals: 18,
        price: toAnswer(5),
      })),
      venues: ['uniswap-v2'],
      pools: ['uniswap', 'aave'].map((id) => ({ id, venue: 'uniswap-v2', depth: 1_000_000n * 10n ** 6n })),
    });
    const [deployer, admin, lister, fees, watchman, treasury] = accounts;
    if (!deployer || !admin || !lister || !fees || !watchman || !treasury) throw new Error('too few accounts');
    const roles = { deployer, admin, lister, fees, watchman, treasury };
    platform = await deployPlatform(chain.client, market, { ...roles, platformBps: 2_000 });
  });
  afterAll(() => chain.stop());

  it('has contracts that name each other', async () => {
    const { client } = chain;
    const { vault, rebalancer, factory, managed, assetList } = platform;
    const ofVault = { abi: vaultAbi, address: vault } as const;
    expect(await client.readContract({ ...ofVault, functionName: 'rebalancer' })).toBe(rebalancer);
    expect(await client.readContract({ ...ofVault, functionName: 'isFactory', args: [factory] })).toBe(true);
    const ofFactory = { abi: indexFactoryAbi, address: factory } as const;
    expect(await client.readContract({ ...ofFactory, functionName: 'VAULT' })).toBe(vault);
    expect(await client.readContract({ ...ofFactory, functionName: 'isFamily', args: [managed] })).toBe(true);
    expect(await client.readContract({ abi: managedAbi, address: managed, functionName: 'ASSETS' })).toBe(assetList);
    const ofRebalancer = { abi: rebalancerAbi, address: rebalancer } as const;
    expect(await client.readContract({ ...ofRebalancer, functionName: 'VAULT' })).toBe(vault);
    expect(await client.readContract({ ...ofRebalancer, functionName: 'BASE' })).toBe(market.base.address);
    for (const { pair } of market.pools) {
      const [listed] = await client.readContract({ ...ofRebalancer, functionName: 'poolState', args: [pair] });
      expect(listed).toBe(true);
    }
  });

  it('leaves the deployer without a right, and the admin with seven days of notice', async () => {
    const of = { abi: rolesAbi, address: platform.authority, functionName: 'hasRole' } as const;
    const [deployer, admin] = accounts;
    if (!deployer || !admin) throw new Error('too few accounts');
    for (const role of [0n, 1n, 2n, 3n]) {
      expect(await chain.client.readContract({ ...of, args: [role, deployer] })).toEqual([false, 0]);
    }
    expect(await chain.client.readContract({ ...of, args: [0n, admin] })).toEqual([true, Number(WEEK)]);
  });

  it('lists assets in two calls a day apart, and gives the probe back', async () => {
    const { client } = chain;
    const lister = accounts[2];
    if (!lister) throw new Error('too few accounts');
    const assets = market.tokens.map(({ address }) => address);
    const before = await client.getBlock();
    await listAssets(client, market, platform, lister, assets);
    const after = await client.getBlock();
    expect(after.timestamp - before.timestamp).toBeGreaterThanOrEqual(DAY);
    for (const asset of assets) {
      const of = { abi: assetListAbi, address: platform.assetList } as const;
      expect(await client.readContract({ ...of, functionName: 'isListed', args: [asset] })).toBe(true);
    }
  });

  it('refuses to list by anybody else', async () => {
    const [deployer] = accounts;
    const [token] = market.tokens;
    if (!deployer || !token) throw new Error('nothing to list');
    await mintTokens(chain.client, [{ token: token.address, to: deployer, amount: 1n }]);
    await expect(
      chain.client.simulateContract({
        ...{ abi: assetListAbi, address: platform.assetList, account: deployer },
        ...{ functionName: 'propose', args: [token.address, 1n] },
      }),
    ).rejects.toThrow(/AccessManagedUnauthorized/);
  });
});
