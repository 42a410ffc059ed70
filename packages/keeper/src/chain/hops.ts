import type { PoolInput } from '@wicker/core';
import { rebalancerAbi } from '@wicker/sdk';
import { type Address, type Log, parseAbi, parseEventLogs } from 'viem';

const pairAbi = parseAbi([
  'event Sync(uint112 reserve0, uint112 reserve1)',
  'event Swap(address indexed sender, uint256 amount0In, uint256 amount1In, uint256 amount0Out, uint256 amount1Out, address indexed to)',
]);

/** What a pool said of one swap. */
interface Swapped {
  readonly amount0In: bigint;
  readonly amount1In: bigint;
  readonly amount0Out: bigint;
  readonly amount1Out: bigint;
}

/** What went into a pool, and what it had before: what it has after, less what came in, plus what went out. */
const inputOf = (swap: Swapped, after: { readonly reserve0: bigint; readonly reserve1: bigint }): PoolInput =>
  swap.amount0In > 0n
    ? { amountIn: swap.amount0In, reserveIn: after.reserve0 - swap.amount0In + swap.amount0Out }
    : { amountIn: swap.amount1In, reserveIn: after.reserve1 - swap.amount1In + swap.amount1Out };

/**
 * What entered the pools of each trade of a transaction, by the place of the trade's log {logIndex}; from the pools' own events,
 * which stand before the trade's. A pool that says nothing of itself is left out: its cost is then part of what is beyond.
 */
export const hopsByTrade = (logs: readonly Log[]): ReadonlyMap<number, readonly PoolInput[]> => {
  const reserves = new Map<Address, { readonly reserve0: bigint; readonly reserve1: bigint }>();
  const swaps = new Map<Address, PoolInput>();
  const found = new Map<number, readonly PoolInput[]>();
  const events = parseEventLogs({ abi: [...pairAbi, ...rebalancerAbi], logs: [...logs], strict: true });
  const lower = (address: Address): Address => `0x${address.slice(2).toLowerCase()}`;
  for (const event of events) {
    const pool = lower(event.address);
    if (event.eventName === 'Sync') reserves.set(pool, event.args);
    else if (event.eventName === 'Swap') {
      const after = reserves.get(pool);
      if (after !== undefined) swaps.set(pool, inputOf(event.args, after));
    } else if (event.eventName === 'Traded') {
      found.set(
        event.logIndex,
        event.args.route.flatMap((address) => swaps.get(lower(address)) ?? []),
      );
      swaps.clear();
    }
  }
  return found;
};
