import { describe, expect, it } from 'vitest';
import { Q112 } from '../math/scales.ts';
import { DAY, HOUR, registry, START, sequencer, sight, TOLD, told, without } from './price-feed.fixture.ts';
import * as PriceFeed from './price-feed.ts';
import * as Quotes from './quotes.ts';

/** {base/tok} UQ112 of a token with 18 decimals at so many USDC with 6 */
const usdc = (amount: bigint): bigint => (amount * Q112) / 10n ** 18n;
const TEN = usdc(10_000_000n);
const feed = registry();
const quotes = (seen: PriceFeed.Sight, from = feed) =>
  ['usdc', 'link', 'hop'].map((asset) => PriceFeed.quote(from, asset, seen));
const statuses = (seen: PriceFeed.Sight, from = feed) => quotes(seen, from).map(({ status }) => status);

describe('docs/rules.md 5: prices of feeds', () => {
  it('price the base at exactly 2^112, whatever its feed says', () => {
    for (const seen of [
      sight(START, TOLD),
      sight(START, told(['usdc-usd', 50_000_000n])),
      sight(START + 30n * DAY, []),
    ]) {
      expect(PriceFeed.quote(feed, 'usdc', seen)).toEqual({ status: 'live', price: Q112, qBps: 25n });
      expect(PriceFeed.last(feed, 'usdc', seen)).toBe(Q112);
    }
  });

  it('price LINK at 10, with the deviation threshold of its feed', () => {
    const quote = PriceFeed.quote(feed, 'link', sight(START, TOLD));
    expect(quote).toEqual({ status: 'live', price: TEN, qBps: 100n });
    expect(Quotes.pack(quote)).toBe(TEN | (100n << 128n) | (1n << 144n));
  });

  it('let 1 USDC buy 0.100020000000000000 LINK when USDC is at 1.0002 and LINK at 10', () => {
    const price = PriceFeed.last(feed, 'link', sight(START, told(['usdc-usd', 100_020_000n])));
    expect((10n ** 6n * Q112) / price).toBe(100_020_000_000_000_000n);
    expect(price).toBe((Q112 * 10n * 10_000n * 10n ** 6n) / (10_002n * 10n ** 18n));
  });

  it('are exactly 10 for asset/ETH 0.005 and ETH/USD 2000, and q is the sum of both', () => {
    expect(PriceFeed.quote(feed, 'hop', sight(START, TOLD))).toEqual({ status: 'live', price: TEN, qBps: 250n });
  });

  it('are dead at once outside the range of the format, not at the last good price', () => {
    expect(statuses(sight(START, told(['link-usd', 2n])))).toEqual(['live', 'live', 'live']);
    const huge = 1n << 95n;
    expect(statuses(sight(START, told(['link-usd', huge])))).toEqual(['live', 'dead', 'live']);
  });
});

describe('docs/rules.md 5: live, frozen, dead', () => {
  it('a feed that breaks hurts its own asset alone', () => {
    expect(statuses(sight(START, without('link-usd')))).toEqual(['live', 'frozen', 'live']);
    expect(statuses(sight(START, without('hop-eth')))).toEqual(['live', 'live', 'frozen']);
    expect(statuses(sight(START, without('eth-usd')))).toEqual(['live', 'live', 'frozen']);
  });

  it('it counts at its last good price for 24 h, then it is dead, until it lives', () => {
    const silent = (at: bigint) => PriceFeed.quote(feed, 'link', sight(START + at, without('link-usd')));
    expect([silent(0n), silent(DAY)]).toEqual(Array(2).fill({ status: 'frozen', price: TEN, qBps: 100n }));
    expect(silent(DAY + 1n)).toEqual({ status: 'dead' });
    expect(PriceFeed.quote(feed, 'link', sight(START + 9n * DAY, TOLD)).status).toBe('live');
  });

  it('a stale answer counts itself, for 24 h', () => {
    const stale = (age: bigint) => sight(START + age, told(['link-usd', 1_100_000_000n, START]));
    expect(PriceFeed.quote(feed, 'link', stale(HOUR + 360n)).status).toBe('live');
    expect(PriceFeed.quote(feed, 'link', stale(HOUR + 361n))).toMatchObject({
      status: 'frozen',
      price: usdc(11_000_000n),
    });
    expect(PriceFeed.quote(feed, 'link', stale(HOUR + 361n + DAY))).toEqual({ status: 'dead' });
  });

  it("the base's feed freezes every other asset, then they are dead; the base stays at 1", () => {
    expect(statuses(sight(START, without('usdc-usd')))).toEqual(['live', 'frozen', 'frozen']);
    expect(statuses(sight(START + DAY + 1n, without('usdc-usd')))).toEqual(['live', 'dead', 'dead']);
    const staleBase = told(['usdc-usd', 100_000_000n, START], ['link-usd', 1_100_000_000n]);
    expect(PriceFeed.quote(feed, 'link', sight(START + DAY + 8_641n, staleBase))).toMatchObject({
      ...{ status: 'frozen', price: usdc(11_000_000n) },
    });
  });

  it('one stale hop freezes the path', () => {
    const seen = sight(START + 2n * HOUR, told(['eth-usd', 200_000_000_000n, START]));
    expect(statuses(seen)).toEqual(['live', 'live', 'frozen']);
  });

  it('nothing but the base is live until the sequencer is up for an hour', () => {
    const at = (since: bigint, answer = 0n) => statuses(sight(START + HOUR, TOLD, sequencer(answer, START + since)));
    expect(at(0n)).toEqual(['live', 'live', 'live']);
    expect(at(1n)).toEqual(['live', 'frozen', 'frozen']);
    expect(at(0n, 1n)).toEqual(['live', 'frozen', 'frozen']);
    expect(statuses(sight(START, TOLD, { kind: 'failed' }))).toEqual(['live', 'frozen', 'frozen']);
  });

  it('`last` answers for a live asset only, and for none that it does not know', () => {
    expect(PriceFeed.last(feed, 'link', sight(START, TOLD))).toBe(TEN);
    const silent = sight(START, without('link-usd'));
    expect(() => PriceFeed.last(feed, 'link', silent)).toThrow(expect.objectContaining({ code: 'NOT_LIVE' }));
    for (const read of [PriceFeed.quote, PriceFeed.last, PriceFeed.refreshed]) {
      expect(() => read(feed, 'doge', silent)).toThrow(expect.objectContaining({ code: 'UNKNOWN_ASSET' }));
    }
  });

  it('`refreshed` answers as `quote` and stores live prices only, so that 24 h stay 24 h', () => {
    const live = sight(START + HOUR, told(['link-usd', 1_100_000_000n]));
    const { quote, feed: later } = PriceFeed.refreshed(feed, 'link', live);
    expect(quote).toEqual(PriceFeed.quote(feed, 'link', live));
    expect(PriceFeed.feedsOf(later, 'link').lastGood).toEqual({ price: usdc(11_000_000n), at: START + HOUR });

    const silent = sight(START + 2n * HOUR, without('link-usd'));
    const frozen = PriceFeed.refreshed(later, 'link', silent);
    expect(frozen.quote).toMatchObject({ status: 'frozen', price: usdc(11_000_000n) });
    expect(frozen.feed).toEqual(later);
    expect(PriceFeed.refreshed(later, 'usdc', silent).feed).toBe(later);
  });
});
