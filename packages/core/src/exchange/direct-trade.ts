import { max, min } from '../math/word.ts';
import * as Clock from '../rebalance/clock.ts';
import * as Crossing from '../rebalance/crossing.ts';
import { affordable, lossOf } from '../rebalance/loss.ts';
import * as Orders from '../rebalance/orders.ts';
import type { AnchoredAsset } from '../rebalance/round.ts';
import { mostWithin, type Sale, sellOver } from './route.ts';
import type { Pools } from './swap.ts';

/** What one index would give {o}. */
export interface Wanted {
  readonly index: string;
  readonly amount: bigint;
  /** {base} what it may still lose today; undefined for whom nothing is theirs to lose: a gift */
  readonly budget: bigint | undefined;
}

/** A trade of indices on the exchange's own pools, without fee parts. */
export interface TradeInput {
  readonly o: AnchoredAsset;
  readonly u: AnchoredAsset;
  readonly base: string;
  readonly wanted: readonly Wanted[];
  /** {o} that the indices hold together */
  readonly holding: bigint;
  /** {o} that can be given at once; the rest may be placed elsewhere (docs/rules.md 10) */
  readonly saleable: bigint;
  readonly pools: Pools;
  /** {1e18} of impact that is left for the route */
  readonly limit: bigint;
  /** {s} since the opening */
  readonly elapsed: bigint;
  /** {s} */
  readonly now: bigint;
}

/** What one index gave and got by a trade. */
export interface Booked {
  readonly index: string;
  /** {o} */
  readonly given: bigint;
  /** {u} floored */
  readonly got: bigint;
  /** {base} against its budget */
  readonly loss: bigint;
}

/** Why a trade was not made. */
export type NoTrade = 'nothing-wanted' | 'budget' | 'no-room' | 'too-small' | 'below-limit';

/** A trade, made or not. */
export type Trade =
  | {
      readonly kind: 'made';
      /** {o} */
      readonly given: bigint;
      /** {u} */
      readonly received: bigint;
      /** {1e18} the factor of the anchors that it had to reach; 0 for the base for the base */
      readonly limit: bigint;
      /** {u} the least that it had to bring */
      readonly least: bigint;
      readonly booked: readonly Booked[];
      readonly pools: Pools;
      readonly impacts: Sale['impacts'];
    }
  | { readonly kind: 'none'; readonly reason: NoTrade };

const sum = (parts: readonly bigint[]): bigint => parts.reduce((total, part) => total + part, 0n);

/**
 * Sells what indices want to give of o for u: within their budgets, cut to the impact that is left, each in proportion, floored.
 * Nothing happens below the smallest fill or below the clock's limit (docs/rules.md 6, 9). All get the same average price, floored;
 * the base for the base needs no pool and no limit.
 *
 * @throws {ExchangeError} NO_POOL; {MathError} OVERFLOW, OUT_OF_RANGE
 */
export const tradeOf = (input: TradeInput): Trade => {
  const { o, u, base, wanted, pools, elapsed, now } = input;
  const ends = { o: o.asset, u: u.asset, base };
  const floor = Clock.floorBps(o.delistedSince, now);
  const limit =
    o.asset === u.asset
      ? 0n
      : Clock.limitFactor(
          Clock.clockFactor(o.qBps + u.qBps, elapsed),
          Clock.nowFactor(o.anchor, u.anchor, o.price, u.price, floor),
        );
  const fair = Clock.fairFactor(o.anchor, u.anchor, o.price, u.price);
  const order = sum(wanted.map(({ amount }) => amount));
  if (order === 0n) return { kind: 'none', reason: 'nothing-wanted' };
  const losing = o.asset !== u.asset && limit < fair;
  const allowed = wanted.map(({ amount, budget }) =>
    budget === undefined || !losing ? amount : min(amount, affordable({ budget, fair, limit, anchorO: o.anchor })),
  );
  const whole = sum(allowed);
  if (whole === 0n) return { kind: 'none', reason: 'budget' };
  const most = min(input.saleable, mostWithin(pools, ends, max(0n, input.limit)) ?? whole);
  const parts = most < whole ? Crossing.partsDown(most, allowed, whole) : allowed;
  const given = sum(parts);
  if (given === 0n) return { kind: 'none', reason: 'no-room' };
  if (given < Orders.minFill(order, input.holding, o.anchor)) return { kind: 'none', reason: 'too-small' };
  const sale = sellOver(pools, ends, given);
  if (sale === undefined) return { kind: 'none', reason: 'too-small' };
  const least = Clock.minReceived(given, o.anchor, u.anchor, limit);
  if (sale.received < least) return { kind: 'none', reason: 'below-limit' };
  const got = Crossing.partsDown(sale.received, parts, given);
  const booked = wanted.map(({ index }, i) => {
    const one = { given: parts[i] ?? 0n, got: got[i] ?? 0n };
    const loss = o.asset === u.asset ? 0n : lossOf({ ...one, anchorO: o.anchor, anchorU: u.anchor, fair });
    return { index, ...one, loss };
  });
  return {
    kind: 'made',
    given,
    received: sale.received,
    limit,
    least,
    booked,
    pools: sale.pools,
    impacts: sale.impacts,
  };
};
