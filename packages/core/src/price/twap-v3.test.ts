import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Q112 } from '../math/scales.ts';
import { MAX_TICK, priceAtTick, sqrtRatioAtTick } from './tick-math.ts';
import * as TwapV3 from './twap-v3.ts';
import { liveWindow } from './window.ts';

const coded = (code: string) => expect.objectContaining({ code });
const ticks = fc.bigInt(-MAX_TICK, MAX_TICK);

/** {bits} of the independent computation, and its 1 */
const DIGITS = 700n;
const UNIT = 1n << DIGITS;

/** 1.0001^tick at 700 binary places, by repeated squaring of the ratio itself: no square root, no table. */
const powerAt = (tick: bigint): bigint => {
  let [power, base] = [UNIT, tick < 0n ? (UNIT * 10_000n) / 10_001n : (UNIT * 10_001n) / 10_000n];
  for (let rest = tick < 0n ? -tick : tick; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) power = (power * base) >> DIGITS;
    base = (base * base) >> DIGITS;
  }
  return power;
};

describe('docs/rules.md 5: the price at a tick', () => {
  it('is that of a Uniswap v3 pool, to the bit, at the ends of its range, at 0, and between', () => {
    const known: readonly (readonly [bigint, bigint])[] = [
      [0n, 1n << 96n],
      [-887_272n, 4_295_128_739n],
      [-887_271n, 4_295_343_490n],
      // One factor each, whose last bit shows in the inverse.
      [131_072n, 55_581_415_166_113_811_149_459_800_483_534n],
      [262_144n, 38_992_368_544_603_139_932_233_054_999_993_536n],
      [524_288n, 19_190_206_568_837_448_476_620_805_525_116_361_302_670n],
      [887_271n, 1_461_373_636_630_004_318_706_518_188_784_493_106_690_254_656_249n],
      [887_272n, 1_461_446_703_485_210_103_287_273_052_203_988_822_378_723_970_342n],
    ];
    for (const [tick, root] of known) expect(sqrtRatioAtTick(tick)).toBe(root);
    expect(priceAtTick(0n)).toBe(Q112);
  });

  it('has no tick beyond', () => {
    for (const tick of [-887_273n, 887_273n]) expect(() => sqrtRatioAtTick(tick)).toThrow(coded('OUT_OF_RANGE'));
  });

  it('is 1.0001^tick: the root is off by one unit, and above 0 by 24 roundings of its inverse at 128 places', () => {
    const near = (tick: bigint): void => {
      const root = sqrtRatioAtTick(tick);
      // root^2 / 2^192 against 1.0001^tick, both at 700 places; a unit of the root makes 2 root + 1 in its square.
      const exact = powerAt(tick);
      const square = root * root * (1n << (DIGITS - 192n));
      const unit = (2n * root + 1n) << (DIGITS - 192n);
      const inverse = tick > 0n ? (48n * exact * root) >> 224n : 0n;
      const far = square > exact ? square - exact : exact - square;
      expect(far <= unit + inverse).toBe(true);
    };
    for (let bit = 0n; bit < 20n; bit += 1n) [1n << bit, -(1n << bit)].filter((t) => t <= MAX_TICK).forEach(near);
    fc.assert(fc.property(ticks, near), { numRuns: 300 });
  });

  it('rises with every tick', () => {
    fc.assert(
      fc.property(fc.bigInt(-MAX_TICK, MAX_TICK - 1n), (tick) => {
        expect(sqrtRatioAtTick(tick + 1n)).toBeGreaterThan(sqrtRatioAtTick(tick));
      }),
    );
  });

  it('is the square of the root as UQ112, floored', () => {
    fc.assert(
      fc.property(ticks, (tick) => {
        const root = sqrtRatioAtTick(tick);
        const price = priceAtTick(tick);
        expect(price << 80n <= root ** 2n && root ** 2n < (price + 1n) << 80n).toBe(true);
      }),
    );
    // 1.0001^23027 = 9.999997...
    expect((priceAtTick(23_027n) * 1_000_000n) / Q112).toBe(9_999_997n);
  });
});

describe('docs/rules.md 5: the mean tick', () => {
  const mean = (before: bigint, after: bigint, seconds: bigint) => TwapV3.meanTick({ before, after, seconds });

  it('rounds toward minus infinity, also below 0', () => {
    expect([mean(0n, 19n, 10n), mean(0n, -19n, 10n), mean(0n, -20n, 10n), mean(0n, -1n, 10n)]).toEqual([
      1n,
      -2n,
      -2n,
      -1n,
    ]);
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 9n), 10n ** 9n), fc.bigInt(1n, 86_400n), (difference, seconds) => {
        fc.pre(difference > -MAX_TICK * seconds && difference < MAX_TICK * seconds);
        const tick = mean(7n, 7n + difference, seconds);
        expect(tick * seconds <= difference && difference < (tick + 1n) * seconds).toBe(true);
      }),
    );
  });

  it('is not disturbed when the cumulative tick wraps at 56 bits', () => {
    const most = (1n << 55n) - 1n;
    expect(mean(most - 4n, -(1n << 55n) + 5n, 10n)).toBe(1n);
    expect(mean(-(1n << 55n), most, 1n)).toBe(-1n);
  });

  it('is of a time above 0', () => {
    for (const seconds of [0n, -1n]) expect(() => mean(0n, 1n, seconds)).toThrow(coded('DIVISION_BY_ZERO'));
    expect([mean(0n, MAX_TICK, 1n), mean(0n, -MAX_TICK, 1n)]).toEqual([MAX_TICK, -MAX_TICK]);
  });
});

describe('docs/rules.md 5: `last` and `refreshed` of a Uniswap v3 pool', () => {
  const window = liveWindow(1_800n);
  const seen = { kind: 'observed', before: 0n, after: -100n * 1_800n - 1n } as const;

  it('price either token at the mean tick of the window', () => {
    const priced = (asset: 'token0' | 'token1') => TwapV3.last({ window, asset }, seen);
    expect(priced('token0')).toEqual({ kind: 'price', price: priceAtTick(-101n), horizon: 'live' });
    expect(priced('token1')).toEqual({ kind: 'price', price: priceAtTick(101n), horizon: 'live' });
  });

  it('have no price when the pool does not reach back so far, or beyond the range of ratios', () => {
    const state = { window, asset: 'token0' } as const;
    expect(TwapV3.last(state, { kind: 'failed' })).toEqual({ kind: 'failed', why: 'NO_WINDOW' });
    const far = { kind: 'observed', before: 0n, after: MAX_TICK * 1_800n } as const;
    expect(TwapV3.last(state, far)).toEqual({ kind: 'failed', why: 'OUT_OF_RANGE' });
    const nonsense = { kind: 'observed', before: 0n, after: (MAX_TICK + 1n) * 1_800n } as const;
    expect(TwapV3.last(state, nonsense)).toEqual({ kind: 'failed', why: 'OUT_OF_RANGE' });
    expect(TwapV3.refreshed(state, seen)).toEqual({ state, answer: TwapV3.last(state, seen) });
  });
});
