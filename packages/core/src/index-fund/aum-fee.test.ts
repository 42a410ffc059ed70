import { describe, expect, it } from 'vitest';
import { RAY } from '../math/scales.ts';
import * as AumFee from './aum-fee.ts';

const ONE_PERCENT = 1_000_000_000_318_482_464_817_954_188n;
const DAY = 86_400n;

describe('ratePerSecond', () => {
  it('has the rates of docs/rules.md 3', () => {
    expect(AumFee.ratePerSecond(10n ** 16n)).toBe(ONE_PERCENT);
    expect(AumFee.ratePerSecond(10n ** 17n)).toBe(AumFee.MAX_RATE);
    expect(AumFee.ratePerSecond(0n)).toBe(RAY);
  });

  it('gives back the yearly fee', () => {
    for (const bps of [1n, 5n, 50n, 95n, 250n, 999n]) {
      const taken = AumFee.yearlyFraction(AumFee.ratePerSecond(bps * 10n ** 14n));
      const wanted = bps * 10n ** 23n;
      expect(taken).toBeLessThanOrEqual(wanted + 10n ** 8n);
      expect(taken).toBeGreaterThan(wanted - 10n ** 10n);
    }
  });

  it('refuses more than 10 % a year', () => {
    expect(() => AumFee.ratePerSecond(10n ** 17n + 1n)).toThrow(
      expect.objectContaining({ code: 'YEARLY_FEE_OUT_OF_RANGE' }),
    );
  });
});

describe('fee', () => {
  it('dilutes a supply of 1e24 by the day as docs/rules.md 3 says', () => {
    expect(AumFee.fee(10n ** 24n, ONE_PERCENT, DAY)).toBe(27_517_263_548_840_815_255n);
  });

  it('leaves holders with 99 % after a year at 1 %', () => {
    const supply = 10n ** 24n;
    const after = supply + AumFee.fee(supply, ONE_PERCENT, AumFee.YEAR);
    expect((supply * 10n ** 12n) / after).toBe(990_000_000_000n);
  });

  it('is nothing without time, rate or supply', () => {
    expect(AumFee.fee(10n ** 24n, ONE_PERCENT, 0n)).toBe(0n);
    expect(AumFee.fee(10n ** 24n, RAY, AumFee.YEAR)).toBe(0n);
    expect(AumFee.fee(0n, ONE_PERCENT, AumFee.YEAR)).toBe(0n);
  });

  it('loses nothing to precision in one second', () => {
    expect(AumFee.fee(10n ** 24n, ONE_PERCENT, 1n)).toBe(318_482_464_817_954n);
  });

  it('refuses a rate that shrinks supply or takes more than 10 % a year', () => {
    for (const rate of [RAY - 1n, AumFee.MAX_RATE + 1n]) {
      expect(() => AumFee.fee(1n, rate, 1n)).toThrow(expect.objectContaining({ code: 'RATE_OUT_OF_RANGE' }));
      expect(() => AumFee.yearlyFraction(rate)).toThrow(expect.objectContaining({ code: 'RATE_OUT_OF_RANGE' }));
    }
  });
});
