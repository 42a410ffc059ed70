import { Q112 } from '../math/scales.ts';
import { type Answer, failed, type PriceSource } from './answer.ts';
import { type Reading, type Reply, read, type Source, sequencerUp } from './chainlink.ts';
import { PriceError } from './errors.ts';
import { type LastGood, lastGoodAfter, lastGoodQuote } from './frozen.ts';
import { toPrice } from './prices.ts';
import { DEAD, type Quote, type Status } from './quotes.ts';

/** One feed, or two whose product is the price in USD: asset/USD, or asset/ETH and ETH/USD. */
export type FeedPath = readonly [Source] | readonly [Source, Source];

/** What is kept of an asset. */
export interface AssetFeeds {
  /** Of the asset. */
  readonly decimals: bigint;
  readonly path: FeedPath;
  /** What the decimals of feeds and tokens leave over: see `toPrice`. */
  readonly exponent: bigint;
  /** None for the base. */
  readonly lastGood: LastGood | undefined;
  /** Feeds that were announced, and from when {s} on they may be set. */
  readonly proposal: { readonly path: FeedPath; readonly from: bigint } | undefined;
}

/**
 * The registry of price feeds, as the contract `PriceFeed` keeps it (docs/rules.md 5). `price-feed-changes.ts` makes and changes it.
 */
export interface PriceFeed {
  /** The asset in which everything is priced. */
  readonly base: { readonly asset: string; readonly decimals: bigint; readonly feedDecimals: bigint };
  /** By asset; the base is one of them. */
  readonly feeds: ReadonlyMap<string, AssetFeeds>;
}

/** What the chain shows at one moment. */
export interface Sight {
  /** {s} */
  readonly now: bigint;
  /** By the address of the feed; a feed that is missing gave no answer. */
  readonly replies: ReadonlyMap<string, Reply>;
  /** The uptime feed of an L2's sequencer; undefined on a chain without one. */
  readonly sequencer: Reply | undefined;
}

/** The feeds of an asset. @throws {PriceError} UNKNOWN_ASSET */
export const feedsOf = ({ feeds }: PriceFeed, asset: string): AssetFeeds => {
  const found = feeds.get(asset);
  if (found !== undefined) return found;
  throw new PriceError('UNKNOWN_ASSET', `${asset} has no price feed`, 'add a feed for the asset first');
};

const readOne = (source: Source, { now, replies }: Sight): Reading =>
  read(source, replies.get(source.feed) ?? { kind: 'failed' }, now);

/** A reading that is no better than a status: dead before frozen before live. */
const atBest = (reading: Reading, status: 'live' | 'frozen'): Reading =>
  reading.status === 'dead' || status === 'live' ? reading : { status, answer: reading.answer };

/** The product of the answers on a path, and the worst of their states. */
const readPath = ([first, second]: FeedPath, sight: Sight): Reading => {
  const one = readOne(first, sight);
  if (second === undefined || one.status === 'dead') return one;
  const two = atBest(readOne(second, sight), one.status);
  return two.status === 'dead' ? two : { status: two.status, answer: one.answer * two.answer };
};

/** Frozen while this chain's sequencer is down, or was less than an hour ago. */
export const chainStatus = ({ sequencer, now }: Sight): 'live' | 'frozen' =>
  sequencer === undefined || sequencerUp(sequencer, now) ? 'live' : 'frozen';

/** The base's reading in USD; frozen at best while the sequencer is not up for an hour, and with it every asset. */
export const readBase = (feed: PriceFeed, sight: Sight): Reading =>
  atBest(readPath(feedsOf(feed, feed.base.asset).path, sight), chainStatus(sight));

/** The deviation thresholds of a path, summed {bp}. */
const qBpsOf = ([first, second]: FeedPath): bigint => first.qBps + (second?.qBps ?? 0n);

/** The price of a path against a reading of the base; the price 0 is none. */
export const measured = (
  { path, exponent }: Pick<AssetFeeds, 'path' | 'exponent'>,
  base: Reading,
  sight: Sight,
): { readonly status: Status; readonly price: bigint } => {
  if (base.status === 'dead') return { status: 'dead', price: 0n };
  const reading = atBest(readPath(path, sight), base.status);
  if (reading.status === 'dead') return { status: 'dead', price: 0n };
  return { status: reading.status, price: toPrice({ answer: reading.answer, baseAnswer: base.answer, exponent }) };
};

/**
 * The quote of an asset (docs/rules.md 5). The base is at 2^112 exactly, whatever its feed says; an asset whose path or whose base
 * gives no valid answer counts at its last good price for 24 h. A view.
 *
 * @throws {PriceError} UNKNOWN_ASSET
 */
export const quote = (feed: PriceFeed, asset: string, sight: Sight): Quote => {
  const feeds = feedsOf(feed, asset);
  const qBps = qBpsOf(feeds.path);
  if (asset === feed.base.asset) return { status: 'live', price: Q112, qBps };
  const { status, price } = measured(feeds, readBase(feed, sight), sight);
  if (status === 'dead') return lastGoodQuote({ qBps, lastGood: feeds.lastGood, now: sight.now });
  return price === 0n ? DEAD : { status, price, qBps };
};

/** The price of a live asset {base/tok} UQ112. A view. @throws {PriceError} UNKNOWN_ASSET, NOT_LIVE */
export const last = (feed: PriceFeed, asset: string, sight: Sight): bigint => {
  const answer = quote(feed, asset, sight);
  if (answer.status === 'live') return answer.price;
  throw new PriceError('NOT_LIVE', `the price of ${asset} is ${answer.status}`, 'wait until its feeds answer again');
};

/**
 * The quote of an asset, and the registry after it: a live price is stored as the last good one.
 *
 * @throws {PriceError} UNKNOWN_ASSET
 */
export const refreshed = (
  feed: PriceFeed,
  asset: string,
  sight: Sight,
): { readonly quote: Quote; readonly feed: PriceFeed } => {
  const answer = quote(feed, asset, sight);
  if (asset === feed.base.asset) return { quote: answer, feed };
  const feeds = feedsOf(feed, asset);
  const lastGood = lastGoodAfter(answer, { lastGood: feeds.lastGood, now: sight.now });
  return { quote: answer, feed: { ...feed, feeds: new Map([...feed.feeds, [asset, { ...feeds, lastGood }]]) } };
};

/** One asset of a registry. */
interface Asked {
  readonly feed: PriceFeed;
  readonly asset: string;
}

/** Only a live price stands beside other sources: a frozen one is stale to them. */
const answerOf = (answer: Quote): Answer<'live'> => {
  switch (answer.status) {
    case 'live':
      return { kind: 'price', price: answer.price, horizon: 'live' };
    case 'frozen':
      return { kind: 'stale' };
    case 'dead':
      return failed('NO_ANSWER');
  }
};

/** The feeds of an asset as a source of prices. */
export const source: PriceSource<Asked, Sight, 'live'> = {
  last: ({ feed, asset }, sight) => answerOf(quote(feed, asset, sight)),
  refreshed: ({ feed, asset }, sight) => {
    const after = refreshed(feed, asset, sight);
    return { state: { feed: after.feed, asset }, answer: answerOf(after.quote) };
  },
};
