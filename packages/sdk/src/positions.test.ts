import { ONE } from '@wicker/core';
import type { Address } from 'viem';
import { describe, expect, it } from 'vitest';
import { positionsOf } from './positions.ts';

const [A, B, C]: readonly Address[] = ['0xa', '0xb', '0xc'];
const legs = [
  { asset: A ?? '0x', weight: ONE / 2n, amount: 10n },
  { asset: B ?? '0x', weight: ONE / 4n, amount: 20n },
  { asset: C ?? '0x', weight: ONE / 4n, amount: 30n },
];

describe('positions of an index', () => {
  it('are its legs at prices', () => {
    const positions = positionsOf(legs, () => ({ price: 7n, delisted: false }));
    expect(positions.map(({ holding, price, weight }) => [holding, price, weight])).toEqual([
      [10n, 7n, ONE / 2n],
      [20n, 7n, ONE / 4n],
      [30n, 7n, ONE / 4n],
    ]);
  });

  it('leave an asset without a price out and share its weight among the others', () => {
    const positions = positionsOf(legs, (asset) => (asset === A ? undefined : { price: 1n, delisted: false }));
    expect(positions.map(({ asset, weight }) => [asset, weight])).toEqual([
      [B, ONE / 2n],
      [C, ONE / 2n],
    ]);
  });

  it('aim at nothing of a delisted asset, which still counts in value', () => {
    const positions = positionsOf(legs, (asset) => ({ price: 1n, delisted: asset === A }));
    expect(positions.map(({ weight }) => weight)).toEqual([0n, ONE / 2n, ONE / 2n]);
    expect(positions.map(({ holding }) => holding)).toEqual([10n, 20n, 30n]);
  });

  it('aim at nothing at all when every asset is delisted', () => {
    const positions = positionsOf(legs, () => ({ price: 1n, delisted: true }));
    expect(positions.map(({ weight }) => weight)).toEqual([0n, 0n, 0n]);
  });
});
