import { withFees } from './buffer.ts';
import { type DirectTerms, directAfter, withDirect } from './direct-call.ts';
import type { DirectSwap } from './direct-swap.ts';
import { ExchangeError } from './errors.ts';
import { contributionOf, globalGap, type Member, poked } from './global-view.ts';
import * as IndexPools from './index-pool.ts';
import { deposit, emptyPool, type Liquidity, type LiquidityChange, withdraw } from './pool.ts';
import { type Exchange, fundOf, holdingsOf, indexPoolOf, navOf, put } from './state.ts';
import { poolOf, type Swap, type SwapOrder, swap, wayOf } from './swap.ts';
import { type Destination, destinationOf } from './swap-fee.ts';

/** What happens on the exchange. */
export type Event =
  | ({ readonly kind: 'swap' } & SwapOrder)
  | {
      readonly kind: 'deposit';
      readonly provider: string;
      readonly asset: string;
      readonly offered: Liquidity;
      readonly leastShares: bigint;
    }
  | {
      readonly kind: 'withdraw';
      readonly provider: string;
      readonly asset: string;
      readonly shares: bigint;
      readonly least: Liquidity;
    }
  | { readonly kind: 'poke'; readonly index: string };

/** When an event happens, and what is known then. */
export interface Moment {
  /** {s} not before that of any event before it */
  readonly now: bigint;
  /** Fresh prices {base/tok} UQ112; that of the base is 2^112 */
  readonly prices: ReadonlyMap<string, bigint>;
  /** What a direct swap after it is decided by; undefined when no index is in an epoch. */
  readonly direct: DirectTerms | undefined;
}

/** What an event did. */
export type Outcome =
  | { readonly kind: 'swap'; readonly swap: Swap }
  | { readonly kind: 'deposit' | 'withdraw'; readonly change: LiquidityChange }
  | { readonly kind: 'poke' };

/** The exchange after an event. */
export interface Applied {
  readonly exchange: Exchange;
  readonly outcome: Outcome;
  /** The at most one direct swap after it. */
  readonly direct: DirectSwap | undefined;
}

/** The members of the global view; a family that is named no more does not count. */
const membersOf = (exchange: Exchange, now: bigint): Member[] =>
  [...exchange.funds.values()]
    .filter(({ family }) => exchange.families.has(family))
    .map(({ index, effectiveSupply }) => ({ index, effectiveSupply, holdings: holdingsOf(exchange, index, now) }));

/**
 * Where the rebalancing part of a swap goes, by the global view before it (docs/rules.md 9). To the buffer also without an index
 * pool that can take it.
 */
const destinationNow = (exchange: Exchange, order: SwapOrder, { now, prices }: Moment): Destination => {
  const { base, contributions, indexPools } = exchange;
  const view = { contributions, members: membersOf(exchange, now), prices, now };
  const gaps = wayOf({ ...order, base }).map((asset) => globalGap(view, asset));
  const to = destinationOf(gaps);
  if (to.kind === 'index-pool' && !indexPools.has(to.asset)) return { kind: 'buffer', reason: 'index-pool-full' };
  return to;
};

const BUFFER: Destination = { kind: 'buffer', reason: 'index-pool-full' };

const swapped = (exchange: Exchange, order: SwapOrder, moment: Moment): { exchange: Exchange; swap: Swap } => {
  const { base, fee, pools, indexPools, buffer, dao } = exchange;
  const terms = { pools, base, fee, order };
  const to = destinationNow(exchange, order, moment);
  const made = swap({ ...terms, destination: to });
  if (to.kind === 'buffer') return paidToBuffer(exchange, made);
  const { pool, taken } = IndexPools.given(indexPoolOf(exchange, to.asset), made.rebalancing.amount, moment.now);
  if (taken < made.rebalancing.amount) return paidToBuffer(exchange, swap({ ...terms, destination: BUFFER }));
  const after = { ...exchange, pools: made.pools, dao: dao + made.dao, buffer };
  return { exchange: { ...after, indexPools: put(indexPools, to.asset, pool) }, swap: made };
};

const paidToBuffer = (exchange: Exchange, made: Swap): { exchange: Exchange; swap: Swap } => {
  const buffer = withFees(exchange.buffer, made.rebalancing.amount);
  return { exchange: { ...exchange, pools: made.pools, buffer, dao: exchange.dao + made.dao }, swap: made };
};

const sharesOf = ({ providers }: Exchange, asset: string, provider: string): bigint =>
  providers.get(asset)?.get(provider) ?? 0n;

const withLiquidity = (
  exchange: Exchange,
  { asset, provider }: { readonly asset: string; readonly provider: string },
  { pool, change }: { readonly pool: LiquidityChange; readonly change: bigint },
): Exchange => {
  const own = put(exchange.providers.get(asset) ?? new Map(), provider, sharesOf(exchange, asset, provider) + change);
  return {
    ...exchange,
    pools: put(exchange.pools, asset, pool.pool),
    providers: put(exchange.providers, asset, own),
  };
};

const provided = (exchange: Exchange, event: Extract<Event, { kind: 'deposit' }>): Applied => {
  if (event.asset === exchange.base) {
    throw new ExchangeError('BASE_POOL', 'the base has no pool of its own', 'name the other asset of the pool');
  }
  const pool = exchange.pools.get(event.asset) ?? emptyPool(event.asset);
  const change = deposit({ pool, offered: event.offered, leastShares: event.leastShares });
  const after = withLiquidity(exchange, event, { pool: change, change: change.shares });
  return { exchange: after, outcome: { kind: 'deposit', change }, direct: undefined };
};

const withdrawn = (exchange: Exchange, event: Extract<Event, { kind: 'withdraw' }>): Applied => {
  const own = sharesOf(exchange, event.asset, event.provider);
  if (event.shares <= 0n || event.shares > own) {
    throw new ExchangeError(
      'NOT_YOUR_SHARES',
      `${event.provider} withdraws ${event.shares} pool shares and has ${own}`,
      'withdraw what you have',
    );
  }
  const change = withdraw({ pool: poolOf(exchange.pools, event.asset), shares: event.shares, least: event.least });
  const after = withLiquidity(exchange, event, { pool: change, change: -change.shares });
  return { exchange: after, outcome: { kind: 'withdraw', change }, direct: undefined };
};

const afterPoke = (exchange: Exchange, index: string, moment: Moment): Exchange => {
  const { effectiveSupply, weights } = fundOf(exchange, index);
  const contribution = contributionOf({
    ...{ index, effectiveSupply, pokedAt: moment.now, value: navOf(exchange, index, moment) },
    weights: weights.filter(({ asset }) => moment.prices.has(asset)),
  });
  return { ...exchange, contributions: poked(exchange.contributions, contribution) };
};

const happened = (exchange: Exchange, event: Event, moment: Moment): Applied => {
  switch (event.kind) {
    case 'swap': {
      const { exchange: after, swap: made } = swapped(exchange, event, moment);
      return { exchange: after, outcome: { kind: 'swap', swap: made }, direct: undefined };
    }
    case 'deposit':
      return provided(exchange, event);
    case 'withdraw':
      return withdrawn(exchange, event);
    case 'poke':
      return { exchange: afterPoke(exchange, event.index, moment), outcome: { kind: 'poke' }, direct: undefined };
  }
};

/**
 * The exchange after an event, and after the at most one direct swap that follows it (docs/rules.md 9). An event that is refused
 * throws and leaves the exchange as it was.
 *
 * @throws {ExchangeError} of the event; {MathError}, {VaultError} for numbers outside their range
 */
export const apply = (exchange: Exchange, event: Event, moment: Moment): Applied => {
  const after = happened(exchange, event, moment);
  if (moment.direct === undefined) return after;
  const direct = directAfter(after.exchange, exchange.pools, moment.direct, moment.now);
  return { ...after, exchange: withDirect(after.exchange, direct, moment.now), direct };
};
