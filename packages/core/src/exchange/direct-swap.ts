import type { Widths } from '../bands/bands.ts';
import { mulDivDown } from '../math/fixed-point.ts';
import { Q112 } from '../math/scales.ts';
import { min, sub } from '../math/word.ts';
import * as Clock from '../rebalance/clock.ts';
import * as Crossing from '../rebalance/crossing.ts';
import * as Impact from '../rebalance/impact.ts';
import type { AnchoredAsset, Opening } from '../rebalance/round.ts';
import { type Buffer, type Credit, drawable, heldBy, spent, withCredits, withFees } from './buffer.ts';
import { anchorOf, type DirectPair, type NamedIndex, pairOf, type Standing, standingOf } from './direct-pair.ts';
import { type NoTrade, type Trade, tradeOf, type Wanted } from './direct-trade.ts';
import { standing as poolStanding } from './pool.ts';
import { amountWorth, assetsOf, bestFactor, spotOf } from './route.ts';
import type { Pools } from './swap.ts';

/** What a direct swap is decided by. */
export interface DirectSwapInput {
  /** Anchors, prices of now and deviation thresholds of all assets of the indices and of the base; its epoch is open. */
  readonly opening: Opening;
  /** {s} */
  readonly now: bigint;
  readonly indices: readonly NamedIndex[];
  /** Bands by asset; an asset without one is not traded. */
  readonly widths: ReadonlyMap<string, Widths>;
  readonly paused: ReadonlySet<string>;
  /** The pools as they stood before the event that calls for the direct swap. */
  readonly before: Pools;
  /** The pools now. */
  readonly pools: Pools;
  readonly buffer: Buffer;
  /** {tok} by asset: what its index pool can pay at once; 0 where it is not said */
  readonly saleable: ReadonlyMap<string, bigint>;
  /** {tok} by asset: the most that its index pool takes as a gift now; 0 where it is not said */
  readonly giftRoom: ReadonlyMap<string, bigint>;
}

/** Why there was no direct swap. */
export type Skip = NoTrade | 'no-pair' | 'no-pool' | 'off-oracle';

/** A trade that was made. */
export type MadeTrade = Extract<Trade, { kind: 'made' }>;

/** What became of the rest of the larger gap. */
export type Rest =
  | { readonly kind: 'none'; readonly reason: NoTrade | 'equal-gaps' }
  /** o was sold for USDC, which is index credit now. */
  | {
      readonly kind: 'to-buffer';
      readonly left: bigint;
      readonly trade: MadeTrade;
      readonly credits: readonly Credit[];
    }
  /** u was bought with USDC of the buffer: `own` by the indices booked, the rest with `fees`; `gift` {u} is of no index alone. */
  | {
      readonly kind: 'from-buffer';
      readonly left: bigint;
      readonly trade: MadeTrade;
      readonly own: readonly Credit[];
      readonly fees: bigint;
      readonly gift: bigint;
    };

/** Whether direct swaps may trade an asset. */
export type AssetStanding = Standing['assets'][number]['standing'];

/** A direct swap, made or skipped (docs/rules.md 9). */
export type DirectSwap =
  | { readonly kind: 'skipped'; readonly reason: Skip; readonly standing: Standing }
  | {
      readonly kind: 'swap';
      readonly standing: Standing;
      readonly pair: DirectPair;
      /** S(o,u) of o for u, or as much as may be traded now. */
      readonly trade: MadeTrade;
      readonly rest: Rest;
      readonly pools: Pools;
      readonly buffer: Buffer;
    };

/** What does not change during a direct swap. */
interface Setting {
  readonly input: DirectSwapInput;
  readonly standing: Standing;
  readonly pair: DirectPair;
  readonly o: AnchoredAsset;
  readonly u: AnchoredAsset;
  readonly base: AnchoredAsset;
}

/** Whether the pools stood near the oracle before the event, and stand now no further from it against the indices. */
const nearOracle = ({ input: { before, pools, opening }, o, u }: Setting): Skip | undefined => {
  for (const asset of assetsOf({ o: o.asset, u: u.asset, base: opening.base })) {
    const [then, now] = [before.get(asset), pools.get(asset)];
    if (then === undefined || now === undefined || then.supply === 0n || now.supply === 0n) return 'no-pool';
    const { price } = asset === o.asset ? o : u;
    const against = asset === o.asset ? 'below' : 'above';
    if (poolStanding(then, price) !== 'near' || poolStanding(now, price) === against) return 'off-oracle';
  }
  return undefined;
};

const namedOf = ({ input }: Setting, index: string): NamedIndex | undefined =>
  input.indices.find((one) => one.index === index);

/** {tok} of an asset that some of the indices hold together */
const heldOf = (setting: Setting, asset: string, indices: readonly string[]): bigint =>
  indices.reduce((sum, index) => {
    const position = namedOf(setting, index)?.positions.find((one) => one.asset === asset);
    return sum + (position?.holding ?? 0n);
  }, 0n);

/** What indices would give for values {base}, so that what they get carries none past a target even at the pools' price. */
const wantedFor = (
  setting: Setting,
  values: readonly Credit[],
  { o, u, pools }: { readonly o: AnchoredAsset; readonly u: AnchoredAsset; readonly pools: Pools },
): Wanted[] => {
  const spot = spotOf(pools, { o: o.asset, u: u.asset, base: setting.base.asset });
  const rate = Clock.rateUp(o.anchor, bestFactor(spot, o.anchor, u.anchor));
  return values.map(({ index, amount }) => ({
    index,
    amount: amountWorth(amount, rate),
    budget: namedOf(setting, index)?.budget ?? 0n,
  }));
};

const timesOf = ({ input: { now, opening } }: Setting) => ({ now, elapsed: sub(now, opening.openedAt) });

/** S(o,u) of o for u. */
const shareTrade = (setting: Setting): Trade => {
  const { o, u, base, input, pair } = setting;
  const values = pair.shared.contributions.map(({ index, value }) => ({ index, amount: value }));
  return tradeOf({
    ...{ o, u, base: base.asset, pools: input.pools, limit: Impact.ROUTE_LIMIT, ...timesOf(setting) },
    wanted: wantedFor(setting, values, { o, u, pools: input.pools }),
    saleable: input.saleable.get(o.asset) ?? 0n,
    holding: heldOf(
      setting,
      o.asset,
      values.map(({ index }) => index),
    ),
  });
};

/**
 * The parts of indices in the rest of the larger gap {base}: in proportion to what each still has of it beyond its part of S(o,u),
 * floored.
 *
 * @param side 1 for the gap in o, -1 for that in u
 */
const restOf = ({ pair, standing }: Setting, side: 1n | -1n): { readonly left: bigint; readonly parts: Credit[] } => {
  const { asset, gap } = side === 1n ? pair.o : pair.u;
  const shared = new Map(pair.shared.contributions.map(({ index, value }) => [index, value]));
  const rests = standing.gaps.flatMap(({ index, gaps }) => {
    const own = (gaps.find((one) => one.asset === asset)?.gap ?? 0n) * side - (shared.get(index) ?? 0n);
    return own > 0n ? [{ index, amount: own }] : [];
  });
  const whole = rests.reduce((sum, { amount }) => sum + amount, 0n);
  const left = min(whole, gap * side - pair.shared.value);
  if (left <= 0n) return { left: 0n, parts: [] };
  const parts = rests.map(({ index, amount }) => ({ index, amount: Crossing.partDown(left, amount, whole) }));
  return { left, parts };
};

interface After {
  readonly rest: Rest;
  readonly pools: Pools;
  readonly buffer: Buffer;
}

/** Sells what is left of the gap in o to the buffer; the proceeds are credit of the sellers, their dust a gift to all. */
const toBuffer = (setting: Setting, made: MadeTrade): After => {
  const { o, base, input } = setting;
  const { left, parts } = restOf(setting, 1n);
  // An excess has no target to be carried past.
  const wanted = parts.map(({ index, amount }) => ({
    index,
    amount: amountWorth(amount, o.anchor),
    budget: budgetAfter(setting, made, index),
  }));
  const trade = tradeOf({
    ...{ o, u: base, base: base.asset, pools: made.pools, wanted, ...timesOf(setting) },
    limit: Impact.ROUTE_LIMIT - (made.impacts.get(o.asset) ?? 0n),
    saleable: (input.saleable.get(o.asset) ?? 0n) - made.given,
    holding: heldOf(
      setting,
      o.asset,
      parts.map(({ index }) => index),
    ),
  });
  if (trade.kind === 'none') return { rest: trade, pools: made.pools, buffer: input.buffer };
  const credits = trade.booked.flatMap(({ index, got }) => (got === 0n ? [] : [{ index, amount: got }]));
  const dust = credits.reduce((rest, { amount }) => rest - amount, trade.received);
  const buffer = withFees(withCredits(input.buffer, credits), dust);
  return { rest: { kind: 'to-buffer', left, trade, credits }, pools: trade.pools, buffer };
};

/** Buys what is left of the gap in u out of the buffer: with the credit of the same indices first, then with fee credit. */
const fromBuffer = (setting: Setting, made: MadeTrade): After => {
  const { u, base, input } = setting;
  const { left, parts } = restOf(setting, -1n);
  const ends = { o: base.asset, u: u.asset, base: base.asset };
  const spot = spotOf(made.pools, ends);
  const wanted = wantedFor(setting, parts, { o: base, u, pools: made.pools });
  const draw = drawable(input.buffer, wanted);
  const room = input.giftRoom.get(u.asset) ?? 0n;
  const fees = min(draw.fees, mulDivDown(room, Q112, spot));
  const trade = tradeOf({
    ...{ o: base, u, base: base.asset, pools: made.pools, ...timesOf(setting) },
    wanted: [
      ...draw.own.map((own) => ({ ...own, budget: budgetAfter(setting, made, own.index) })),
      // Last, and taken off again below: it is of no index, whatever their names.
      { index: '', amount: fees, budget: undefined },
    ],
    limit: Impact.ROUTE_LIMIT - (made.impacts.get(u.asset) ?? 0n),
    holding: heldBy(input.buffer),
    saleable: heldBy(input.buffer),
  });
  if (trade.kind === 'none') return { rest: trade, pools: made.pools, buffer: input.buffer };
  const booked = trade.booked.slice(0, -1).filter(({ given }) => given > 0n);
  const own = booked.map(({ index, given }) => ({ index, amount: given }));
  const paid = trade.booked.at(-1)?.given ?? 0n;
  const gift = booked.reduce((rest, { got }) => rest - got, trade.received);
  const rest: Rest = { kind: 'from-buffer', left, trade: { ...trade, booked }, own, fees: paid, gift };
  return { rest, pools: trade.pools, buffer: spent(input.buffer, { own, fees: paid }) };
};

const budgetAfter = (setting: Setting, made: MadeTrade, index: string): bigint => {
  const budget = namedOf(setting, index)?.budget ?? 0n;
  const lost = made.booked.find((one) => one.index === index)?.loss ?? 0n;
  return lost < budget ? budget - lost : 0n;
};

const afterRest = (setting: Setting, made: MadeTrade): After => {
  const difference = setting.pair.o.gap + setting.pair.u.gap;
  if (difference > 0n) return toBuffer(setting, made);
  if (difference < 0n) return fromBuffer(setting, made);
  return { rest: { kind: 'none', reason: 'equal-gaps' }, pools: made.pools, buffer: setting.input.buffer };
};

/**
 * One direct swap: the named indices' most overweight asset for their most underweight one on the exchange's own pools, without fee
 * parts, then what is left of the larger gap to or from the buffer (docs/rules.md 9). It obeys the clock, the loss budgets and the
 * impact of a route (6), and the surface (8); it is skipped unless the pools stood within 10 bp of the oracle before the event, and
 * when the event moved them further than that against the indices. Nothing depends on the order of the input.
 *
 * @throws {MathError} UNKNOWN_ASSET, DUPLICATE_INDEX, DUPLICATE_ASSET, OUT_OF_RANGE; OVERFLOW when `now` is before the opening
 */
export const directSwap = (input: DirectSwapInput): DirectSwap => {
  const standing = standingOf(input.indices, input);
  const pair = pairOf(standing);
  if (pair === undefined) return { kind: 'skipped', reason: 'no-pair', standing };
  const setting = {
    ...{ input, standing, pair },
    o: anchorOf(standing.anchored, pair.o.asset),
    u: anchorOf(standing.anchored, pair.u.asset),
    base: anchorOf(standing.anchored, input.opening.base),
  };
  const far = nearOracle(setting);
  if (far !== undefined) return { kind: 'skipped', reason: far, standing };
  const trade = shareTrade(setting);
  if (trade.kind === 'none') return { kind: 'skipped', reason: trade.reason, standing };
  return { kind: 'swap', standing, pair, trade, ...afterRest(setting, trade) };
};
