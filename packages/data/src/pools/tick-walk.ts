import { TickMath } from '@wicker/core';

/** What a walk over the ticks of a pool asks for. */
export interface TickReader {
  /** Word `index` of the bitmap: bit b stands for the tick (256 index + b) x spacing. */
  readonly bitmap: (index: bigint) => Promise<bigint>;
  /** {sqrt(token0 token1)} liquidity that comes in when the price rises through a tick. */
  readonly liquidityNet: (tick: bigint) => Promise<bigint>;
}

const WORD = 256n;

const floorDiv = (a: bigint, b: bigint): bigint => (a % b !== 0n && a < 0n ? a / b - 1n : a / b);

/**
 * The next tick that liquidity begins or ends at, at most to the end of the bitmap's word, where a pool stops as well (Uniswap v3
 * whitepaper, 6.2.3 and 6.3): downwards the tick itself counts, upwards it does not.
 */
export const nextTick = async (
  reader: TickReader,
  { tick, spacing, down }: { readonly tick: bigint; readonly spacing: bigint; readonly down: boolean },
): Promise<{ tick: bigint; isInitialized: boolean }> => {
  const compressed = floorDiv(tick, spacing) + (down ? 0n : 1n);
  const index = floorDiv(compressed, WORD);
  const position = compressed - index * WORD;
  const word = await reader.bitmap(index);
  const bits = down ? word & ((1n << (position + 1n)) - 1n) : word >> position;
  const isInitialized = bits !== 0n;
  const steps = down
    ? position - (isInitialized ? highestBit(bits) : 0n)
    : isInitialized
      ? lowestBit(bits)
      : WORD - 1n - position;
  const next = (down ? compressed - steps : compressed + steps) * spacing;
  const bounded = next < -TickMath.MAX_TICK ? -TickMath.MAX_TICK : next > TickMath.MAX_TICK ? TickMath.MAX_TICK : next;
  return { tick: bounded, isInitialized };
};

const highestBit = (word: bigint): bigint => BigInt(word.toString(2).length - 1);
const lowestBit = (word: bigint): bigint => highestBit(word & -word);
