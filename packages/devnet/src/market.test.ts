import { parseAbi } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { devFeedProxyAbi, devTokenAbi } from './abi.generated.ts';
import { type Chain, jump, startChain } from './chain.ts';
import { isDue, readFeeds } from './feeds.ts';
import { type AssetSpec, type Market, moveMarket, openMarket, priceInBase, toAnswer } from './market.ts';
import { mintTokens } from './tokens.ts';
import { depthForImpact, pairAddress, readReserves, v2FactoryAbi } from './venues.ts';

const asset = (id: string, price: number, decimals = 18): AssetSpec => ({
  ...{ id, decimals, name: id, symbol: id.slice(0, 4).toUpperCase() },
  ...{ price: toAnswer(price), heartbeat: 3_600n, deviationBps: 100n },
});

const BASE = asset('usd-coin', 1, 6);
const ASSETS = [
  ...[asset('uniswap', 5.55), asset('wrapped-bitcoin', 27_000, 8), asset('umee', 0.006933, 6)],
  ...Array.from({ length: 20 }, (_, i) => asset(`filler-${i}`, 1 + i)),
];
const VENUES = ['uniswap-v2', 'sushiswap'];

describe('a market', () => {
  let chain: Chain;
  let market: Market;

  beforeAll(async () => {
    chain = await startChain();
    market = await openMarket(chain.client, {
      ...{ base: BASE, assets: ASSETS, venues: VENUES },
      pools: ASSETS.flatMap(({ id }) => VENUES.map((venue) => ({ id, venue, depth: 10_000_000n * 10n ** 6n }))),
    });
  });
  afterAll(() => chain.stop());

  /** Pool price over feed price, less one. */
  const deviations = async (): Promise<number[]> => {
    const answers = await readFeeds(chain.client, market.feeds);
    const usd = new Map(market.feeds.map(({ id }, i) => [id, answers[i]?.answer ?? 0n]));
    const reserves = await readReserves(chain.client, market.pools);
    return market.pools.map(({ id }, i) => {
      const token = market.tokens.find((t) => t.id === id);
      const held = reserves[i];
      if (token === undefined || held === undefined) throw new Error(`no pool of ${id}`);
      const price = priceInBase(token, usd.get(id) ?? 0n, market.base, usd.get(BASE.id) ?? 0n);
      return Number((held.base * price.token * 10n ** 9n) / (held.token * price.base)) / 1e9 - 1;
    });
  };

  it('has 24 tokens, 24 feeds and 46 pools', () => {
    expect(market.tokens).toHaveLength(23);
    expect(market.feeds).toHaveLength(24);
    expect(market.pools).toHaveLength(46);
  });

  it('has pools where the factories say, at the price of the feeds', async () => {
    for (const { factory } of market.venues) {
      const token = market.tokens[0]?.address ?? '0x';
      const args = [market.base.address, token] as const;
      const pair = await chain.client.readContract({
        ...{ address: factory, abi: v2FactoryAbi, functionName: 'getPair', args },
      });
      expect(pairAddress(factory, ...args)).toBe(pair);
      expect(market.pools.map((pool) => pool.pair)).toContain(pair);
    }
    for (const deviation of await deviations()) expect(Math.abs(deviation)).toBeLessThan(1e-6);
  });

  it('has tokens that anybody mints', async () => {
    const to = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
    await mintTokens(chain.client, [{ token: market.base.address, to, amount: 5n }]);
    const balance = await chain.client.readContract({
      ...{ address: market.base.address, abi: devTokenAbi, functionName: 'balanceOf', args: [to] },
    });
    expect(balance).toBe(5n);
  });

  it('has feeds of two contracts, with bounds and with phases in their round ids', async () => {
    const feed = market.feeds[1];
    if (feed === undefined) throw new Error('no feed');
    const proxy = { address: feed.proxy, abi: devFeedProxyAbi } as const;
    const [round, answer, , , answeredIn] = await chain.client.readContract({
      ...proxy,
      functionName: 'latestRoundData',
    });
    expect(round >> 64n).toBe(1n);
    expect(answeredIn).toBe(round);
    expect(answer).toBe(toAnswer(5.55));
    expect(await chain.client.readContract({ ...proxy, functionName: 'aggregator' })).toBe(feed.aggregator);
    expect(await chain.client.readContract({ ...proxy, functionName: 'decimals' })).toBe(8);
    expect(await chain.client.readContract({ ...proxy, functionName: 'description' })).toBe('UNIS / USD');
    const abi = parseAbi(['function minAnswer() view returns (int192)', 'function maxAnswer() view returns (int192)']);
    const bounds = { address: feed.aggregator, abi } as const;
    expect(await chain.client.readContract({ ...bounds, functionName: 'minAnswer' })).toBe(1n);
    expect(await chain.client.readContract({ ...bounds, functionName: 'maxAnswer' })).toBeGreaterThan(10n ** 52n);
  });

  it('moves: feeds answer, arbitrage pulls both pools of an asset to within their fee', async () => {
    const prices = new Map([
      ['uniswap', toAnswer(5.55 * 1.4)],
      ['wrapped-bitcoin', toAnswer(27_000 * 0.7)],
      ['umee', toAnswer(0.006933 * 1.4)],
    ]);
    const { answers, trades } = await moveMarket(chain.client, market, prices);
    expect(trades.map(({ pool, sell }) => `${pool.id} ${sell}`)).toEqual([
      ...['uniswap base', 'uniswap base', 'wrapped-bitcoin token', 'wrapped-bitcoin token', 'umee base', 'umee base'],
    ]);
    for (const [id, price] of prices) expect(answers.get(id)).toBe(price);
    const after = await deviations();
    expect(after.filter((deviation) => Math.abs(deviation) > 1e-6)).toHaveLength(6);
    for (const deviation of after) expect(Math.abs(deviation)).toBeLessThanOrEqual(0.00302);
    expect((await moveMarket(chain.client, market)).trades).toEqual([]);
  });

  it('does not answer anew below the deviation, and repeats its answers when the heartbeat is due', async () => {
    const id = 'filler-0';
    const before = await readFeeds(chain.client, market.feeds);
    const quiet = await moveMarket(chain.client, market, new Map([[id, toAnswer(1.0099)]]));
    expect(quiet.answers.get(id)).toBe(toAnswer(1));
    expect(await readFeeds(chain.client, market.feeds)).toEqual(before);
    const loud = await moveMarket(chain.client, market, new Map([[id, toAnswer(1.01)]]));
    expect(loud.answers.get(id)).toBe(toAnswer(1.01));
    const now = await jump(chain.client, 3_600n);
    await moveMarket(chain.client, market);
    for (const { updatedAt } of await readFeeds(chain.client, market.feeds))
      expect(updatedAt).toBeGreaterThanOrEqual(now);
  });

  it('refuses names that it does not know', async () => {
    await expect(moveMarket(chain.client, market, new Map([['nothing', 1n]]))).rejects.toMatchObject({
      ...{ code: 'UNKNOWN_NAME', message: 'the market has no feed of nothing' },
    });
  });
});

describe('isDue', () => {
  const feed = { heartbeat: 3_600n, deviationBps: 50n };
  const last = { answer: 1_000_000n, updatedAt: 1_000n };
  it.each([
    ['the same price, fresh', 1_000_000n, 4_599n, false],
    ['the same price, at the heartbeat', 1_000_000n, 4_600n, true],
    ['49.99 bps away', 1_004_999n, 1_000n, false],
    ['50 bps up', 1_005_000n, 1_000n, true],
    ['50 bps down', 995_000n, 1_000n, true],
  ])('%s', (_, price, now, due) => expect(isDue(feed, last, price, now)).toBe(due));
});

describe('depthForImpact', () => {
  it('is 100 000 USD over the impact, at most 50 million', () => {
    expect(depthForImpact(-0.003893)).toBeCloseTo(25_687_130.75, 1);
    expect(depthForImpact(-1.1e-5)).toBe(50_000_000);
    expect(depthForImpact(0)).toBe(50_000_000);
  });
});
