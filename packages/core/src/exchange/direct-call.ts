import type { Widths } from '../bands/bands.ts';
import * as Orders from '../rebalance/orders.ts';
import type { Opening } from '../rebalance/round.ts';
import { isOpen } from '../vault/rated-pool.ts';
import { creditOf } from './buffer.ts';
import type { NamedIndex } from './direct-pair.ts';
import { type DirectSwap, directSwap } from './direct-swap.ts';
import type { Booked } from './direct-trade.ts';
import * as IndexPools from './index-pool.ts';
import { type Exchange, fundOf, holdingsOf, indexPoolOf, navOf, put } from './state.ts';
import type { Pools } from './swap.ts';

/** The indices that a direct swap is to serve, and their epoch. */
export interface DirectTerms {
  readonly opening: Opening;
  /** {base} by index what it may still lose today; of the named ones only */
  readonly budgets: ReadonlyMap<string, bigint>;
  readonly widths: ReadonlyMap<string, Widths>;
  readonly paused: ReadonlySet<string>;
}

/** The named indices that a direct swap may serve: of a named family, worth at least 1 000 USDC (docs/rules.md 1). */
const namedOf = (exchange: Exchange, { budgets, opening }: DirectTerms, now: bigint): NamedIndex[] => {
  const anchors = new Map(opening.assets.map(({ asset, anchor }) => [asset, anchor]));
  return [...budgets].flatMap(([index, budget]) => {
    const { weights } = fundOf(exchange, index);
    const holdings = holdingsOf(exchange, index, now);
    const weightOf = new Map(weights.map(({ asset, weight }) => [asset, weight]));
    const positions = [...new Set([...holdings.keys(), ...weightOf.keys()])].map((asset) => ({
      asset,
      holding: holdings.get(asset) ?? 0n,
      weight: weightOf.get(asset) ?? 0n,
    }));
    const large = navOf(exchange, index, { now, prices: anchors }) >= Orders.MIN_NAV;
    return large ? [{ index, budget, credit: creditOf(exchange.buffer, index), positions }] : [];
  });
};

/**
 * The direct swap after an event, decided by the index pools and the buffer as they are now.
 *
 * @param before the pools before the event
 * @throws {ExchangeError} UNKNOWN_INDEX, FAMILY_NOT_NAMED; {MathError}
 */
export const directAfter = (exchange: Exchange, before: Pools, terms: DirectTerms, now: bigint): DirectSwap => {
  const { pools, indexPools, buffer } = exchange;
  const open = [...indexPools].filter(([, pool]) => isOpen(pool.books));
  const usable = new Set(open.map(([asset]) => asset));
  const closed = terms.opening.assets.map(({ asset }) => asset).filter((asset) => !usable.has(asset));
  return directSwap({
    ...{ opening: terms.opening, now, indices: namedOf(exchange, terms, now), widths: terms.widths },
    ...{ before, pools, buffer, paused: new Set([...terms.paused, ...closed]) },
    saleable: new Map(open.map(([asset, pool]) => [asset, IndexPools.saleable(pool)])),
    giftRoom: new Map(open.map(([asset, pool]) => [asset, IndexPools.giftRoom(pool, now)])),
  });
};

/** Amounts by index, those of one index summed. */
const partsOf = (booked: readonly Booked[], amountOf: (one: Booked) => bigint): IndexPools.Part[] => {
  const sums = new Map<string, bigint>();
  for (const one of booked) sums.set(one.index, (sums.get(one.index) ?? 0n) + amountOf(one));
  return [...sums].map(([index, amount]) => ({ index, amount }));
};

/** Books a direct swap in the index pools; its pools and buffer become the exchange's. */
export const withDirect = (exchange: Exchange, direct: DirectSwap, now: bigint): Exchange => {
  if (direct.kind === 'skipped') return exchange;
  const { pair, trade, rest, pools, buffer } = direct;
  const [o, u] = [pair.o.asset, pair.u.asset];
  // A rest sold to the buffer is sold together with the rest: shares are rounded up once.
  const sales = [...trade.booked, ...(rest.kind === 'to-buffer' ? rest.trade.booked : [])];
  const poolO = IndexPools.sold(
    indexPoolOf(exchange, o),
    partsOf(sales, ({ given }) => given),
    now,
  );
  let poolU = IndexPools.bought(
    indexPoolOf(exchange, u),
    partsOf(trade.booked, ({ got }) => got),
    trade.received,
    now,
  );
  if (rest.kind === 'from-buffer') {
    poolU = IndexPools.bought(
      poolU,
      partsOf(rest.trade.booked, ({ got }) => got),
      rest.trade.received - rest.gift,
      now,
    );
    const gift = IndexPools.given(poolU, rest.gift, now);
    // The room was reckoned at the price of the first unit, so some units may be too many: they are nobody's, in the pool.
    poolU = IndexPools.bought(gift.pool, [], rest.gift - gift.taken, now);
  }
  return { ...exchange, pools, buffer, indexPools: put(put(exchange.indexPools, o, poolO), u, poolU) };
};
