import { deployFeeds, deployTokens, devTokenAbi, type TokenSpec } from '@wicker/devnet';
import { assetListAbi, authorityAbi, priceFeedAbi } from '@wicker/sdk';
import { type Address, parseUnits } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breakToken, LIAR, setBalance } from './support/broken.ts';
import { DAY, dataOf, first, HOUR, isolate, pass, send } from './support/chain.ts';
import { createFund, type Fund, mint, redeem, setWeights, shares } from './support/funds.ts';
import { open, type RoundDone, round, roundAt } from './support/rounds.ts';
import { addressOf, openWorld, refreshFeeds, type World } from './support/world.ts';

const PROBE = 1_000_000n;
const WORDS = 'a plain ERC-20: it does not rebase';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.chain.stop());
isolate(() => world.client);

const list = (functionName: string, ...args: readonly unknown[]) =>
  send(world.client, {
    ...{ from: world.who.lister, to: world.platform.assetList, abi: assetListAbi, functionName, args },
  });
const isListed = (asset: Address): Promise<boolean> =>
  world.client.readContract({
    ...{ address: world.platform.assetList, abi: assetListAbi, functionName: 'isListed', args: [asset] },
  });
const transact = (from: Address, token: Address, functionName: string, ...args: readonly unknown[]) =>
  send(world.client, { from, to: token, abi: devTokenAbi, functionName, args });

/** A token that nobody has listed; the lister owns some of it and has approved the list. */
const newToken = async (spec: Partial<TokenSpec> = {}): Promise<Address> => {
  const { client, who, platform } = world;
  const [token] = await deployTokens(client, [{ id: 'new', name: 'New', symbol: 'NEW', decimals: 18, ...spec }]);
  const { address } = first([token].flatMap((found) => found ?? []));
  await transact(who.lister, address, 'mint', who.lister, 10n * PROBE);
  await transact(who.lister, address, 'approve', platform.assetList, 10n * PROBE);
  return address;
};
/** Gives a token a feed {USD}, as the admin, after its seven days. */
const addFeed = async (asset: Address, usd: string): Promise<void> => {
  const answer = parseUnits(usd, 8);
  const spec = { id: 'new', description: 'NEW / USD', answer, heartbeat: 30n * DAY, deviationBps: 50n };
  const { proxy } = first(await deployFeeds(world.client, [spec]));
  const args = [asset, [{ feed: proxy, heartbeat: Number(30n * DAY), qBps: 50 }]];
  const { priceFeed: to, authority } = world.platform;
  const call = { from: world.who.admin, to, abi: priceFeedAbi, functionName: 'addFeed', args };
  await send(world.client, {
    ...{ from: world.who.admin, to: authority, abi: authorityAbi, functionName: 'schedule' },
    args: [to, dataOf(call), 0],
  });
  await pass(world.client, 7n * DAY);
  await refreshFeeds(world);
  await send(world.client, call);
};
/** Brings a token to where only the second call is missing. */
const proposed = async (spec: Partial<TokenSpec>, usd: string): Promise<Address> => {
  const asset = await newToken(spec);
  await addFeed(asset, usd);
  await list('propose', asset, PROBE);
  await pass(world.client, DAY);
  await refreshFeeds(world);
  return asset;
};
const tokenBalance = (token: Address, owner: Address): Promise<bigint> =>
  world.client.readContract({ address: token, abi: devTokenAbi, functionName: 'balanceOf', args: [owner] });

describe('listing an asset (docs/rules.md 2)', () => {
  it('takes two calls at least 24 h apart, and gives the probe back', async () => {
    const asset = await newToken();
    await addFeed(asset, '5');
    await list('propose', asset, PROBE);
    expect(await tokenBalance(asset, world.platform.assetList)).toBe(PROBE);
    await pass(world.client, DAY - 2n);
    await expect(list('confirm', asset, WORDS)).rejects.toThrow('TooSoon');
    expect(await isListed(asset)).toBe(false);
    await refreshFeeds(world);
    await list('confirm', asset, WORDS);
    expect(await isListed(asset)).toBe(true);
    expect(await tokenBalance(asset, world.who.lister)).toBe(10n * PROBE);
    await expect(list('propose', asset, PROBE)).rejects.toThrow(`AlreadyListed(${asset})`);
  });

  it('wants a first call, and an attestation in words', async () => {
    const asset = await newToken();
    await expect(list('confirm', asset, WORDS)).rejects.toThrow(`NoProbe(${asset})`);
    const other = await proposed({}, '5');
    await expect(list('confirm', other, '')).rejects.toThrow('AttestationMissing()');
  });

  it('refuses a balance that moved in between: a rebase, or a gift, after which one proposes again', async () => {
    const asset = await proposed({}, '5');
    await transact(world.who.lister, asset, 'transfer', world.platform.assetList, 1n);
    await expect(list('confirm', asset, WORDS)).rejects.toThrow(`BalanceMoved(${asset}, ${PROBE}, ${PROBE + 1n})`);
    await list('propose', asset, PROBE);
    // the first probe came back, the gift stays
    expect(await tokenBalance(asset, world.who.lister)).toBe(9n * PROBE - 1n);
    await pass(world.client, DAY);
    await refreshFeeds(world);
    await list('confirm', asset, WORDS);
    expect(await tokenBalance(asset, world.who.lister)).toBe(10n * PROBE - 1n);
  });

  it('refuses a transfer tax: what arrives is measured', async () => {
    // takes everything: it moves nothing and says that it did
    await list('delist', addressOf(world, 'snx'));
    await breakToken(world, 'snx', LIAR);
    await expect(list('propose', addressOf(world, 'snx'), PROBE)).rejects.toThrow(
      `TransferTax(${addressOf(world, 'snx')}, ${PROBE}, 0)`,
    );
  });

  it('refuses more than 27 decimals', async () => {
    const asset = await newToken({ decimals: 28 });
    await expect(addFeed(asset, '5')).rejects.toThrow('BadDecimals');
    await list('propose', asset, PROBE);
    await pass(world.client, DAY);
    await expect(list('confirm', asset, WORDS)).rejects.toThrow(`TooManyDecimals(${asset}, 28)`);
    const most = await proposed({ decimals: 27 }, '5');
    await list('confirm', most, WORDS);
  });

  it('refuses a total supply of 2^112', async () => {
    const asset = await proposed({}, '5');
    await transact(world.who.bob, asset, 'mint', world.who.bob, 2n ** 112n - 10n * PROBE);
    await expect(list('confirm', asset, WORDS)).rejects.toThrow(`SupplyTooLarge(${asset}, ${2n ** 112n})`);
    const below = await proposed({}, '5');
    await transact(world.who.bob, below, 'mint', world.who.bob, 2n ** 112n - 10n * PROBE - 1n);
    await list('confirm', below, WORDS);
  });

  it('refuses a smallest unit worth more than 0.001 USD', async () => {
    const asset = await proposed({ decimals: 0 }, '0.00100001');
    await expect(list('confirm', asset, WORDS)).rejects.toThrow('PriceOutOfRange');
    const exactly = await proposed({ decimals: 0 }, '0.001');
    await list('confirm', exactly, WORDS);
  });

  it('refuses a price without precision: below 2^40 it is no price at all', async () => {
    const asset = await newToken({ decimals: 27 });
    await expect(addFeed(asset, '0.00000001')).rejects.toThrow(`NotLive(${asset}, 0)`);
    await list('propose', asset, PROBE);
    await pass(world.client, DAY);
    await expect(list('confirm', asset, WORDS)).rejects.toThrow(`UnknownAsset(${asset})`);
  });
});

describe('a delisted asset (docs/rules.md 6)', () => {
  const LATE = 11n * HOUR;
  let fund: Fund;
  beforeAll(async () => {
    // NAV 100 000 USDC
    fund = await createFund(world, { link: ['50', '5000'], weth: ['30', '15'], usdc: ['20', '20000'] });
  });

  /** {USD} paid for one LINK `days` after its delisting */
  const priceAfter = async (days: bigint): Promise<number> => {
    await list('delist', addressOf(world, 'link'));
    await pass(world.client, days * DAY);
    await refreshFeeds(world);
    const epoch = await open(world, [fund]);
    const { traded } = await roundAt(world, epoch, LATE, [fund], { trades: [{ sell: 'link', buy: 'usdc' }] });
    const { given, received } = first(traded);
    return Number((received * 10n ** 18n) / given) / 1e6;
  };

  it.each([
    [0n, 9.9],
    [2n, 9.755],
    [10n, 8.955],
    [29n, 7.055],
    [90n, 7],
  ])('sells on a clock that widens by 100 bp a day to 3 000 bp: %s days and 11 h -> %s', async (days, price) => {
    expect(await priceAfter(days)).toBeCloseTo(price, 3);
  });

  it('has no target any more, and the others share the whole in proportion', async () => {
    await list('delist', addressOf(world, 'link'));
    const epoch = await open(world, [fund]);
    const sell = (buy: string) => ({ sell: 'link', buy });
    const done: RoundDone = await roundAt(world, epoch, 24n * 60n, [fund], { trades: [sell('weth'), sell('usdc')] });
    // 60 000 of WETH and 40 000 USDC
    expect(Number(done.delta(fund, 'weth')) / 1e18).toBeCloseTo(15, 6);
    expect(Number(done.delta(fund, 'usdc')) / 1e6).toBeCloseTo(20_000, 3);
  });

  it('in the middle of an epoch: it is not bought any more, and is sold whole', async () => {
    const short = await createFund(world, { link: ['50', '2000'], usdc: ['50', '30000'] });
    const epoch = await open(world, [short]);
    await list('delist', addressOf(world, 'link'));
    const bought = { trades: [{ sell: 'usdc', buy: 'link' }] };
    await expect(roundAt(world, epoch, HOUR, [short], bought)).rejects.toThrow('NothingExecuted()');
    const { delta } = await round(world, epoch, [short], { trades: [{ sell: 'link', buy: 'usdc' }] });
    // at 1 % below the anchor 30 bp of 50 000 pay for 1 500 LINK
    expect(Number(-delta(short, 'link')) / 1e18).toBeCloseTo(1_500, 2);
  });

  it('can always be taken in kind, and be minted with', async () => {
    await list('delist', addressOf(world, 'link'));
    await mint(world, fund, world.who.alice, shares(100n));
    const { amounts, setAside } = await redeem(world, fund, world.who.alice, shares(100n));
    expect(setAside).toBe(0n);
    expect(Number(amounts[fund.ids.indexOf('link')]) / 1e18).toBeCloseTo(5, 6);
  });

  it('may not be aimed at, and may be listed anew', async () => {
    await list('delist', addressOf(world, 'link'));
    const aims = { link: '50', weth: '30', usdc: '20' };
    await expect(setWeights(world, fund, aims)).rejects.toThrow(`NotListed(${addressOf(world, 'link')})`);
    await expect(list('delist', addressOf(world, 'link'))).rejects.toThrow('NotListed');
    await setBalance(world, 'link', world.who.lister, PROBE);
    await transact(world.who.lister, addressOf(world, 'link'), 'approve', world.platform.assetList, PROBE);
    await list('propose', addressOf(world, 'link'), PROBE);
    await pass(world.client, DAY);
    await refreshFeeds(world);
    await list('confirm', addressOf(world, 'link'), WORDS);
    await setWeights(world, fund, aims);
  });
});
