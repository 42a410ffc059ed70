import { describe, expect, it } from 'vitest';
import { feesFor } from './outbox.ts';

describe('the offer of a transaction {wei/gas}', () => {
  it('bears the base fee doubling, never more than allowed', () => {
    expect(feesFor(100n, 7n, undefined, undefined)).toEqual({ maxFeePerGas: 207n, maxPriorityFeePerGas: 7n });
    expect(feesFor(100n, 7n, 150n, undefined)).toEqual({ maxFeePerGas: 150n, maxPriorityFeePerGas: 7n });
    expect(feesFor(100n, 7n, 107n, undefined)).toEqual({ maxFeePerGas: 107n, maxPriorityFeePerGas: 7n });
    expect(feesFor(100n, 7n, 106n, undefined)).toBeUndefined();
  });

  it('outbids by 12.5 % in both parts, rounded up', () => {
    const outbid = { maxFeePerGas: 1_001n, maxPriorityFeePerGas: 9n };
    expect(feesFor(100n, 7n, undefined, outbid)).toEqual({ maxFeePerGas: 1_127n, maxPriorityFeePerGas: 11n });
    expect(feesFor(100n, 7n, 1_126n, outbid)).toBeUndefined();
    expect(feesFor(1_000n, 50n, undefined, outbid)).toEqual({ maxFeePerGas: 2_050n, maxPriorityFeePerGas: 50n });
  });
});
