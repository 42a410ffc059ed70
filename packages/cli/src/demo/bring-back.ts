import { bpsOf, Impact, Orders, turnover } from '@wicker/core';
import { holdingsOf, quotesOf, type RebalanceReturnType } from '@wicker/sdk';
import type { Address } from 'viem';
import { driftedOf, driftsOf, openFor, tradeNow } from './keeper.ts';
import { passTime } from './market-day.ts';
import type { World } from './world.ts';

/**
 * {s} after an opening when the keeper looks for fills: first when the clocks meet, (100 + 20) / 5 minutes for feeds of 50 bps
 * each, so that mirror orders cross; then while the limit falls past what two pools take, 60 bps and impact, below the anchor.
 */
const LOOKS = [24n, 34n, 36n, 38n, 40n, 42n, 44n].map((minutes) => minutes * 60n);
/** {s} a pool regains its impact, and an index may open again */
const DAY = 86_400n;
/** {days} after which it gives up */
const MAX_DAYS = 30;

/** What rebalancing did, all indices together. */
export interface BringBack {
  /** Transactions that crossed or traded. */
  readonly rounds: number;
  /** Epochs, one a day. */
  readonly days: number;
  /** Fills on pools. */
  readonly trades: number;
  /** {base} value that changed hands between the indices */
  readonly crossed: bigint;
  /** {base} half of all that the indices bought and sold, crossings included */
  readonly turnover: bigint;
  /** {bps} by index */
  readonly driftsBefore: readonly number[];
  readonly driftsAfter: readonly number[];
  /** {bps} value given less value got on pools, of the value given */
  readonly costBps: number;
  /** {bps} the part of it that is not pool fees */
  readonly beyondFeesBps: number;
  /** {gas} of opening the epochs, and of all rounds */
  readonly openGas: bigint;
  readonly roundGas: bigint;
}

/** {base/tok} UQ112 by asset */
type Prices = ReadonlyMap<Address, bigint>;

/** Values {base} of what went over pools: given, got, and kept by the pools. */
interface Traded {
  readonly given: bigint;
  readonly got: bigint;
  readonly poolFees: bigint;
}

const pricesNow = async ({ client, platform, market }: World): Promise<Prices> => {
  const quotes = await quotesOf(client, { platform, assets: market.tokens.map(({ address }) => address) });
  return new Map(quotes.map(({ asset, price }) => [asset, price]));
};

/** The feeds do not answer anew while an epoch is traded, so one set of prices values all of it. */
const worthAt =
  (prices: Prices) =>
  (asset: Address, amount: bigint): bigint =>
    Orders.valueOf(amount, prices.get(asset) ?? 0n);

const tradedIn = (rounds: readonly RebalanceReturnType[], prices: Prices): Traded => {
  const worth = worthAt(prices);
  return rounds
    .flatMap(({ traded }) => traded)
    .reduce(
      (sum, { o, u, given, received, route }) => {
        const value = worth(o, given);
        // Each pool keeps 3 of 1 000 of what comes to it.
        const left = route.reduce((rest) => (rest * Impact.FEE_KEEP) / Impact.FEE_SCALE, value);
        return {
          given: sum.given + value,
          got: sum.got + worth(u, received),
          poolFees: sum.poolFees + value - left,
        };
      },
      { given: 0n, got: 0n, poolFees: 0n },
    );
};

const crossedIn = (rounds: readonly RebalanceReturnType[], prices: Prices): bigint =>
  rounds.flatMap(({ crossed }) => crossed).reduce((sum, { o, amountO }) => sum + worthAt(prices)(o, amountO), 0n);

/** {tok} by index, then asset */
type Amounts = ReadonlyMap<Address, ReadonlyMap<Address, bigint>>;

const amountsOf = async ({ client, platform }: World, indices: readonly Address[]): Promise<Amounts> => {
  const held = await Promise.all(
    indices.map(async (index) => {
      const { legs } = await holdingsOf(client, { platform, index });
      return [index, new Map(legs.map(({ asset, amount }) => [asset, amount]))] as const;
    }),
  );
  return new Map(held);
};

const turnoverOf = (before: Amounts, after: Amounts, prices: Prices): bigint =>
  turnover(
    [...after].flatMap(([index, held]) =>
      [...held].map(([asset, amount]) => ({
        before: before.get(index)?.get(asset) ?? 0n,
        after: amount,
        price: prices.get(asset) ?? 0n,
      })),
    ),
  );

/** One day: an epoch for the indices given, then a look whenever the clock came down a bit, until all are in tolerance. */
const tradeOneDay = async (world: World, indices: readonly Address[]) => {
  const { opening, receipt } = await openFor(world, indices);
  const rounds: RebalanceReturnType[] = [];
  let elapsed = 0n;
  for (const look of LOOKS) {
    await passTime(world, look - elapsed);
    elapsed = look;
    rounds.push(...(await tradeNow(world, opening, indices)));
    if ((await driftedOf(world, indices)).length === 0) return { rounds, openGas: receipt.gasUsed };
  }
  await passTime(world, DAY - elapsed);
  return { rounds, openGas: receipt.gasUsed };
};

/**
 * Brings indices back to their targets as any keeper could (docs/rules.md 6): an epoch for all that are out of tolerance, the
 * clock, crossing, then as much on pools as their impact limits let, day after day.
 */
export const bringBack = async (world: World, indices: readonly Address[]): Promise<BringBack> => {
  const [before, driftsBefore] = await Promise.all([amountsOf(world, indices), driftsOf(world, indices)]);
  const rounds: RebalanceReturnType[] = [];
  let [days, openGas] = [0, 0n];
  for (; days < MAX_DAYS; days += 1) {
    const drifted = await driftedOf(world, indices);
    if (drifted.length === 0) break;
    const day = await tradeOneDay(world, drifted);
    rounds.push(...day.rounds);
    openGas += day.openGas;
  }
  const [after, prices] = await Promise.all([amountsOf(world, indices), pricesNow(world)]);
  const { given, got, poolFees } = tradedIn(rounds, prices);
  return {
    rounds: rounds.length,
    days,
    trades: rounds.reduce((sum, { traded }) => sum + traded.length, 0),
    crossed: crossedIn(rounds, prices),
    turnover: turnoverOf(before, after, prices),
    driftsBefore,
    driftsAfter: await driftsOf(world, indices),
    costBps: bpsOf(given - got, given),
    beyondFeesBps: bpsOf(given - got - poolFees, given),
    openGas,
    roundGas: rounds.reduce((sum, { receipt }) => sum + receipt.gasUsed, 0n),
  };
};
