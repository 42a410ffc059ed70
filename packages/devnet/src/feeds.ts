import { type Address, encodeDeployData, encodeFunctionData } from 'viem';
import { devAggregatorAbi, devFeedProxyAbi } from './abi.generated.ts';
import { MARKET_ACCOUNT } from './accounts.ts';
import { artifact } from './artifacts.ts';
import type { DevClient } from './chain.ts';
import { type Call, deployAll, sendAll } from './send.ts';

/** {1} digits after the point of every answer, as of Chainlink's USD feeds. */
export const FEED_DECIMALS = 8;
/** {USD/tok} the bounds of most Chainlink aggregators: they refuse answers outside. */
const MIN_ANSWER = 1n;
const MAX_ANSWER = 2n ** 176n - 1n;

/** A price feed in USD to deploy. */
export interface FeedSpec {
  /** The asset that it prices. */
  readonly id: string;
  readonly description: string;
  /** {USD/tok} first answer, with FEED_DECIMALS decimals */
  readonly answer: bigint;
  /** {s} an answer is repeated at the latest after this time */
  readonly heartbeat: bigint;
  /** {bps} a new answer comes at once when the price is this far from the last one */
  readonly deviationBps: bigint;
}

/** A deployed feed: readers ask the proxy, answers are pushed to the aggregator behind it. */
export interface Feed extends Omit<FeedSpec, 'answer'> {
  readonly proxy: Address;
  readonly aggregator: Address;
}

/** What a feed says. */
export interface Answer {
  /** {USD/tok} with FEED_DECIMALS decimals */
  readonly answer: bigint;
  /** {s} Unix time */
  readonly updatedAt: bigint;
}

/** Deploys a proxy and an aggregator for each feed. */
export const deployFeeds = async (client: DevClient, specs: readonly FeedSpec[]): Promise<Feed[]> => {
  const aggregatorCode = artifact('DevAggregator').bytecode;
  const proxyCode = artifact('DevFeedProxy').bytecode;
  const aggregators = await deployAll(
    client,
    MARKET_ACCOUNT,
    specs.map(({ description, answer }) =>
      encodeDeployData({
        abi: devAggregatorAbi,
        bytecode: aggregatorCode,
        args: [FEED_DECIMALS, description, MIN_ANSWER, MAX_ANSWER, answer],
      }),
    ),
  );
  const proxies = await deployAll(
    client,
    MARKET_ACCOUNT,
    aggregators.map((first) => encodeDeployData({ abi: devFeedProxyAbi, bytecode: proxyCode, args: [first] })),
  );
  return specs.flatMap(({ answer: _, ...spec }, i) => {
    const proxy = proxies[i];
    const aggregator = aggregators[i];
    return proxy === undefined || aggregator === undefined ? [] : [{ ...spec, proxy, aggregator }];
  });
};

/** What the feeds say now, in their order. */
export const readFeeds = (client: DevClient, feeds: readonly Feed[]): Promise<Answer[]> =>
  Promise.all(
    feeds.map(async ({ proxy }) => {
      const [, answer, , updatedAt] = await client.readContract({
        address: proxy,
        abi: devFeedProxyAbi,
        functionName: 'latestRoundData',
      });
      return { answer, updatedAt };
    }),
  );

/** Whether a feed reports `price` {USD/tok} at `now` {s}: it deviates enough, or the heartbeat is due. */
export const isDue = (
  { heartbeat, deviationBps }: Pick<Feed, 'heartbeat' | 'deviationBps'>,
  last: Answer,
  price: bigint,
  now: bigint,
): boolean => {
  const difference = price > last.answer ? price - last.answer : last.answer - price;
  return (
    now - last.updatedAt >= heartbeat || (price !== last.answer && difference * 10_000n >= deviationBps * last.answer)
  );
};

/**
 * Tells the feeds the true prices {USD/tok}. As with real feeds, one answers anew only when the price deviates enough or
 * its heartbeat is due; a feed whose asset is not named repeats its answer when the heartbeat is due.
 *
 * @returns what every feed says afterwards, by asset
 */
export const updateFeeds = async (
  client: DevClient,
  feeds: readonly Feed[],
  prices: ReadonlyMap<string, bigint> = new Map(),
): Promise<Map<string, bigint>> => {
  const [block, answers] = await Promise.all([client.getBlock(), readFeeds(client, feeds)]);
  const calls: Call[] = [];
  const said = new Map<string, bigint>();
  for (const [i, feed] of feeds.entries()) {
    const last = answers[i];
    if (last === undefined) continue;
    const price = prices.get(feed.id) ?? last.answer;
    const due = isDue(feed, last, price, block.timestamp);
    said.set(feed.id, due ? price : last.answer);
    if (!due) continue;
    const data = encodeFunctionData({ abi: devAggregatorAbi, functionName: 'push', args: [price] });
    calls.push({ to: feed.aggregator, data });
  }
  await sendAll(client, MARKET_ACCOUNT, calls);
  return said;
};
