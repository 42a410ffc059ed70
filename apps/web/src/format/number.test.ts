import { describe, expect, it } from 'vitest';
import {
  bps,
  count,
  fixed,
  percent,
  plain,
  priceText,
  signedBps,
  signedPercent,
  signedPoints,
  signedUsdc,
  toBps,
  tokenAmount,
  usdc,
} from './number.ts';

describe('numbers that people read', () => {
  it('separates thousands and rounds half up', () => {
    expect(fixed(1_234_567_890n, 6, 2)).toBe('1,234.57');
    expect(fixed(999_995n, 6, 2)).toBe('1.00');
    expect(fixed(5n, 0, 2)).toBe('5.00');
    expect(fixed(4_977_140_000_000n, 6, 0)).toBe('4,977,140');
  });

  it('has a real minus, and none before a zero', () => {
    expect(fixed(-1_500_000n, 6, 2)).toBe('\u22121.50');
    expect(fixed(-1n, 6, 2)).toBe('0.00');
    expect(plain(-1234.5, 1)).toBe('\u22121,234.5');
  });

  it('names the unit and the sign', () => {
    expect(usdc(12_340_000n)).toBe('12.34\u00a0USDC');
    expect(signedUsdc(12_340_000n)).toBe('+12.34\u00a0USDC');
    expect(signedUsdc(-12_340_000n)).toBe('\u221212.34\u00a0USDC');
    expect(signedUsdc(1n)).toBe('0.00\u00a0USDC');
    expect(percent(89_700_000_000_000_000n)).toBe('8.97\u00a0%');
    expect(signedPercent(-0.0046)).toBe('\u22120.46\u00a0%');
    expect(signedPercent(0.012345)).toBe('+1.23\u00a0%');
    expect(bps(16.14)).toBe('16.1\u00a0bps');
    expect(signedBps(3)).toBe('+3.0\u00a0bps');
    expect(signedPoints(-12)).toBe('\u22120.12');
    expect(count(1, 'fill')).toBe('1 fill');
    expect(count(3, 'fill')).toBe('3 fills');
  });

  it('shows amounts with the places that tell something', () => {
    expect(tokenAmount(1_234_567_890_000_000_000_000n, 18)).toBe('1,234.57');
    expect(tokenAmount(12_345_678_900_000_000_000n, 18)).toBe('12.3457');
    expect(tokenAmount(123_456_000_000_000n, 18)).toBe('0.000123');
    expect(tokenAmount(1n, 18)).toBe('<0.000001');
    expect(tokenAmount(0n, 18)).toBe('0');
    expect(priceText(680_123_456n)).toBe('680.12');
    expect(priceText(5_123_456n)).toBe('5.1235');
    expect(priceText(51_234n)).toBe('0.051234');
  });

  it('turns weights into basis points', () => {
    expect(toBps(1_630_000_000_000_000n)).toBe(16.3);
  });
});
