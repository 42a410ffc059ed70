import { epochOf, openingOf, quotesOf, rebalancerAbi } from '@wicker/sdk';
import { parseEventLogs } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, DAY, first, HOUR, isolate, MINUTE, pass, send } from './support/chain.ts';
import { createFund, type Fund, holdings, redeem, setWeights, shares } from './support/funds.ts';
import { open, openCall, round, roundAt } from './support/rounds.ts';
import { addressOf, openWorld, refreshFeeds, say, type World } from './support/world.ts';

let world: World;
let fund: Fund;
beforeAll(async () => {
  world = await openWorld();
  // NAV 100 000 USDC: 20 000 of LINK too many
  fund = await createFund(world, { link: ['30', '5000'], weth: ['30', '15'], usdc: ['40', '20000'] });
});
afterAll(() => world.chain.stop());
isolate(() => world.client);

const epoch = () => epochOf(world.client, { platform: world.platform, index: fund.index });
const sale = { trades: [{ sell: 'link', buy: 'usdc' }] };

describe('opening an epoch (docs/rules.md 6)', () => {
  it('is open to anyone, at once after a reweigh, and lasts 72 h then', async () => {
    const call = { ...(await openCall(world, [fund])), from: world.who.bob };
    await send(world.client, call);
    const { openedAt, until } = await epoch();
    expect(until - openedAt).toBe(72n * HOUR);
  });

  it('not twice in 24 h; new anchors in the 72 h of a reweigh leave it its time', async () => {
    const { openedAt } = await open(world, [fund]);
    await expect(open(world, [fund])).rejects.toThrow(`TooEarly(${fund.index}, ${openedAt + DAY})`);
    await at(world.client, openedAt + DAY - 10n);
    await refreshFeeds(world);
    await at(world.client, openedAt + DAY - 1n);
    await expect(open(world, [fund])).rejects.toThrow('TooEarly');
    await open(world, [fund]);
    expect(await epoch()).toMatchObject({ openedAt: openedAt + DAY, until: openedAt + 3n * DAY });
  });

  it('lasts 24 h when nothing was reweighed', async () => {
    const { openedAt } = await open(world, [fund]);
    await pass(world.client, 73n * HOUR);
    await refreshFeeds(world);
    const next = await open(world, [fund]);
    expect(next.openedAt).toBeGreaterThan(openedAt + 73n * HOUR);
    expect((await epoch()).until).toBe(next.openedAt + DAY);
  });

  it('a reweigh opens one at once again', async () => {
    await open(world, [fund]);
    await setWeights(world, fund, { link: '35', weth: '30', usdc: '35' });
    await open(world, [fund]);
    const { openedAt, until } = await epoch();
    expect(until - openedAt).toBe(72n * HOUR);
  });

  it('refuses an index in tolerance, unless it was reweighed: a drift of 50 bp is none', async () => {
    // half the sum of |holding - target|: 49.90 USDC of 10 000, and 52; rounded up to whole bp
    const calm = await createFund(world, { link: ['50', '504.99'], usdc: ['50', '4950.1'] });
    const off = await createFund(world, { link: ['50', '505.2'], usdc: ['50', '4948'] });
    await open(world, [calm, off]);
    await pass(world.client, 73n * HOUR);
    await refreshFeeds(world);
    await expect(open(world, [calm])).rejects.toThrow(`InTolerance(${calm.index}, 50)`);
    await open(world, [off]);
  });

  it('an index that may not enter keeps no other out', async () => {
    const small = await createFund(world, { link: ['50', '50'], usdc: ['50', '400'] });
    const { logs } = await send(world.client, await openCall(world, [fund, small]));
    const { indices } = first(parseEventLogs({ abi: rebalancerAbi, logs, eventName: 'Opened' })).args;
    expect(indices.map((index) => index.toLowerCase())).toEqual([fund.index.toLowerCase()]);
    const none = { ...(await openCall(world, [fund])), args: [[], []] };
    await expect(send(world.client, none)).rejects.toThrow('NoIndices()');
  });

  it('needs two live assets: with fewer there is nothing to trade', async () => {
    const pair = await createFund(world, { link: ['50', '600'], weth: ['50', '2'] });
    await pass(world.client, DAY + DAY / 5n);
    await refreshFeeds(world, ['weth']);
    await expect(open(world, [pair])).rejects.toThrow(`NothingTradable(${pair.index})`);
  });

  it('stores one anchor per asset, equal to the feed, for all indices of the opening', async () => {
    const other = await createFund(world, { link: ['50', '600'], weth: ['50', '2'] });
    await say(world, 'usdc', '1.0002');
    const { opening } = await open(world, [fund, other]);
    const { platform } = world;
    const { anchors } = await openingOf(world.client, { platform, opening });
    const quotes = await quotesOf(world.client, { platform, assets: anchors.map(({ asset }) => asset) });
    expect(anchors.map(({ price }) => price)).toEqual(quotes.map(({ price }) => price));
    expect(anchors.map(({ qBps }) => qBps)).toEqual(quotes.map(({ qBps }) => qBps));
    // 1 USDC buys 0.10002 LINK
    const link = first(anchors.filter(({ asset }) => asset === addressOf(world, 'link'))).price;
    const bought = ((10n ** 6n) << 112n) / link;
    expect(bought / 10n ** 3n).toBe(100_020_000_000_000n);
  });

  it('anchors stay while prices move', async () => {
    const { opening } = await open(world, [fund]);
    const before = await openingOf(world.client, { platform: world.platform, opening });
    await say(world, 'link', '11');
    await pass(world.client, HOUR);
    expect(await openingOf(world.client, { platform: world.platform, opening })).toEqual(before);
  });

  it('wants every asset of every index, ascending, and each index once', async () => {
    await expect(open(world, [fund], ['link', 'usdc'])).rejects.toThrow(`UnknownAsset(${addressOf(world, 'weth')})`);
    await expect(open(world, [fund, fund])).rejects.toThrow(`NotAscending(${fund.index}, ${fund.index})`);
    const call = await openCall(world, [fund]);
    const [indices, assets] = call.args as [readonly string[], readonly string[]];
    const reversed = { ...call, args: [indices, [...assets].reverse()] };
    await expect(send(world.client, reversed)).rejects.toThrow('NotAscending');
    const stranger = { ...call, args: [[world.who.bob], assets] };
    await expect(send(world.client, stranger)).rejects.toThrow(`UnknownIndex(${world.who.bob})`);
  });
});

describe('an index with a NAV under 1 000 USDC (docs/rules.md 1)', () => {
  it('is neither traded nor reweighed', async () => {
    const small = await createFund(world, { link: ['50', '60'], usdc: ['50', '399'] });
    await expect(open(world, [small])).rejects.toThrow(`TooSmall(${small.index}, 998999998)`);
    await expect(setWeights(world, small, { link: '40', usdc: '60' })).rejects.toThrow('TooSmall');
    const enough = await createFund(world, { link: ['50', '60.1'], usdc: ['50', '399.1'] });
    await open(world, [enough]);
    await setWeights(world, enough, { link: '40', usdc: '60' });
  });

  it('also in the middle of an epoch', async () => {
    const sinking = await createFund(world, { link: ['50', '70'], usdc: ['50', '400'] });
    const opened = await open(world, [sinking]);
    await redeem(world, sinking, world.who.manager, shares(200n));
    await expect(roundAt(world, opened, HOUR, [sinking], sale)).rejects.toThrow('NothingExecuted()');
  });
});

describe('a reweigh (docs/rules.md 6)', () => {
  it('ends the epoch: its orders were for other weights', async () => {
    const opened = await open(world, [fund]);
    await setWeights(world, fund, { link: '35', weth: '30', usdc: '35' });
    await expect(roundAt(world, opened, HOUR, [fund], sale)).rejects.toThrow('NothingExecuted()');
  });

  it("a mint, a redeem and time change no order's epoch", async () => {
    const opened = await open(world, [fund]);
    await redeem(world, fund, world.who.manager, shares(1_000n));
    await roundAt(world, opened, HOUR, [fund], sale);
    expect((await epoch()).opening).toBe(opened.opening);
  });
});

describe('a dead price freezes that asset alone (docs/rules.md 5)', () => {
  /** WETH's feed says 3 000, so that it holds more than its target, and nothing for `seconds` {s}; the others are fresh. */
  const silence = async (seconds: bigint): Promise<void> => {
    await say(world, 'weth', '3000');
    await pass(world.client, seconds);
    await refreshFeeds(world, ['weth']);
  };

  it('frozen: it counts at its last good price, keeps its units, and the others are rebalanced among themselves', async () => {
    await silence(DAY + DAY / 5n);
    const before = await holdings(world, fund);
    const opened = await open(world, [fund]);
    const { anchors } = await openingOf(world.client, { platform: world.platform, opening: opened.opening });
    const weth = first(anchors.filter(({ asset }) => asset === addressOf(world, 'weth')));
    expect(weth.live).toBe(false);
    expect(weth.price).toBeGreaterThan(0n);
    const done = await roundAt(world, opened, 24n * MINUTE, [fund], sale);
    // NAV 115 000, WETH at 45 000 included: the target of LINK is 34 500
    expect(Number(done.delta(fund, 'usdc')) / 1e6).toBeCloseTo(15_500, 3);
    expect((await holdings(world, fund)).weth).toBe(before.weth);
    const frozen = { trades: [{ sell: 'weth', buy: 'usdc' }] };
    await expect(round(world, opened, [fund], frozen)).rejects.toThrow('NothingExecuted()');
  });

  it('dead: it is left out of value and targets', async () => {
    await silence(3n * DAY);
    const before = await holdings(world, fund);
    const opened = await open(world, [fund]);
    const { anchors } = await openingOf(world.client, { platform: world.platform, opening: opened.opening });
    expect(first(anchors.filter(({ asset }) => asset === addressOf(world, 'weth'))).price).toBe(0n);
    const done = await roundAt(world, opened, 24n * MINUTE, [fund], sale);
    // 70 000 among LINK and USDC, 3 : 4: LINK 30 000, so 20 000 are sold
    expect(Number(done.delta(fund, 'usdc')) / 1e6).toBeCloseTo(20_000, 3);
    expect((await holdings(world, fund)).weth).toBe(before.weth);
  });

  it('dead in the middle of an epoch: its trades are skipped, those of the others go on', async () => {
    await setWeights(world, fund, { link: '30', weth: '20', usdc: '50' });
    const opened = await open(world, [fund]);
    await pass(world.client, 3n * HOUR);
    const call = { trades: [{ sell: 'weth', buy: 'usdc' }, ...sale.trades] };
    await pass(world.client, DAY);
    await refreshFeeds(world, ['weth']);
    const { skipped, traded } = await round(world, opened, [fund], call);
    expect(skipped).toEqual([`PriceNotLive(${addressOf(world, 'weth')})`]);
    expect(traded).toHaveLength(1);
  });

  it('no price at all of the base: nothing is traded, redeem does not notice', async () => {
    const opened = await open(world, [fund]);
    await pass(world.client, 60n * HOUR);
    await refreshFeeds(world, ['usdc']);
    await expect(round(world, opened, [fund], sale)).rejects.toThrow('NothingExecuted()');
    const { setAside } = await redeem(world, fund, world.who.manager, shares(1n));
    expect(setAside).toBe(0n);
  });

  it('a reweigh needs live prices of what it aims at', async () => {
    await silence(3n * DAY);
    const aims = { link: '30', weth: '30', usdc: '40' };
    await expect(setWeights(world, fund, aims)).rejects.toThrow(`PriceNotLive(${addressOf(world, 'weth')})`);
    await setWeights(world, fund, { link: '30', usdc: '70' });
  });
});
