import { FixedPoint, TickMath } from '@wicker/core';
import { nextTick, type TickReader } from './tick-walk.ts';

const { mulDivDown, mulDivUp } = FixedPoint;

/** The state of a Uniswap v3 pool. */
export interface V3State {
  /** sqrt(token1/token0) UQ96 */
  readonly sqrtPrice: bigint;
  readonly tick: bigint;
  /** {sqrt(token0 token1)} in range */
  readonly liquidity: bigint;
  readonly spacing: bigint;
  /** {1e-6} of what goes in */
  readonly fee: bigint;
}

/** A swap of an exact amount; token0 goes in where `zeroForOne`. */
export interface V3Swap {
  readonly zeroForOne: boolean;
  /** {in} */
  readonly amountIn: bigint;
  /** UQ96: the swap stops where the price comes to it. */
  readonly limit: bigint;
}

export const FEE_SCALE = 1_000_000n;
const Q96 = 1n << 96n;
const WORD_LIMIT = 1n << 256n;

/**
 * What a Uniswap v3 pool gives for an exact amount {out}, to the unit, and what is left of the amount {in} when the price comes to the
 * limit first: tick range by tick range, as the pool itself steps (Uniswap v3 whitepaper, 6.2.3; the pool rounds what goes in up and
 * what goes out down, in each step).
 */
export const swapV3 = async (
  state: V3State,
  reader: TickReader,
  { zeroForOne: down, amountIn, limit }: V3Swap,
): Promise<{ amountOut: bigint; amountLeft: bigint }> => {
  let { sqrtPrice, tick, liquidity } = state;
  let [amountLeft, amountOut] = [amountIn, 0n];
  while (amountLeft > 0n && sqrtPrice !== limit) {
    const next = await nextTick(reader, { tick, spacing: state.spacing, down });
    const atTick = TickMath.sqrtRatioAtTick(next.tick);
    const target = (down ? atTick < limit : atTick > limit) ? limit : atTick;
    const step = stepTo(target, { sqrtPrice, liquidity, fee: state.fee, down, amountLeft });
    amountLeft -= step.taken;
    amountOut += step.given;
    sqrtPrice = step.sqrtPrice;
    if (sqrtPrice !== atTick) break;
    if (next.isInitialized) {
      const net = await reader.liquidityNet(next.tick);
      liquidity += down ? -net : net;
    }
    tick = down ? next.tick - 1n : next.tick;
  }
  return { amountOut, amountLeft };
};

interface StepFrom {
  readonly sqrtPrice: bigint;
  readonly liquidity: bigint;
  readonly fee: bigint;
  readonly down: boolean;
  readonly amountLeft: bigint;
}

/** A step within one range of liquidity: to the target, or as far as the amount goes. */
const stepTo = (
  target: bigint,
  { sqrtPrice, liquidity, fee, down, amountLeft }: StepFrom,
): { sqrtPrice: bigint; taken: bigint; given: bigint } => {
  const [input, output] = down ? [amount0, amount1] : [amount1, amount0];
  const counted = mulDivDown(amountLeft, FEE_SCALE - fee, FEE_SCALE);
  const whole = input(sqrtPrice, target, liquidity, mulDivUp);
  const reaches = counted >= whole;
  const end = reaches ? target : priceAfter(counted, { sqrtPrice, liquidity, down });
  // A step that ends short of its target takes the whole amount: what does not count is fee.
  const taken = end === target ? whole + mulDivUp(whole, fee, FEE_SCALE - fee) : amountLeft;
  return {
    sqrtPrice: end,
    taken: taken < amountLeft ? taken : amountLeft,
    given: output(sqrtPrice, end, liquidity, mulDivDown),
  };
};

type Rounding = typeof mulDivDown;

/** {token0} between two prices: L (sqrt(b) - sqrt(a)) / (sqrt(a) sqrt(b)), rounded after each division. */
const amount0 = (p: bigint, q: bigint, liquidity: bigint, mulDiv: Rounding): bigint => {
  const [low, high] = p < q ? [p, q] : [q, p];
  return mulDiv(mulDiv(liquidity * Q96, high - low, high), 1n, low);
};

/** {token1} between two prices: L (sqrt(b) - sqrt(a)). */
const amount1 = (p: bigint, q: bigint, liquidity: bigint, mulDiv: Rounding): bigint =>
  mulDiv(liquidity, p < q ? q - p : p - q, Q96);

/** sqrt(token1/token0) UQ96 after an amount {in} counted without fee; the liquidity does not change on the way. */
const priceAfter = (
  amount: bigint,
  { sqrtPrice, liquidity, down }: Pick<StepFrom, 'sqrtPrice' | 'liquidity' | 'down'>,
): bigint => {
  if (!down) return sqrtPrice + (amount * Q96) / liquidity;
  const numerator = liquidity * Q96;
  const product = amount * sqrtPrice;
  // Where the exact product is beyond a word of the chain, the pool divides first.
  if (product < WORD_LIMIT && numerator + product < WORD_LIMIT)
    return mulDivUp(numerator, sqrtPrice, numerator + product);
  return mulDivUp(numerator, 1n, numerator / sqrtPrice + amount);
};
