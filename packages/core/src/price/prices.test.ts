import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Q112 } from '../math/scales.ts';
import { isPrice, MIN_PRICE, PRICE_LIMIT, toPrice } from './prices.ts';
import * as Quotes from './quotes.ts';

describe('docs/rules.md 5: from answers to a price', () => {
  it('multiplies before it divides, floors once, and has no price outside its range', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, (1n << 192n) - 1n),
        fc.bigInt(0n, 191n),
        fc.bigInt(1n, (1n << 96n) - 1n),
        fc.bigInt(-48n, 36n),
        (bits, shift, baseAnswer, exponent) => {
          const answer = bits >> shift;
          const price = toPrice({ answer, baseAnswer, exponent });
          const above = answer * Q112 * (exponent > 0n ? 10n ** exponent : 1n);
          const below = baseAnswer * (exponent < 0n ? 10n ** -exponent : 1n);
          if (price === 0n) expect(above < MIN_PRICE * below || above >= PRICE_LIMIT * below).toBe(true);
          else expect(isPrice(price) && price * below <= above && above < (price + 1n) * below).toBe(true);
        },
      ),
    );
  });

  it('has the edges that the chain has', () => {
    const at = (answer: bigint, baseAnswer: bigint, exponent = 0n) => toPrice({ answer, baseAnswer, exponent });
    expect([at(1n, 1n), at(1n, 1n << 72n), at(1n, (1n << 72n) + 1n)]).toEqual([Q112, MIN_PRICE, 0n]);
    expect([at((1n << 16n) - 1n, 1n), at(1n << 16n, 1n)]).toEqual([PRICE_LIMIT - Q112, 0n]);
    expect([at((1n << 192n) - 1n, 1n, 36n), at(0n, 1n)]).toEqual([0n, 0n]);
    const bad: readonly (readonly [bigint, bigint, bigint])[] = [
      ...([
        [-1n, 1n, 0n],
        [1n << 192n, 1n, 0n],
        [1n, 0n, 0n],
        [1n, 1n << 96n, 0n],
      ] as const),
      ...([
        [1n, 1n, -49n],
        [1n, 1n, 37n],
      ] as const),
    ];
    for (const one of bad) expect(() => at(...one)).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }));
  });
});

describe('a quote', () => {
  it("is the chain's word and back", () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, PRICE_LIMIT - 1n),
        fc.bigInt(0n, 65_535n),
        fc.constantFrom('live', 'frozen'),
        (price, qBps, status) => {
          const quote: Quotes.Quote = { status, price, qBps };
          expect(Quotes.unpack(Quotes.pack(quote))).toEqual(quote);
        },
      ),
    );
    expect([Quotes.pack(Quotes.DEAD), Quotes.unpack(0n)]).toEqual([0n, Quotes.DEAD]);
    expect(Quotes.pack({ status: 'live', price: Q112, qBps: 1n })).toBe(Q112 | (1n << 128n) | (1n << 144n));
    for (const bad of [
      { price: PRICE_LIMIT, qBps: 0n },
      { price: 1n, qBps: 65_536n },
      { price: -1n, qBps: 0n },
    ]) {
      expect(() => Quotes.pack({ status: 'live', ...bad })).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }));
    }
  });

  it('of a dead asset has no price to be used by mistake', () => {
    const quote = Quotes.unpack(0n);
    // @ts-expect-error only a live or a frozen quote has a price
    expect(quote.price).toBeUndefined();
  });
});
