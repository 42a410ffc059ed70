import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Q112 } from '../math/scales.ts';
import * as Aggregate from './aggregate.ts';
import { type Answer, failed, priceOf } from './answer.ts';
import { DAY, registry, START, sight, TOLD, without } from './price-feed.fixture.ts';
import * as PriceFeed from './price-feed.ts';
import * as TwapV2 from './twap-v2.ts';
import * as TwapV3 from './twap-v3.ts';
import { liveWindow } from './window.ts';

const UNIT = 10n ** 18n;
const live = (price: bigint): Answer<'live'> => ({ kind: 'price', price, horizon: 'live' });
const coded = (code: string) => expect.objectContaining({ code });
const split = (...weights: readonly bigint[]) =>
  Aggregate.split(weights.map((weight, i) => ({ source: `source-${i}`, weight })));
const answers = (...all: readonly Answer<'live'>[]) => new Map(all.map((answer, i) => [`source-${i}`, answer]));
const of = (weights: readonly bigint[], ...all: readonly Answer<'live'>[]) =>
  Aggregate.aggregation(split(...weights), answers(...all));
const THREE = [5_000n, 3_000n, 2_000n];

describe('docs/rules.md 5: one price from several sources', () => {
  it('is 100.375 for 100 (50 %), 101 (30 %), 150 (20 %), not 110.3', () => {
    const result = of(THREE, live(100n * UNIT), live(101n * UNIT), live(150n * UNIT));
    expect(priceOf(result.answer)).toBe(100_375n * 10n ** 15n);
    expect(result).toMatchObject({ median: 101n * UNIT, weightLeft: 8_000n, sourcesLeft: 2 });
    expect(result.parts.map(({ fate }) => fate)).toEqual(['kept', 'kept', 'far']);
    expect(result.parts.map((part) => 'distance' in part && part.distance)).toEqual([UNIT, 0n, 49n * UNIT]);
  });

  it('is the error QUORUM with only the source of 50 % alive', () => {
    for (const dead of [{ kind: 'stale' } as const, failed('NO_ANSWER'), live(0n)]) {
      const { answer, weightLeft } = of(THREE, live(100n * UNIT), dead, dead);
      expect([answer, weightLeft]).toEqual([{ kind: 'failed', why: 'QUORUM' }, 5_000n]);
      expect(() => priceOf(answer)).toThrow(coded('QUORUM'));
    }
  });

  it('wants 60 % of the weight and two sources', () => {
    const pair = [live(UNIT), live(UNIT)];
    expect(of([4_000n, 2_000n, 4_000n], ...pair, failed('NO_ANSWER')).answer.kind).toBe('price');
    expect(of([4_000n, 1_999n, 4_001n], ...pair, failed('NO_ANSWER')).answer).toEqual(failed('QUORUM'));
    expect(of([9_000n, 1_000n], live(UNIT), { kind: 'stale' }).answer).toEqual(failed('QUORUM'));
    expect(of([9_000n, 1_000n]).answer).toEqual(failed('QUORUM'));
  });

  it('drops stale, zero and failing sources and says which', () => {
    const weights = [3_000n, 3_000n, 2_000n, 1_000n, 1_000n];
    const all = of(weights, live(100n), live(100n), { kind: 'stale' }, live(0n), failed('NO_WINDOW'));
    expect(all.parts.map(({ fate }) => fate)).toEqual(['kept', 'kept', 'stale', 'zero', 'failed']);
    expect(priceOf(all.answer)).toBe(100n);
  });

  it('measures from the lower middle when the number is even, up to 2 % included', () => {
    const even = [2_500n, 2_500n, 2_500n, 2_500n];
    const far = of(even, live(10_000n), live(10_000n), live(10_200n), live(10_201n));
    expect([far.median, far.parts.map(({ fate }) => fate)]).toEqual([10_000n, ['kept', 'kept', 'kept', 'far']]);
    expect(of(even, live(1n), live(2n), live(3n), live(4n)).median).toBe(2n);
  });

  it('is floored', () => {
    expect(priceOf(of([5_000n, 5_000n], live(100n), live(101n)).answer)).toBe(100n);
  });

  it('takes no average of 24 h, and no split that was not checked', () => {
    const day: Answer<'day'> = { kind: 'price', price: UNIT, horizon: 'day' };
    // @ts-expect-error an average of 24 h is of another horizon
    expect(() => Aggregate.aggregation(split(...THREE), new Map([['source-9', day]]))).toThrow(coded('UNKNOWN_SOURCE'));
    // @ts-expect-error a literal is no split
    expect(Aggregate.aggregation([{ source: 'a', weight: 1n }], new Map()).weightLeft).toBe(0n);
  });
});

describe('docs/rules.md 5: a split', () => {
  it('sums to 10 000, of two or more sources, each once', () => {
    for (const weights of [[], [10_000n], [5_000n, 4_999n], [5_000n, 5_001n], [10_000n, 0n], [10_001n, -1n]]) {
      expect(() => split(...weights)).toThrow(coded('BAD_SPLIT'));
    }
    const twice = { source: 'a', weight: 5_000n };
    expect(() => Aggregate.split([twice, twice])).toThrow(coded('BAD_SPLIT'));
  });
});

/** Weights above 0 that sum to 10 000, from any positive numbers. */
const weightsOf = (raw: readonly bigint[]): bigint[] => {
  const sum = raw.reduce((a, b) => a + b, 0n);
  const parts = raw.map((one) => 1n + (one * (10_000n - BigInt(raw.length))) / sum);
  return parts.map((part, i) => (i === 0 ? part + 10_000n - parts.reduce((a, b) => a + b, 0n) : part));
};
const priced = fc.bigInt(1n, 1n << 128n).map(live);
const near = fc.bigInt(99n * UNIT, 101n * UNIT).map(live);
const any = fc.oneof(
  ...[
    { weight: 4, arbitrary: near },
    { weight: 1, arbitrary: priced },
  ],
  ...[{ weight: 1, arbitrary: fc.constantFrom({ kind: 'stale' } as const, failed('NO_ANSWER'), live(0n)) }],
);
const sources = fc.array(fc.tuple(fc.bigInt(1n, 1_000n), any), { minLength: 2, maxLength: 9 });
const RUNS = { numRuns: 300 };

describe('an aggregate, for any sources', () => {
  it('does not depend on their order', () => {
    fc.assert(
      fc.property(sources, fc.nat(), (all, turn) => {
        const weights = weightsOf(all.map(([raw]) => raw));
        const named = all.map(([, answer], i) => ({ source: `s${i}`, weight: weights[i] ?? 0n, answer }));
        const turned = [...named.slice(turn % named.length), ...named.slice(0, turn % named.length)].reverse();
        const [one, other] = [named, turned].map((list) =>
          Aggregate.aggregation(Aggregate.split(list), new Map(list.map(({ source, answer }) => [source, answer]))),
        );
        expect(one?.answer).toEqual(other?.answer);
        expect(one?.parts.map(({ source, fate }) => [source, fate])).toEqual(
          other?.parts.map(({ source, fate }) => [source, fate]),
        );
      }),
      RUNS,
    );
  });

  it('lies within the kept prices, and within 2 % of the median, which is a price of one of them', () => {
    fc.assert(
      fc.property(sources, (all) => {
        const { parts, median = 0n, answer } = of(weightsOf(all.map(([raw]) => raw)), ...all.map(([, one]) => one));
        if (answer.kind !== 'price') return;
        const kept = parts.flatMap((part) => (part.fate === 'kept' ? [part.price] : []));
        expect(kept.some((price) => price <= answer.price) && kept.some((price) => price >= answer.price)).toBe(true);
        expect(kept).toContain(median);
        const far = answer.price > median ? answer.price - median : median - answer.price;
        // One unit for the floor.
        expect((far - 1n) * 10_000n <= median * 200n).toBe(true);
      }),
      RUNS,
    );
  });

  it('rises or stays when every price rises by the same factor', () => {
    fc.assert(
      fc.property(sources, fc.bigInt(1n, 1_000n), (all, times) => {
        const weights = weightsOf(all.map(([raw]) => raw));
        const scaled = all.map(([, one]) => (one.kind === 'price' ? live(one.price * times) : one));
        const [low, high] = [of(weights, ...all.map(([, one]) => one)).answer, of(weights, ...scaled).answer];
        expect(high.kind).toBe(low.kind);
        if (low.kind !== 'price' || high.kind !== 'price') return;
        expect(low.price * times <= high.price && high.price < (low.price + 1n) * times).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('liars among the sources', () => {
  const honest = fc.array(fc.bigInt(99n * UNIT, 101n * UNIT), { minLength: 2, maxLength: 5 });
  const lies = fc.array(fc.oneof(priced, fc.constant<Answer<'live'>>({ kind: 'stale' })), {
    minLength: 1,
    maxLength: 4,
  });
  const raws = fc.array(fc.bigInt(1n, 1_000n), { minLength: 9, maxLength: 9 });
  const ends = (prices: readonly bigint[]) => [...prices].sort((a, b) => (a < b ? -1 : 1));

  it('fewer than half, whatever their weight: the price is within 2 % of the honest ones, or there is none', () => {
    fc.assert(
      fc.property(honest, lies, raws, (truths, all, raw) => {
        fc.pre(all.length < truths.length);
        const every = [...truths.map(live), ...all];
        const { answer } = of(weightsOf(raw.slice(0, every.length)), ...every);
        if (answer.kind !== 'price') return;
        const [low = 0n, high = 0n] = [ends(truths)[0], ends(truths).at(-1)];
        expect(answer.price * 10_000n >= low * 9_800n - 10_000n && answer.price * 10_000n <= high * 10_200n).toBe(true);
      }),
      RUNS,
    );
  });

  it('of any number with less than 60 % of the weight: the price is within 2 % twice of an honest one, or there is none', () => {
    fc.assert(
      fc.property(honest, lies, raws, (truths, all, raw) => {
        const every = [...truths.map(live), ...all];
        const weights = weightsOf(raw.slice(0, every.length));
        fc.pre(weights.slice(truths.length).reduce((a, b) => a + b, 0n) < 6_000n);
        const { answer } = of(weights, ...every);
        if (answer.kind !== 'price') return;
        const [low = 0n, high = 0n] = [ends(truths)[0], ends(truths).at(-1)];
        expect(answer.price * 102n * 100n >= low * 98n * 100n - 10_200n).toBe(true);
        expect(answer.price * 98n <= high * 102n).toBe(true);
      }),
      RUNS,
    );
  });

  it('one, with 40 % of the weight at most, cannot stop the price of three sources that agree to 2 %', () => {
    fc.assert(
      fc.property(fc.tuple(near, near, near), priced, fc.bigInt(1n, 4_000n), (truths, lie, weight) => {
        const third = (10_000n - weight) / 3n;
        const weights = [third, third, 10_000n - weight - 2n * third, weight];
        const prices = truths.flatMap((one) => (one.kind === 'price' ? [one.price] : []));
        const [low = 0n, high = 0n] = [ends(prices)[0], ends(prices).at(-1)];
        fc.pre((high - low) * 10_000n <= low * 200n);
        const { answer } = of(weights, ...truths, lie);
        expect(answer.kind).toBe('price');
      }),
      RUNS,
    );
  });
});

describe('docs/rules.md 5: a feed and averages of like horizon together', () => {
  const window = liveWindow(1_800n);
  /** 10 USDC with 6 decimals for a token with 18 */
  const ten = (10n * Q112) / 10n ** 12n;
  const after = { timestamp: START + 1_800n, cumulative: ten * 1_800n };
  const begun = TwapV2.begun(window, TwapV2.observation({ timestamp: START, cumulative: 0n }));
  const fresh = sight(START + 1_800n, TOLD);
  const pool = { window, asset: 'token1' } as const;
  /** 1.0001^253297 = 1e11, nearly: 0.1 LINK a USDC, in smallest units */
  const ticks = { kind: 'observed', before: 0n, after: 253_297n * 1_800n } as const;
  const asked = { feed: registry(), asset: 'link' };

  it('are one price, and the price of the others when the feed falls silent', () => {
    const average = TwapV2.refreshed(begun, TwapV2.observation(after)).answer;
    const said = (seen: PriceFeed.Sight) =>
      of([4_000n, 3_000n, 3_000n], PriceFeed.source.refreshed(asked, seen).answer, average, TwapV3.last(pool, ticks));
    const three = said(fresh);
    expect(three.parts.map(({ fate }) => fate)).toEqual(['kept', 'kept', 'kept']);
    const price = priceOf(three.answer);
    expect(price > (ten * 9_999n) / 10_000n && price < (ten * 10_001n) / 10_000n).toBe(true);
    const silent = said(sight(START + 1_800n, without('link-usd')));
    expect(silent.parts.map(({ fate }) => fate)).toEqual(['stale', 'kept', 'kept']);
    expect(silent.answer.kind).toBe('price');
    const dead = said(sight(START + 2n * DAY, without('link-usd')));
    expect(dead.parts.map(({ fate }) => fate)).toEqual(['failed', 'kept', 'kept']);
  });

  it('`last` is a view of what `refreshed` would answer of a feed', () => {
    const { state, answer } = PriceFeed.source.refreshed(asked, fresh);
    expect(PriceFeed.source.last(asked, fresh)).toEqual(answer);
    expect(PriceFeed.feedsOf(state.feed, 'link').lastGood?.at).toBe(START + 1_800n);
  });
});
