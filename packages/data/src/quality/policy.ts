import { InputError } from '@wicker/core';
import { type DailyTable, figuresOf } from '../daily-table.ts';
import { isKnownCap, type Jump, jumpBetween, newUnits, type Quote } from './jump.ts';

/** What is done about days without a price. */
export interface DataPolicy {
  /** {days} in a row without a price for which the last one stands; on the next such day the asset is delisted. */
  readonly maxCarryDays: number;
  /** {days} in a row with the very same price that are believed; those after count as days without a price. */
  readonly maxSameDays: number;
  /** {1} what a delisted asset is sold below its last price. */
  readonly haircut: number;
}

/**
 * A week is carried; the same price is believed for a fortnight. The haircut is the mean loss of delisted shares whose last price is not
 * known: Shumway, "The Delisting Bias in CRSP Data", Journal of Finance 52 (1997).
 */
export const DEFAULT_POLICY: DataPolicy = { maxCarryDays: 7, maxSameDays: 14, haircut: 0.3 };

/** How an asset is priced on a day; the values of `TradableTable.state`. */
export const STATE = { unlisted: 0, quoted: 1, carried: 2 } as const;

/** The end of a series: whoever holds the asset is paid on this day. */
export interface Delisting {
  /** Number of the day: the first on which the asset is no longer carried. */
  readonly day: number;
  /** Number of the asset. */
  readonly asset: number;
  /** Number of the day of its last quote. */
  readonly lastQuoted: number;
  /** {USD/tok} what a holder gets: the last price less the haircut, in the unit of the adjusted prices. */
  readonly price: number;
}

/** What no market did, from one quote of an asset to the next; never across the end of a series. */
export interface FoundJump {
  /** Numbers of the day of the later quote, and of the asset. */
  readonly day: number;
  readonly asset: number;
  readonly jump: Jump;
}

/** A table in which every price may be traded at. */
export interface TradableTable {
  /** NaN where an asset is not listed; carried and adjusted elsewhere. */
  readonly table: DailyTable;
  /** One of `STATE` for each cell. */
  readonly state: Uint8Array;
  /** By day, then by asset. An asset whose series goes on later is listed again, and may be delisted again. */
  readonly delistings: readonly Delisting[];
  /** By day, then by asset. */
  readonly jumps: readonly FoundJump[];
}

/** What is known of an asset while its days go by. */
interface Track {
  /** The last quote as published, its market cap filled in; undefined while the asset is not listed. */
  quote: Quote | undefined;
  /** Numbers of the days of that quote, and of the last market cap that was published. */
  quotedOn: number;
  capOn: number;
  /** Published price x unit = adjusted price {1}: what redenominations so far have made of a token. */
  unit: number;
  /** {USD/tok} the price that was published last, also while the asset is not listed, and for how many days {days}. */
  samePrice: number;
  sameDays: number;
}

const NEVER = Number.NEGATIVE_INFINITY;
const CARRIED = ['liquidity', 'netYield'] as const;
const SUPPLIES = ['circulatingSupply', 'totalSupply', 'maxSupply'] as const;

/**
 * The prices that a back-test may trade at. Each day's answer depends on that day and the days before it alone.
 *
 * - A missing price: the last one stands for `maxCarryDays`, and with it the market cap, the supplies, the liquidity and the net yield. Then the
 *   asset is delisted: sold at the last price less `haircut`.
 * - A price of 0 is a missing one. So is one that was the same for more than `maxSameDays`: nobody trades there any more.
 * - A missing market cap beside a price: the last supply x price stands, for `maxCarryDays`; then it is missing.
 * - A redenomination: from its day on prices are counted in the unit of the days before, and supplies too, so that a holding stays the
 *   number that it was.
 * - Supply and price jumps stay as they are published: holders had them.
 *
 * @throws InputError BAD_POLICY for a policy that is none
 */
export const applyPolicy = (table: DailyTable, policy: DataPolicy = DEFAULT_POLICY): TradableTable => {
  requirePolicy(policy);
  const { days, ids } = table;
  const price = new Float64Array(table.price.length).fill(Number.NaN);
  const marketCap = price.slice();
  const units = price.slice();
  const state = new Uint8Array(table.price.length);
  const delistings: Delisting[] = [];
  const jumps: FoundJump[] = [];
  const tracks = ids.map(
    (): Track => ({ quote: undefined, quotedOn: NEVER, capOn: NEVER, unit: 1, samePrice: 0, sameDays: 0 }),
  );

  for (let day = 0, cell = 0; day < days.length; day += 1) {
    for (let asset = 0; asset < tracks.length; asset += 1, cell += 1) {
      const track = tracks[asset] as Track;
      const now = table.price[cell] as number;
      if (isQuoted(track, now, policy)) {
        const jump = follow(track, { price: now, marketCap: table.marketCap[cell] as number }, day, policy);
        if (jump !== undefined) jumps.push({ day, asset, jump });
        state[cell] = STATE.quoted;
      }
      const { quote, quotedOn, unit } = track;
      if (quote === undefined) continue;
      if (day - quotedOn > policy.maxCarryDays) {
        delistings.push({ day, asset, lastQuoted: quotedOn, price: quote.price * unit * (1 - policy.haircut) });
        track.quote = undefined;
        continue;
      }
      if (quotedOn < day) state[cell] = STATE.carried;
      price[cell] = quote.price * unit;
      marketCap[cell] = day - track.capOn <= policy.maxCarryDays ? quote.marketCap : Number.NaN;
      units[cell] = unit;
    }
  }
  const others = {
    ...figuresOf(table, SUPPLIES, (supply) => carry(inUnits(supply, units), table, state)),
    ...figuresOf(table, CARRIED, (figure) => carry(figure.slice(), table, state)),
  };
  return { table: { ...table, price, marketCap, ...others }, state, delistings, jumps };
};

/** Whether the day has a price that is believed; counts how long it has been the same. */
const isQuoted = (track: Track, price: number, { maxSameDays }: DataPolicy): boolean => {
  if (!(price > 0)) return false;
  track.sameDays = price === track.samePrice ? track.sameDays + 1 : 1;
  track.samePrice = price;
  return track.sameDays <= maxSameDays;
};

/** Takes in the quote of a day; what happened since the one before, if no market did it. */
const follow = (track: Track, published: Quote, day: number, { maxCarryDays }: DataPolicy): Jump | undefined => {
  const before = track.quote;
  const jump = before && jumpBetween(before, published);
  if (jump?.kind === 'redenomination') track.unit *= newUnits(jump);
  if (isKnownCap(published.marketCap)) track.capOn = day;
  track.quote = {
    price: published.price,
    marketCap: capOf(published, day - track.capOn <= maxCarryDays ? before : undefined),
  };
  track.quotedOn = day;
  return jump;
};

/** {USD} as published, else the supply of before x the price. */
const capOf = ({ price, marketCap }: Quote, before: Quote | undefined): number => {
  if (isKnownCap(marketCap)) return marketCap;
  return before === undefined ? Number.NaN : (before.marketCap / before.price) * price;
};

/** A figure that a day without a price does not have is that of the day before; changes it in place. */
const carry = (figure: Float64Array, { ids }: DailyTable, state: Uint8Array): Float64Array => {
  for (let cell = ids.length; cell < figure.length; cell += 1) {
    if (state[cell] === STATE.carried && Number.isNaN(figure[cell])) {
      figure[cell] = figure[cell - ids.length] ?? Number.NaN;
    }
  }
  return figure;
};

/** Supplies in the units of the adjusted prices; NaN where the asset is not listed. */
const inUnits = (published: Float64Array, units: Float64Array): Float64Array => {
  const supply = new Float64Array(published.length);
  for (let cell = 0; cell < supply.length; cell += 1) {
    supply[cell] = (published[cell] as number) / (units[cell] as number);
  }
  return supply;
};

/** @throws InputError BAD_POLICY */
export const requirePolicy = ({ maxCarryDays, maxSameDays, haircut }: DataPolicy): void => {
  const require = (holds: boolean, what: string): void => {
    if (!holds) throw new InputError('BAD_POLICY', `the data policy has ${what}`, 'Choose it within that range.');
  };
  require(Number.isInteger(maxCarryDays) && maxCarryDays >= 0, `maxCarryDays ${maxCarryDays}, not a number of days`);
  require(Number.isInteger(maxSameDays) && maxSameDays >= 1, `maxSameDays ${maxSameDays}, not 1 day or more`);
  require(haircut >= 0 && haircut <= 1, `a haircut of ${haircut}, outside 0 to 1`);
};
