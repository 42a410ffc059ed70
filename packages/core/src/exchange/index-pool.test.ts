import { describe, expect, it } from 'vitest';
import { RAY } from '../math/scales.ts';
import { poolWith } from '../vault/pools.fixture.ts';
import * as IndexPools from './index-pool.ts';

const code = (name: string) => expect.objectContaining({ code: name });
/** Index A has 1 000 shares; of its 1 000 units 300 are idle and free, 200 set aside for others, 700 placed. */
const POOL: IndexPools.IndexPool = {
  books: poolWith({ idle: 500n, placed: 700n, atPar: 200n }),
  shares: new Map([['A', 1_000n]]),
};

describe('docs/rules.md 9: what a direct swap takes out of an index pool', () => {
  it('is idle and not set aside for somebody else', () => {
    const { books, shares } = IndexPools.sold(POOL, [{ index: 'A', amount: 300n }], 0n);
    expect([books.idle, books.atPar, shares.get('A')]).toEqual([200n, 200n, 700n]);
    expect(() => IndexPools.sold(POOL, [{ index: 'A', amount: 301n }], 0n)).toThrow(code('NOT_IDLE'));
    const twice = [
      { index: 'A', amount: 200n },
      { index: 'A', amount: 101n },
    ];
    expect(() => IndexPools.sold(POOL, twice, 0n)).toThrow(code('NOT_IDLE'));
  });

  it('is of indices that have it', () => {
    expect(() => IndexPools.sold(POOL, [{ index: 'B', amount: 1n }], 0n)).toThrow(code('NOT_HELD'));
  });
});

describe('docs/rules.md 9: what a direct swap brings into an index pool', () => {
  it('is shared in the parts given, floored; the rest is nobody’s', () => {
    const half = { ...POOL, books: poolWith({ rate: (3n * RAY) / 2n, idle: 1_500n }) };
    const { books, shares } = IndexPools.bought(half, [{ index: 'B', amount: 100n }], 101n, 0n);
    expect([books.idle, shares.get('A'), shares.get('B')]).toEqual([1_601n, 1_000n, 66n]);
    expect(() => IndexPools.bought(half, [{ index: 'B', amount: 102n }], 101n, 0n)).toThrow(code('OVERFLOW'));
  });

  it('enters no pool that is closed', () => {
    const closed = { ...POOL, books: poolWith({ rate: RAY / 1_000_001n, idle: 1_500n }) };
    expect(() => IndexPools.bought(closed, [{ index: 'B', amount: 100n }], 101n, 0n)).toThrow(code('POOL_CLOSED'));
  });
});
