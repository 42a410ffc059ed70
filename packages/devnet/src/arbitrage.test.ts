import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountOut, arbitrage, sqrt } from './arbitrage.ts';

describe('sqrt', () => {
  it('is the floor of the root', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 512n }), (value) => {
        const root = sqrt(value);
        expect(root * root <= value && value < (root + 1n) ** 2n).toBe(true);
      }),
    );
  });
});

describe('amountOut', () => {
  it('is that of a Uniswap v2 pool', () => {
    // 504.0 LINK sent, 502.5 after the fee, into 100 000 LINK / 1 000 000 USDC
    expect(amountOut(504n, 100_000n, 1_000_000n)).toBe(4_999n);
  });
});

describe('arbitrage', () => {
  it('sells the token to a pool that pays too much, and buys it from one that asks too little', () => {
    const reserves = { token: 100_000n * 10n ** 18n, base: 1_000_000n * 10n ** 6n };
    const at = (usd: bigint) => ({ base: usd * 10n ** 6n, token: 10n ** 18n });
    expect(arbitrage(reserves, at(9n))?.sell).toBe('token');
    expect(arbitrage(reserves, at(11n))?.sell).toBe('base');
    expect(arbitrage(reserves, at(10n))).toBeUndefined();
  });

  const reserve = fc.bigInt({ min: 10n ** 9n, max: 2n ** 100n });
  const factor = fc.bigInt({ min: 10n, max: 1_000_000n });

  it('leaves a pool within its fee of the price', () => {
    fc.assert(
      fc.property(reserve, reserve, factor, (token, base, permille) => {
        const price = { base: base * permille, token: token * 1_000n };
        const swap = arbitrage({ token, base }, price);
        const after = { token, base };
        if (swap !== undefined) {
          after[swap.sell] += swap.amountIn;
          after[swap.sell === 'token' ? 'base' : 'token'] -= swap.amountOut;
        }
        // 0.3 % and a millionth for the rounding of small pools
        const [pool, feed] = [after.base * price.token, price.base * after.token];
        const scale = 1_000_000n;
        expect(pool * 997n * (scale - 1n) <= feed * 1_000n * scale).toBe(true);
        expect(feed * 997n * (scale - 1n) <= pool * 1_000n * scale).toBe(true);
      }),
    );
  });

  it('gains, and more than a swap of any other size', () => {
    fc.assert(
      fc.property(reserve, reserve, factor, fc.integer({ min: 1, max: 3_000 }), (token, base, permille, size) => {
        const price = { base: base * permille, token: token * 1_000n };
        const swap = arbitrage({ token, base }, price);
        if (swap === undefined) return;
        const [x, y] = swap.sell === 'token' ? [token, base] : [base, token];
        const [priceIn, priceOut] = swap.sell === 'token' ? [price.token, price.base] : [price.base, price.token];
        const gain = (amountIn: bigint) => amountOut(amountIn, x, y) * priceIn - amountIn * priceOut;
        const unit = priceIn > priceOut ? priceIn : priceOut; // a swap is rounded to whole units, both in and out
        expect(gain(swap.amountIn) >= gain((swap.amountIn * BigInt(size)) / 1_000n) - 4n * unit).toBe(true);
      }),
    );
  });
});
