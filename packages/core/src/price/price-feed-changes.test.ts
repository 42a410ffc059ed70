import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Q112 } from '../math/scales.ts';
import * as Chainlink from './chainlink.ts';
import {
  DAY,
  ETH_USD,
  HOP_ETH,
  LINK_USD,
  registry,
  START,
  sight,
  TOLD,
  told,
  USDC_USD,
  without,
} from './price-feed.fixture.ts';
import * as PriceFeed from './price-feed.ts';
import * as Changes from './price-feed-changes.ts';

const feed = registry();
const TEN = (10n * 10n ** 6n * Q112) / 10n ** 18n;
const next = (name: string, changed: Partial<Chainlink.SourceFacts> = {}) =>
  Chainlink.source({ feed: name, decimals: 8n, heartbeat: DAY, qBps: 50n, ...changed });
const toNext = { asset: 'link', path: [next('next')] } as const;
const at = (answer: bigint, now = START) => sight(now, told(['next', answer]));
const coded = (code: string) => expect.objectContaining({ code });

describe('docs/rules.md 5: replacing a feed', () => {
  it('is done at once within 2 % of the old answer, and refused beyond', () => {
    fc.assert(
      fc.property(fc.bigInt(500_000_000n, 1_500_000_000n), (answer) => {
        const price = (answer * Q112) / 10n ** 20n;
        const far = price > TEN ? price - TEN : TEN - price;
        if (far * 10_000n > TEN * 200n) {
          expect(() => Changes.replaceFeed(feed, toNext, at(answer))).toThrow(coded('TOO_FAR_FROM_OLD'));
        } else {
          const { feed: later } = Changes.replaceFeed(feed, toNext, at(answer));
          expect(PriceFeed.last(later, 'link', at(answer))).toBe(price);
        }
      }),
    );
    expect(Changes.replaceFeed(feed, toNext, at(1_019_999_999n)).event.kind).toBe('FeedReplaced');
    expect(() => Changes.replaceFeed(feed, toNext, at(1_020_000_001n))).toThrow(coded('TOO_FAR_FROM_OLD'));
  });

  it('is done further away 24 h after exactly these feeds were announced, once', () => {
    const { feed: told, event } = Changes.proposeFeed(feed, toNext, START);
    expect(event).toEqual({ kind: 'FeedProposed', asset: 'link', path: toNext.path, from: START + DAY });
    expect(() => Changes.replaceFeed(told, toNext, at(2_000_000_000n, START + DAY - 1n))).toThrow(
      coded('TOO_FAR_FROM_OLD'),
    );
    const day = at(2_000_000_000n, START + DAY);
    for (const path of [[next('next', { heartbeat: 2n * DAY })], [next('next', { qBps: 51n })]] as const) {
      expect(() => Changes.replaceFeed(told, { asset: 'link', path }, day)).toThrow(coded('TOO_FAR_FROM_OLD'));
    }
    const { feed: later } = Changes.replaceFeed(told, toNext, day);
    expect(PriceFeed.feedsOf(later, 'link')).toMatchObject({ path: toNext.path, proposal: undefined });
    expect(() => Changes.replaceFeed(later, { asset: 'link', path: [LINK_USD] }, day)).toThrow(
      coded('TOO_FAR_FROM_OLD'),
    );
  });

  it('a later announcement takes the place of an earlier one', () => {
    const other = { asset: 'link', path: [next('other')] } as const;
    const { feed: both } = Changes.proposeFeed(Changes.proposeFeed(feed, toNext, START).feed, other, START);
    const day = sight(START + DAY, told(['next', 2_000_000_000n], ['other', 3_000_000_000n]));
    expect(() => Changes.replaceFeed(both, toNext, day)).toThrow(coded('TOO_FAR_FROM_OLD'));
    expect(Changes.replaceFeed(both, other, day).event.kind).toBe('FeedReplaced');
  });

  it('of a dead feed is always announced, and the new one has to live', () => {
    const silent = sight(START, [...without('link-usd'), ['next', 1_000_000_000n]]);
    expect(() => Changes.replaceFeed(feed, toNext, silent)).toThrow(coded('TOO_FAR_FROM_OLD'));
    expect(() => Changes.replaceFeed(feed, toNext, sight(START, TOLD))).toThrow(coded('NOT_LIVE'));
  });

  it('never lets a new feed fall back on the price of its predecessor', () => {
    const { feed: later } = Changes.replaceFeed(feed, toNext, at(1_010_000_000n));
    expect(PriceFeed.quote(later, 'link', sight(START, TOLD))).toMatchObject({
      ...{ status: 'frozen', price: (1_010_000_000n * Q112) / 10n ** 20n },
    });
  });

  it('of the base follows the same rules and keeps its decimals', () => {
    const replace = (answer: bigint, changed = {}) =>
      Changes.replaceFeed(feed, { asset: 'usdc', path: [next('next', changed)] }, at(answer));
    expect(replace(101_000_000n).event).toMatchObject({ oldPrice: Q112, newPrice: (Q112 * 101n) / 100n });
    expect(() => replace(90_000_000n)).toThrow(coded('TOO_FAR_FROM_OLD'));
    expect(() => replace(10n ** 18n, { decimals: 18n })).toThrow(coded('BAD_DECIMALS'));
    const two = { asset: 'usdc', path: [next('next'), USDC_USD] } as const;
    expect(() => Changes.replaceFeed(feed, two, at(100_000_000n))).toThrow(coded('BAD_PATH'));
    const silent = sight(START + DAY, [...without('usdc-usd'), ['next', 100_000_000n]]);
    const announced = Changes.proposeFeed(feed, { asset: 'usdc', path: [next('next')] }, START).feed;
    const { feed: later, event } = Changes.replaceFeed(announced, { asset: 'usdc', path: [next('next')] }, silent);
    expect(event).toMatchObject({ oldPrice: 0n, newPrice: Q112 });
    expect(PriceFeed.last(later, 'link', silent)).toBe(TEN);
  });
});

describe('docs/rules.md 15: a feed swapped silently', () => {
  it('is impossible: each change gives its event, with old and new feeds and both prices', () => {
    expect(Changes.replaceFeed(feed, toNext, at(1_010_000_000n)).event).toEqual({
      ...{ kind: 'FeedReplaced', asset: 'link', oldPath: [LINK_USD], newPath: toNext.path },
      ...{ oldPrice: TEN, newPrice: (1_010_000_000n * Q112) / 10n ** 20n },
    });
    const { event } = Changes.addFeed(feed, { asset: 'new', path: [next('next')] }, 8n, at(1_000_000_000n));
    expect(event).toEqual({ ...{ kind: 'FeedAdded', asset: 'new', path: [next('next')] }, price: Q112 / 10n });
  });

  it('a refused change leaves the registry as it was', () => {
    const before = registry();
    expect(() => Changes.replaceFeed(feed, toNext, at(2_000_000_000n))).toThrow();
    expect(feed).toEqual(before);
  });
});

describe('docs/rules.md 5: adding a feed', () => {
  const add = (asset: string, path: PriceFeed.FeedPath, decimals: bigint, seen = at(1_000_000_000n)) =>
    Changes.addFeed(feed, { asset, path }, decimals, seen);

  it('is for an asset without feeds, of at most 27 decimals, at live prices', () => {
    expect(() => add('link', [LINK_USD], 18n)).toThrow(coded('FEED_EXISTS'));
    expect(() => add('usdc', [USDC_USD], 6n)).toThrow(coded('FEED_EXISTS'));
    expect(() => add('new', [next('next')], 28n)).toThrow(coded('BAD_DECIMALS'));
    expect(() => add('new', [HOP_ETH, HOP_ETH], 27n)).toThrow(coded('BAD_DECIMALS'));
    expect(() => add('new', [next('silent')], 18n)).toThrow(coded('NOT_LIVE'));
    expect(() => add('new', [HOP_ETH, next('silent')], 18n)).toThrow(coded('NOT_LIVE'));
    const { feed: later } = add('new', [next('next')], 27n, at(10n ** 12n));
    expect(PriceFeed.last(later, 'new', at(10n ** 12n))).toBe((10_000n * 10n ** 6n * Q112) / 10n ** 27n);
    expect(() => Changes.proposeFeed(feed, { asset: 'new', path: [ETH_USD] }, START)).toThrow(coded('UNKNOWN_ASSET'));
  });

  it('of the base comes first, with at most 18 decimals and a live feed', () => {
    const wide = next('wide', { decimals: 19n });
    expect(() => Changes.priceFeed('usdc', 6n, wide, sight(START, TOLD))).toThrow(coded('BAD_DECIMALS'));
    expect(() => Changes.priceFeed('usdc', 19n, USDC_USD, sight(START, TOLD))).toThrow(coded('BAD_DECIMALS'));
    expect(() => Changes.priceFeed('usdc', 6n, USDC_USD, sight(START, []))).toThrow(coded('NOT_LIVE'));
    const finest = Changes.priceFeed('usdc', 18n, next('next', { decimals: 18n }), at(10n ** 18n));
    expect(finest.event).toMatchObject({ kind: 'FeedAdded', price: Q112 });
  });
});
