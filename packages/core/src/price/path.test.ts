import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Q112 } from '../math/scales.ts';
import { type Answer, failed } from './answer.ts';
import * as PricePath from './path.ts';
import * as TwapV2 from './twap-v2.ts';
import { liveWindow } from './window.ts';

const coded = (code: string) => expect.objectContaining({ code });
const live = (price: bigint): Answer<'live'> => ({ kind: 'price', price, horizon: 'live' });
const path = PricePath.path(['usdc', 'weth', 'link'], 'live');
/** WETH at 2 000 USDC in smallest units (6 and 18 decimals), LINK at 0.005 WETH */
const WETH = (2_000n * Q112) / 10n ** 12n;
const LINK = (5n * Q112) / 1_000n;
const hops = [live(WETH), live(LINK)] as const;

describe('docs/rules.md 5: the path oracle', () => {
  it('answers exactly 2^112 for path[0], whatever the hops say', () => {
    expect(PricePath.answerOf({ path, hops }, 'usdc')).toEqual(live(Q112));
    expect(PricePath.answerOf({ path, hops: [failed('NO_ANSWER'), { kind: 'stale' }] }, 'usdc')).toEqual(live(Q112));
  });

  it('is the product over the hops, up to the asset, floored after each', () => {
    expect(PricePath.answerOf({ path, hops }, 'weth')).toEqual(live(WETH));
    expect(PricePath.answerOf({ path, hops }, 'link')).toEqual(live((WETH * LINK) / Q112));
    const ratios = fc.bigInt(1n << 100n, 1n << 115n);
    fc.assert(
      fc.property(fc.array(ratios, { minLength: 1, maxLength: 5 }), (prices) => {
        const assets = ['base', ...prices.map((_, i) => `asset-${i}`)];
        const at = PricePath.path(assets, 'live');
        const answer = PricePath.answerOf({ path: at, hops: prices.map(live) }, assets.at(-1) ?? '');
        const exact = prices.reduce((product, price) => product * price, 1n);
        if (answer.kind !== 'price') throw new Error('no price');
        const scaled = answer.price * Q112 ** BigInt(prices.length - 1);
        // Rounded down; a product is above 2^52 with hops of 100 bits and more, so by less than 2^-49 of itself.
        expect(scaled <= exact && (exact - scaled) << 49n < exact).toBe(true);
      }),
    );
  });

  it('has no price beyond a hop without one, nor outside the range of prices', () => {
    const at = (first: Answer<'live'>, second: Answer<'live'>) => ({ path, hops: [first, second] });
    expect(PricePath.answerOf(at(live(WETH), { kind: 'stale' }), 'weth')).toEqual(live(WETH));
    expect(PricePath.answerOf(at(live(WETH), { kind: 'stale' }), 'link')).toEqual({ kind: 'stale' });
    expect(PricePath.answerOf(at(failed('NO_WINDOW'), live(LINK)), 'weth')).toEqual(failed('NO_WINDOW'));
    for (const price of [(1n << 40n) - 1n, 1n << 128n]) {
      expect(PricePath.answerOf(at(live(price), live(Q112)), 'link')).toEqual(failed('OUT_OF_RANGE'));
    }
  });

  it('is of two assets or more, none twice, with one hop less', () => {
    for (const assets of [[], ['usdc'], ['usdc', 'weth', 'usdc']]) {
      expect(() => PricePath.path(assets, 'live')).toThrow(coded('BAD_PATH'));
    }
    expect(() => PricePath.answerOf({ path, hops: [live(WETH)] }, 'weth')).toThrow(coded('BAD_PATH'));
  });

  it('does not mix horizons', () => {
    const day: Answer<'day'> = { kind: 'price', price: LINK, horizon: 'day' };
    // @ts-expect-error an average of 24 h is no hop of a live path
    expect(PricePath.answerOf<'live'>({ path, hops: [live(WETH), day] }, 'link').kind).toBe('price');
  });
});

describe('docs/rules.md 15: the path oracle answering for an unknown asset', () => {
  it('is an error, whatever the hops say', () => {
    for (const all of [hops, [failed('NO_ANSWER'), failed('NO_ANSWER')] as const]) {
      expect(() => PricePath.answerOf({ path, hops: all }, 'doge')).toThrow(coded('UNKNOWN_ASSET'));
    }
  });
});

describe('docs/rules.md 5: `last` and `refreshed` of a path', () => {
  const source = PricePath.sourceOf(TwapV2.source);
  const window = liveWindow(1_800n);
  const seen = (cumulative: bigint, timestamp: bigint) => TwapV2.observation({ cumulative, timestamp });
  const begun = { path, states: [TwapV2.begun(window, seen(0n, 0n)), TwapV2.begun(window, seen(0n, 0n))] };
  const shown = [seen(WETH * 1_800n, 1_800n), seen(LINK * 1_800n, 1_800n)];

  it('are those of its hops', () => {
    expect(source.last(begun, shown)).toEqual(failed('NO_WINDOW'));
    const { state, answer } = source.refreshed(begun, shown);
    expect(answer).toEqual(live((WETH * LINK) / Q112));
    expect(source.last(state, shown)).toEqual(answer);
    expect(
      source.last(
        state,
        [shown[0], seen(0n, 3_601n)].flatMap((one) => one ?? []),
      ),
    ).toEqual({ kind: 'stale' });
    expect(() => source.last(state, shown.slice(1))).toThrow(coded('BAD_PATH'));
  });
});
