import type { Source } from './chainlink.ts';
import { PriceError } from './errors.ts';
import { isNear, NEAR_BPS } from './near.ts';
import {
  type AssetFeeds,
  chainStatus,
  type FeedPath,
  feedsOf,
  measured,
  type PriceFeed,
  readBase,
  type Sight,
} from './price-feed.ts';

/** {s} from a proposal until it may be carried out (docs/rules.md 5) */
export const PROPOSAL_DELAY = 86_400n;
const MAX_BASE_DECIMALS = 18n;
const MAX_ASSET_DECIMALS = 27n;
const MIN_EXPONENT = -48n;

/** Every change of feeds is told: prices are UQ112 {base/tok}; of the base {USD/base}; 0 when the old feeds were not live. */
export type FeedEvent =
  | { readonly kind: 'FeedAdded'; readonly asset: string; readonly path: FeedPath; readonly price: bigint }
  | { readonly kind: 'FeedProposed'; readonly asset: string; readonly path: FeedPath; readonly from: bigint }
  | {
      readonly kind: 'FeedReplaced';
      readonly asset: string;
      readonly oldPath: FeedPath;
      readonly newPath: FeedPath;
      readonly oldPrice: bigint;
      readonly newPrice: bigint;
    };

/** A registry after a change, and the event that tells of it: there is no change without one. */
export interface Changed {
  readonly feed: PriceFeed;
  readonly event: FeedEvent;
}

/** An asset and the feeds that it shall have. */
export interface FeedChange {
  readonly asset: string;
  readonly path: FeedPath;
}

const badDecimals = (asset: string, decimals: bigint, feedDecimals: bigint): PriceError =>
  new PriceError(
    'BAD_DECIMALS',
    `${asset} has ${decimals} decimals and its feeds have ${feedDecimals}`,
    'an asset has at most 27 decimals, the base and its feed at most 18, and the feed of the base keeps its decimals',
  );

/** What feeds say now: the price in the base; for the base itself {USD/base}, whatever its present feed says. */
const measure = (feed: PriceFeed, asset: string, feeds: Pick<AssetFeeds, 'path' | 'exponent'>, sight: Sight) => {
  const base =
    asset === feed.base.asset
      ? { status: chainStatus(sight), answer: 10n ** feed.base.feedDecimals }
      : readBase(feed, sight);
  const { status, price } = measured(feeds, base, sight);
  return { status: price === 0n ? 'dead' : status, price };
};

const exponentOf = ({ base }: PriceFeed, { asset, path }: FeedChange, decimals: bigint): bigint => {
  const [first, second] = path;
  if (asset === base.asset && second !== undefined) {
    throw new PriceError('BAD_PATH', `the base ${asset} has two feeds`, 'give the one feed of the base in USD');
  }
  const feedDecimals = first.decimals + (second?.decimals ?? 0n);
  const exponent = base.feedDecimals + base.decimals - feedDecimals - decimals;
  // Prices of every asset rest on the decimals of the base's feed: they never change.
  const changed = asset === base.asset && feedDecimals !== base.feedDecimals;
  if (changed || decimals > MAX_ASSET_DECIMALS || exponent < MIN_EXPONENT) {
    throw badDecimals(asset, decimals, feedDecimals);
  }
  return exponent;
};

/** The registry with live feeds, their price being the last good one: no feed falls back on a price of its predecessor. */
const withFeeds = (feed: PriceFeed, change: FeedChange, decimals: bigint, sight: Sight) => {
  const { asset, path } = change;
  const exponent = exponentOf(feed, change, decimals);
  const { status, price } = measure(feed, asset, { path, exponent }, sight);
  if (status !== 'live') {
    throw new PriceError('NOT_LIVE', `the new feeds of ${asset} are ${status}`, 'give feeds that answer now');
  }
  const lastGood = asset === feed.base.asset ? undefined : { price, at: sight.now };
  const feeds: AssetFeeds = { decimals, path, exponent, lastGood, proposal: undefined };
  return { feed: { ...feed, feeds: new Map([...feed.feeds, [asset, feeds]]) }, price };
};

/**
 * A registry with nothing but the base, whose feed is live now (docs/rules.md 5).
 *
 * @param decimals of the base
 * @throws {PriceError} BAD_DECIMALS, NOT_LIVE
 */
export const priceFeed = (asset: string, decimals: bigint, source: Source, sight: Sight): Changed => {
  if (decimals > MAX_BASE_DECIMALS || source.decimals > MAX_BASE_DECIMALS) {
    throw badDecimals(asset, decimals, source.decimals);
  }
  const empty: PriceFeed = { base: { asset, decimals, feedDecimals: source.decimals }, feeds: new Map() };
  return addFeed(empty, { asset, path: [source] }, decimals, sight);
};

/**
 * Gives feeds to an asset that has none. They are live now.
 *
 * @param decimals of the asset
 * @throws {PriceError} FEED_EXISTS, BAD_PATH, BAD_DECIMALS, NOT_LIVE
 */
export const addFeed = (feed: PriceFeed, change: FeedChange, decimals: bigint, sight: Sight): Changed => {
  const { asset, path } = change;
  if (feed.feeds.has(asset)) {
    throw new PriceError('FEED_EXISTS', `${asset} has feeds already`, 'replace its feeds instead');
  }
  const { feed: next, price } = withFeeds(feed, change, decimals, sight);
  return { feed: next, event: { kind: 'FeedAdded', asset, path, price } };
};

/**
 * Announces feeds whose price may differ from the present one by more than 2 %: they may be set 24 h later. A later proposal
 * takes the place of an earlier one.
 *
 * @param now {s}
 * @throws {PriceError} UNKNOWN_ASSET
 */
export const proposeFeed = (feed: PriceFeed, { asset, path }: FeedChange, now: bigint): Changed => {
  const feeds = feedsOf(feed, asset);
  const from = now + PROPOSAL_DELAY;
  return {
    feed: { ...feed, feeds: new Map([...feed.feeds, [asset, { ...feeds, proposal: { path, from } }]]) },
    event: { kind: 'FeedProposed', asset, path, from },
  };
};

const isSame = (one: FeedPath, other: FeedPath): boolean =>
  one.length === other.length &&
  one.every(({ feed, heartbeat, qBps }, i) => {
    const twin = other[i];
    return twin !== undefined && feed === twin.feed && heartbeat === twin.heartbeat && qBps === twin.qBps;
  });

/**
 * Replaces the feeds of an asset by live ones: within 2 % of the present price, or proposed 24 h ago, exactly so. Feeds that are
 * not live have no present price, so their replacement is always announced (docs/rules.md 5).
 *
 * @throws {PriceError} UNKNOWN_ASSET, BAD_PATH, BAD_DECIMALS, NOT_LIVE, TOO_FAR_FROM_OLD
 */
export const replaceFeed = (feed: PriceFeed, change: FeedChange, sight: Sight): Changed => {
  const { asset, path } = change;
  const old = feedsOf(feed, asset);
  const present = measure(feed, asset, old, sight);
  const oldPrice = present.status === 'live' ? present.price : 0n;
  const { feed: next, price: newPrice } = withFeeds(feed, change, old.decimals, sight);
  const { proposal } = old;
  const proposed = proposal !== undefined && proposal.from <= sight.now && isSame(proposal.path, path);
  if (!proposed && !isNear({ price: newPrice, of: oldPrice, bps: NEAR_BPS })) {
    throw new PriceError(
      'TOO_FAR_FROM_OLD',
      `the new feeds of ${asset} say ${newPrice}, the old ones ${oldPrice}`,
      'announce the new feeds 24 hours before, or give feeds within 2 % of the old price',
    );
  }
  return { feed: next, event: { kind: 'FeedReplaced', asset, oldPath: old.path, newPath: path, oldPrice, newPrice } };
};
