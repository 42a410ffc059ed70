import { readFileSync } from 'node:fs';
import { Impact, parseDecimal } from '@wicker/core';
import {
  type Chain,
  deployTokens,
  deployVenues,
  openPools,
  readReserves,
  startChain,
  type Token,
  type Venue,
} from '@wicker/devnet';
import { type Address, parseAbi } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChain } from './chain-reader.ts';
import { readDepth } from './depth.ts';
import { swapV3 } from './swap-v3.ts';
import { deployUniswapV3, openV3Pool, ordered, swapOnChain, type UniswapV3 } from './uniswap-v3.fixture.ts';
import { readV3State } from './v3.ts';
import { parseVenuesText, type Venues } from './venues.ts';

const getPoolAbi = parseAbi(['function getPool(address, address, uint24) view returns (address)']);
const UNIT = 10n ** 18n;
const Q96 = 1n << 96n;
const NO_LIMIT = { down: 4_295_128_740n, up: 1461446703485210103287273052203988822378723970341n };

let chain: Chain;
let v3: UniswapV3;
let v2: Venue;
let pair: readonly [Token, Token];
let third: Token;

beforeAll(async () => {
  chain = await startChain();
  const specs = ['aaa', 'bbb', 'ccc'].map((id) => ({ id, name: id, symbol: id.toUpperCase(), decimals: 18 }));
  const [a, b, c] = await deployTokens(chain.client, specs);
  const [venue] = await deployVenues(chain.client, ['uniswap-v2']);
  if (a === undefined || b === undefined || c === undefined || venue === undefined) throw new Error('not deployed');
  pair = ordered(a, b);
  third = c;
  v2 = venue;
  v3 = await deployUniswapV3(chain.client);
});
afterAll(() => chain.stop());

const poolOf = (fee: number): Promise<Address> =>
  chain.client.readContract({
    address: v3.factory,
    abi: getPoolAbi,
    functionName: 'getPool',
    args: [pair[0].address, pair[1].address, fee],
  });

describe('swapV3', () => {
  // Spacings 10, 60 and 200; a wide position, narrow ones that overlap, and a hole on each side.
  const pools = [
    {
      fee: 500,
      sqrtPrice: Q96 + 12_345n,
      positions: [
        [-887_270, 887_270, 5n],
        [-500, 500, 40n],
        [-20, 30, 100n],
        [4_000, 9_000, 70n],
        [-7_000, -6_990, 9n],
      ],
    },
    {
      fee: 3000,
      sqrtPrice: 3n * Q96 + 1n,
      positions: [
        [-60_000, 60_000, 1_000n],
        [21_000, 22_980, 333n],
        [30_000, 36_000, 77n],
      ],
    },
    {
      fee: 10_000,
      sqrtPrice: Q96 / 7n,
      positions: [
        [-40_000, -38_800, 1_000_000n],
        [-39_200, -39_000, 5n],
      ],
    },
  ] as const;

  it.each(pools)(
    'gives what the pool of fee $fee gives, to the unit, in both directions and to a limit',
    async ({ fee, sqrtPrice, positions }) => {
      await openV3Pool(
        chain.client,
        v3,
        pair,
        fee,
        sqrtPrice,
        positions.map(([lower, upper, amount]) => ({ lower, upper, amount: amount * UNIT + 17n })),
      );
      const pool = await poolOf(fee);
      const sizes = [1n, 999n, 10n ** 15n + 7n, 13n * UNIT + 1n, 2n * UNIT, 400n * UNIT + 3n, 9n * UNIT, 77n];
      for (const [i, amountIn] of sizes.entries()) {
        const zeroForOne = i % 2 === 0;
        const reader = await openChain(chain.url);
        const { state, ticks } = await readV3State(reader, pool, fee);
        // From the sixth on to a limit, half or double the price.
        const near = zeroForOne ? (state.sqrtPrice * 7n) / 10n : (state.sqrtPrice * 14n) / 10n;
        const limit = i >= 5 ? near : zeroForOne ? NO_LIMIT.down : NO_LIMIT.up;
        const { amountOut, amountLeft } = await swapV3(state, ticks, { zeroForOne, amountIn, limit });
        const [tokenIn, tokenOut] = zeroForOne
          ? [pair[0].address, pair[1].address]
          : [pair[1].address, pair[0].address];
        const real = await swapOnChain(chain.client, v3, { tokenIn, tokenOut, fee, amountIn, limit });
        expect({ size: amountIn, paid: amountIn - amountLeft, got: amountOut }).toEqual({ size: amountIn, ...real });
      }
    },
  );
});

describe('readDepth', () => {
  const price = (usd: string) => parseDecimal(usd, 'price');
  const usd = (amount: bigint): bigint => amount * 100n;

  it('sums both sides of all pools, and takes the better pool in each direction, then the worse direction', async () => {
    const [token, base] = pair;
    // 4 000 000 USD a side in the pair: a token at 2 USD, the base at 1 USD.
    const [pool] = await openPools(chain.client, [
      { venue: v2, token: third, base, amountToken: 2_000_000n * UNIT, amountBase: 4_000_000n * UNIT },
    ]);
    if (pool === undefined) throw new Error('no pool');
    const quote = { id: 'base', address: base.address, decimals: 18, price: price('1') };
    const venues: Venues = {
      platform: 'ethereum',
      quotes: [{ id: 'base', address: base.address, decimals: 18 }],
      v2: [{ name: 'uniswap-v2', factory: v2.factory }],
      v3: [{ name: 'uniswap-v3', factory: v3.factory, fees: [500, 3000, 10_000] }],
    };
    const reader = await openChain(chain.url);
    const subject = { address: third.address, decimals: 18, price: price('2') };
    const depth = await readDepth(reader, venues, [quote], subject, usd(100_000n));
    expect(depth.liquidityCents).toBe(usd(8_000_000n));
    // docs/rules.md 6: x / (reserve + x) of what counts, the same in both directions of a balanced pool.
    expect(depth.impact).toBe(Impact.impactOf(50_000n * UNIT, 2_000_000n * UNIT));
    const [reserves] = await readReserves(chain.client, [pool]);
    expect(reserves).toEqual({ token: 2_000_000n * UNIT, base: 4_000_000n * UNIT });

    // Nobody trades this pair in a pool of v2: only v3 counts.
    const inV3 = await readDepth(
      reader,
      venues,
      [quote],
      { address: token.address, decimals: 18, price: price('1') },
      usd(100n),
    );
    expect(inV3.impact).toBeGreaterThan(0n);
    expect(inV3.liquidityCents).toBeGreaterThan(0n);

    // Another v3 pool of 60 times the depth in one range: selling there moves the price by less.
    await openV3Pool(
      chain.client,
      v3,
      ordered(third, base),
      3000,
      third.address.toLowerCase() < base.address.toLowerCase()
        ? 112_045_541_949_572_279_837_463_876_454n
        : 56_022_770_974_786_139_918_731_938_227n,
      [{ lower: -60_000, upper: 60_000, amount: 300_000_000n * UNIT }],
    );
    const both = await readDepth(await openChain(chain.url), venues, [quote], subject, usd(100_000n));
    expect(both.impact).toBeLessThan(depth.impact ?? 0n);
    expect(both.liquidityCents).toBeGreaterThan(usd(300_000_000n));
  });

  it('knows no impact without a pool, and says when nobody answers', async () => {
    const venues = {
      platform: 'ethereum',
      quotes: [{ id: 'c', address: third.address, decimals: 18 }],
      v2: [],
      v3: [],
    };
    const quote = { id: 'c', address: third.address, decimals: 18, price: price('1') };
    const subject = { address: pair[0].address, decimals: 18, price: price('1') };
    expect(await readDepth(await openChain(chain.url), venues, [quote], subject, 1n)).toEqual({
      liquidityCents: 0n,
      impact: undefined,
    });
    await expect(openChain('http://127.0.0.1:1/v2/a-secret-key')).rejects.toMatchObject({
      code: 'RPC_FAILED',
      message: expect.not.stringContaining('secret'),
    });
    const wrong = { ...venues, v2: [{ name: 'none', factory: pair[0].address }] };
    await expect(readDepth(await openChain(chain.url), wrong, [quote], subject, 1n)).rejects.toMatchObject({
      code: 'RPC_FAILED',
    });
  });
});

describe('parseVenuesText', () => {
  it('reads the exchanges that ship, each address with its checksum', () => {
    const { v2: shipped, v3: others } = parseVenuesText(
      readFileSync(new URL('../../../../data/venues/ethereum.jsonc', import.meta.url), 'utf8'),
    );
    expect([...shipped, ...others].map(({ name }) => name)).toEqual(['uniswap-v2', 'sushiswap', 'uniswap-v3']);
  });

  it('names line and field of what is wrong', () => {
    const text =
      '{ "platform": "ethereum", "quotes": [],\n"v2": [{ "name": "a", "factory": "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc3" }] }';
    expect(() => parseVenuesText(text)).toThrow(
      expect.objectContaining({
        code: 'INVALID_FILE',
        message: expect.stringMatching(
          /line 1: quotes: .*; line 2: v2\[0\]\.factory: .*checksum; line 1: v3: is missing/,
        ),
      }),
    );
  });
});
