import { bpsOf, Clock, min, ONE, Orders } from '@wicker/core';
import { atBlock, decide, isOpen, type Look, look, mayOpen, type PlannedRound, planRounds } from '@wicker/keeper/plan';
import { listedPools, type OpeningOfReturnType, openingOf, type ReadIndexReturnType, readIndex } from '@wicker/sdk';
import { type Address, getAddress } from 'viem';
import { getBlock, getGasPrice } from 'viem/actions';
import type { Connection } from '../../connect/connect.ts';
import { allIndices, indexNamed } from '../../connect/indices.ts';
import { type Token, tokensAt } from '../../connect/tokens.ts';

/** A person asks: no transaction waits, and any gas price is told. */
const NOTHING_IN_THE_WAY = { maxGasPrice: undefined, waiting: undefined };

/** {1} pairs that are told of each opening */
const PAIRS_SHOWN = 8;

/** Assets that could be exchanged: indices want to sell o and to buy u. */
export interface Pair {
  readonly o: Address;
  readonly u: Address;
  /** {base} of what they want to exchange */
  readonly value: bigint;
  /** {1e18} factor of the anchor price that a fill has to bring now; undefined when one of them has no live price */
  readonly limit: bigint | undefined;
  /** {s} until mirror orders may cross; 0 when they may, undefined when prices stand too far from the anchors for it */
  readonly crossesIn: bigint | undefined;
}

/** A fill that would be sent now. */
export interface PlannedFill {
  readonly kind: 'cross' | 'pool';
  readonly o: Address;
  readonly u: Address;
  /** {o} */
  readonly given: bigint;
  /** {u} */
  readonly received: bigint;
  readonly route: readonly Address[];
  /** {base} of what is given, at the prices of now */
  readonly value: bigint;
  /** {bps} of it that do not come back, at the prices of now */
  readonly costBps: number;
}

/** An opening whose epoch is open, or the one that would be opened now (`opening` is 0 then). */
export interface EpochOutlook {
  readonly opening: bigint;
  /** {s} its clock has run */
  readonly elapsed: bigint;
  readonly indices: readonly Address[];
  readonly pairs: readonly Pair[];
  readonly fills: readonly PlannedFill[];
  readonly round: PlannedRound | undefined;
}

/** What could be done now. */
export interface Outlook {
  readonly seen: Look;
  /** What a keeper would do next and why, in a sentence. */
  readonly says: string;
  /** That may open now. */
  readonly openable: readonly Address[];
  readonly epochs: readonly EpochOutlook[];
  readonly tokens: ReadonlyMap<Address, Token>;
}

/** What of each asset counts in an opening: {base/tok} UQ112 anchor and price of now, {bps} q. */
interface Priced {
  readonly anchor: bigint;
  readonly now: bigint;
  readonly qBps: bigint;
  /** {s} 0 while listed */
  readonly delistedSince: bigint;
}

const largestPairs = (states: readonly ReadIndexReturnType[]): { o: Address; u: Address; value: bigint }[] => {
  const values = new Map<string, { o: Address; u: Address; value: bigint }>();
  for (const { assets } of states) {
    const worth = (amount: bigint, price: bigint): bigint => Orders.valueOf(amount, price);
    for (const sold of assets.filter(({ excess }) => excess > 0n)) {
      for (const bought of assets.filter(({ deficit }) => deficit > 0n)) {
        const [give, take] = [worth(sold.excess, sold.price), worth(bought.deficit, bought.price)];
        const key = `${sold.asset} ${bought.asset}`;
        const value = (values.get(key)?.value ?? 0n) + min(give, take);
        values.set(key, { o: sold.asset, u: bought.asset, value });
      }
    }
  }
  return [...values.values()].sort((a, b) => (a.value > b.value ? -1 : 1)).slice(0, PAIRS_SHOWN);
};

/** {s} until the clock of a pair is at the anchor; 0 when it was there. */
const untilCrossing = (qBps: bigint, elapsed: bigint): bigint => {
  const whole = Clock.crossesAfter(qBps);
  return whole > elapsed ? whole - elapsed : 0n;
};

const pairOf = (
  { o, u, value }: { readonly o: Address; readonly u: Address; readonly value: bigint },
  facts: ReadonlyMap<Address, Priced>,
  elapsed: bigint,
  now: bigint,
): Pair => {
  const [sold, bought] = [facts.get(o), facts.get(u)];
  if (!sold?.now || !bought?.now || !sold.anchor || !bought.anchor) {
    return { o, u, value, limit: undefined, crossesIn: undefined };
  }
  const qBps = sold.qBps + bought.qBps;
  const lowest = (a: Priced, b: Priced): bigint =>
    Clock.nowFactor(a.anchor, b.anchor, a.now, b.now, Clock.floorBps(a.delistedSince, now));
  const limit = Clock.limitFactor(Clock.clockFactor(qBps, elapsed), lowest(sold, bought));
  // Orders cross at the anchor, which has to be above the floor of both sides.
  const isNear = lowest(sold, bought) <= ONE && lowest(bought, sold) <= ONE;
  return { o, u, value, limit, crossesIn: isNear ? untilCrossing(qBps, elapsed) : undefined };
};

const fillsOf = ({ plan: { crosses, trades } }: PlannedRound, priceOf: (asset: Address) => bigint): PlannedFill[] => {
  const fill = (kind: PlannedFill['kind'], from: string, to: string, given: bigint, received: bigint): PlannedFill => {
    const [o, u] = [getAddress(from), getAddress(to)];
    const value = Orders.valueOf(given, priceOf(o));
    const costBps = bpsOf(value - Orders.valueOf(received, priceOf(u)), value);
    return { ...{ kind, o, u, given, received, value, costBps }, route: [] };
  };
  return [
    ...crosses.map(({ o, u, x, y }) => fill('cross', o, u, x, y)),
    ...trades.map(({ o, u, given, received, route }) => ({
      ...fill('pool', o, u, given, received),
      route: route.map((pool) => getAddress(pool)),
    })),
  ];
};

const pricedAt = (seen: Look, opened: OpeningOfReturnType | undefined): ReadonlyMap<Address, Priced> => {
  const anchors = new Map(opened?.anchors.map((anchor) => [anchor.asset, anchor]));
  return new Map(
    seen.quotes.map(({ asset, price, qBps, status }): [Address, Priced] => {
      const now = status === 'live' ? price : 0n;
      // What is not open yet would have the prices of now for anchors.
      if (opened === undefined) return [asset, { anchor: now, now, qBps, delistedSince: 0n }];
      const anchor = anchors.get(asset);
      const at = anchor?.live ? anchor.price : 0n;
      return [asset, { anchor: at, now, qBps: anchor?.qBps ?? qBps, delistedSince: anchor?.delistedSince ?? 0n }];
    }),
  );
};

/** The indices that are in each open opening, the oldest first. */
const openGroups = (seen: Look): Map<bigint, Address[]> => {
  const groups = new Map<bigint, Address[]>();
  for (const state of seen.indices) {
    if (!isOpen(state, seen.now)) continue;
    const { opening } = state.epoch;
    groups.set(opening, [...(groups.get(opening) ?? []), state.index]);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
};

/**
 * Looks, at one block, at what could be opened and traded now for the indices named, or for all.
 *
 * @throws {InputError} UNKNOWN_INDEX, AMBIGUOUS_INDEX
 */
export const outlookOf = async (connection: Connection, names: readonly string[]): Promise<Outlook> => {
  const { deployment } = connection;
  const { addresses: platform, fromBlock } = deployment;
  const addresses =
    names.length === 0
      ? (await allIndices(connection)).map(({ address }) => address)
      : [...new Set(await Promise.all(names.map((name) => indexNamed(connection, name))))];
  const [block, gasPrice] = await Promise.all([getBlock(connection.client), getGasPrice(connection.client)]);
  const client = atBlock(connection.client, block);
  const [seen, pools] = await Promise.all([
    look(client, platform, addresses, block),
    listedPools(connection.client, { platform, fromBlock: BigInt(fromBlock), toBlock: block.number }),
  ]);
  const rounds = await planRounds(client, platform, pools, seen);
  const openable = seen.indices.filter((state) => mayOpen(state, seen.now)).map(({ index }) => index);
  const prices = new Map(seen.quotes.map(({ asset, price }) => [asset, price]));
  const outlook = async (opening: bigint, indices: readonly Address[]): Promise<EpochOutlook> => {
    const [opened, states] = await Promise.all([
      opening === 0n ? undefined : openingOf(client, { platform, opening }),
      Promise.all(indices.map((index) => readIndex(client, { platform, index }))),
    ]);
    const elapsed = opened === undefined ? 0n : seen.now - opened.openedAt;
    const facts = pricedAt(seen, opened);
    const round = rounds.find((one) => one.opening === opening);
    return {
      ...{ opening, elapsed, indices, round },
      pairs: largestPairs(states).map((pair) => pairOf(pair, facts, elapsed, seen.now)),
      fills: round === undefined ? [] : fillsOf(round, (asset) => prices.get(asset) ?? 0n),
    };
  };
  const groups: [bigint, Address[]][] = [...openGroups(seen)];
  if (openable.length > 0) groups.push([0n, openable]);
  const { says } = decide({ ...{ now: seen.now, indices: seen.indices, rounds, gasPrice }, ...NOTHING_IN_THE_WAY });
  return {
    ...{ seen, says, openable },
    epochs: await Promise.all(groups.map(([opening, indices]) => outlook(opening, indices))),
    tokens: await tokensAt(connection, [...prices.keys(), platform.base]),
  };
};
