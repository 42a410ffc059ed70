import { MathError } from '../math/errors.ts';
import { mulDivUp } from '../math/fixed-point.ts';
import { ONE, Q112 } from '../math/scales.ts';
import { max, min } from '../math/word.ts';
import * as Clock from './clock.ts';
import * as Crossing from './crossing.ts';
import type { AssetOrder } from './drift.ts';
import { affordable, lossOf } from './loss.ts';
import * as Orders from './orders.ts';
import { type Gaps, rowsOfPair } from './surface-estimate.ts';

/** One asset of an opening. */
export interface AnchoredAsset {
  readonly asset: string;
  /** Price of the opening {base/tok} UQ112. */
  readonly anchor: bigint;
  /** Price of now {base/tok} UQ112; 0 when it is not live: such an asset is not traded. */
  readonly price: bigint;
  /** Deviation thresholds of its feeds, summed {bp}. */
  readonly qBps: bigint;
  /** {s} timestamp of its delisting, 0 for a listed asset. */
  readonly delistedSince: bigint;
}

/** What the indices of an epoch share. */
export interface Opening {
  /** {s} timestamp. */
  readonly openedAt: bigint;
  /** The asset between the two pools of a route: USDC. */
  readonly base: string;
  readonly assets: readonly AnchoredAsset[];
}

/** What one index wants in an epoch, its orders at the anchors. */
export interface IndexOrders {
  readonly index: string;
  /** {base} what it may still lose today. */
  readonly budget: bigint;
  /** At most one in each asset. */
  readonly orders: readonly IndexOrder[];
  /** Assets that act: a pair without one of them is not traded (docs/rules.md 7). Left out where no bands are kept: all act. */
  readonly acting?: ReadonlySet<string>;
}

/** What an index wants in one asset. */
export interface IndexOrder extends AssetOrder {
  /** {tok} what it holds. */
  readonly holding: bigint;
}

/** An asset in the middle of a round, with one entry for each index. */
interface Column {
  readonly asset: AnchoredAsset;
  /** {base/tok} the anchor, rounded. */
  readonly unit: number;
  /** {tok} above 0 for what is to be sold, below 0 for what is to be bought. */
  readonly gaps: bigint[];
  /** {tok} at the start of the round */
  readonly holdings: bigint[];
  /** {tok} what was booked so far */
  readonly deltas: bigint[];
}

/** {u/o} rounded: good to compare ways, never to check a fill. */
interface PairPrices {
  /** The least average price of a fill. */
  readonly limit: number;
  /** At the anchors. */
  readonly rate: number;
}

/** What some of the indices give {o}. */
interface Shares {
  /** Of the indices, in their order. */
  readonly rows: readonly number[];
  readonly parts: readonly bigint[];
  readonly total: bigint;
}

/** A fill in the making. */
export interface Fill extends Shares {
  readonly limit: bigint;
  /** {1e18} factor of the anchor below which a fill loses: the price of now, at least the anchor. */
  readonly fair: bigint;
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

const Q112_NUMBER = Number(Q112);
const ONE_NUMBER = Number(ONE);
/** {1} far more than roundings, of values and of `Clock.rateUp`, can make. */
const CLEARLY = 1 + 1e-9;

/** A round of crossings and trades, booked as the chain books it (docs/rules.md 6). Assets go by their place in `assets`. */
export class Round {
  /** Those that can be traded. */
  readonly assets: readonly AnchoredAsset[];
  /** What every index still wants, at the anchors; it changes with every fill. */
  readonly gaps: Gaps;
  readonly #columns: readonly Column[];
  /** By o, then u: the same throughout the round. */
  readonly #prices = new Map<number, PairPrices>();
  /** {base} what each index may still lose today at the start of the round. */
  readonly #budgets: readonly bigint[];
  /** {base} what each index lost in this round. */
  readonly #losses: bigint[];
  /** By index: undefined where all assets act. */
  readonly #acting: readonly (ReadonlySet<string> | undefined)[];
  readonly #elapsed: bigint;
  readonly #now: bigint;
  readonly #clock: Clock.Numbers;

  /**
   * @param clock the chain's unless another is tried
   * @throws {MathError} OVERFLOW when `now` {s} is before the opening; UNKNOWN_ASSET for an order without an anchor
   */
  constructor(indices: readonly IndexOrders[], opening: Opening, now: bigint, clock = Clock.CHAIN) {
    if (now < opening.openedAt) {
      throw new MathError(
        'OVERFLOW',
        `${now} is before the opening at ${opening.openedAt}`,
        'give the time of the chain',
      );
    }
    const anchored = new Set(opening.assets.map(({ asset }) => asset));
    for (const { index, orders } of indices) {
      const unknown = orders.find(({ asset }) => !anchored.has(asset));
      if (unknown === undefined) continue;
      throw new MathError(
        'UNKNOWN_ASSET',
        `${index} has an order in ${unknown.asset} without an anchor`,
        'anchor every asset',
      );
    }
    this.assets = opening.assets.filter(({ anchor, price }) => anchor > 0n && price > 0n);
    this.#elapsed = now - opening.openedAt;
    this.#now = now;
    this.#clock = clock;
    this.#budgets = indices.map(({ budget }) => budget);
    this.#losses = indices.map(() => 0n);
    this.#acting = indices.map(({ acting }) => acting);
    this.#columns = this.assets.map((asset) => emptyColumn(asset, indices.length));
    const rowsOf = this.assets.map((): number[] => []);
    const placesOf = indices.map((): number[] => []);
    this.gaps = { values: this.assets.map(() => new Float64Array(indices.length)), rowsOf, placesOf };
    const places = new Map(this.assets.map(({ asset }, place) => [asset, place]));
    for (const [row, { orders }] of indices.entries()) {
      for (const { asset, excess, deficit, holding } of orders) {
        for (const amount of [excess, deficit, holding]) requireAmount(amount);
        const place = places.get(asset);
        if (place === undefined) continue;
        this.#column(place).holdings[row] = holding;
        if (excess === deficit) continue;
        rowsOf[place]?.push(row);
        placesOf[row]?.push(place);
        this.#change(row, place, excess - deficit);
      }
    }
  }

  /** {base/tok} the anchor of an asset, rounded. */
  unit(place: number): number {
    return this.#column(place).unit;
  }

  /** Of a fill of o for u. */
  prices(o: number, u: number): PairPrices {
    const [assetO, assetU] = [this.#column(o).asset, this.#column(u).asset];
    const at = o * this.assets.length + u;
    const known = this.#prices.get(at);
    if (known !== undefined) return known;
    const rate = this.unit(o) / this.unit(u);
    const prices = { rate, limit: (rate * Number(this.#limit(assetO, assetU))) / ONE_NUMBER };
    this.#prices.set(at, prices);
    return prices;
  }

  /** Crosses mirror orders; undefined when their clocks or prices do not allow it, or there is nothing to cross. */
  cross(o: number, u: number): Crossing.Crossed | undefined {
    const [assetO, assetU] = [this.#column(o).asset, this.#column(u).asset];
    if (!Clock.crossOpen(assetO.qBps + assetU.qBps, this.#elapsed, this.#clock)) return undefined;
    if (this.#nowFactor(assetO, assetU) > ONE || this.#nowFactor(assetU, assetO) > ONE) return undefined;
    const [fairO, fairU] = [fairFactor(assetO, assetU), fairFactor(assetU, assetO)];
    const ofO = this.#affordable(this.#share(o, u, ONE), o, ONE, fairO);
    const ofU = this.#affordable(this.#share(u, o, ONE), u, ONE, fairU);
    const { x, y } = Crossing.crossed(ofO.total, ofU.total, assetO.anchor, assetU.anchor);
    if (x === 0n || y === 0n) return undefined;
    this.#crossSide(ofO, o, u, fairO, x, y);
    this.#crossSide(ofU, u, o, fairU, y, x);
    return { x, y };
  }

  /**
   * Sizes a fill of o for u on a route that takes at most `bound` {o} at a price of at most `spot` {u/o} UQ112; undefined when
   * it would be below the smallest fill.
   */
  size(o: number, u: number, bound: bigint, spot: bigint): Fill | undefined {
    const [{ anchor: anchorO }, { anchor: anchorU }] = [this.#column(o).asset, this.#column(u).asset];
    // A route better than the anchor must not carry u past a target.
    return this.#size(o, u, bound, max(ONE, mulDivUp(spot, anchorU * ONE, anchorO * Q112)));
  }

  /**
   * Sizes a fill of o for u from a filler's own stock, which pays the limit exactly (`atLimit`); undefined when it would be below the
   * smallest fill.
   *
   * @param most {o} the most that the filler takes
   */
  sizeFromStock(o: number, u: number, most: bigint): Fill | undefined {
    return this.#size(o, u, most, this.#limit(this.#column(o).asset, this.#column(u).asset));
  }

  /** {u} the least that a fill must bring. */
  atLimit(o: number, u: number, { total, limit }: Fill): bigint {
    return Clock.minReceived(total, this.#column(o).asset.anchor, this.#column(u).asset.anchor, limit);
  }

  /** @param factor {1e18} of the anchor: the best price that the fill may get */
  #size(o: number, u: number, bound: bigint, factor: bigint): Fill | undefined {
    const { asset: assetO, holdings } = this.#column(o);
    const { asset: assetU } = this.#column(u);
    const limit = this.#limit(assetO, assetU);
    const fair = fairFactor(assetO, assetU);
    const wanted = this.#share(o, u, factor);
    const allowed = this.#affordable(wanted, o, limit, fair);
    const { rows, total: whole } = allowed;
    const parts = whole > bound ? Crossing.partsDown(bound, allowed.parts, whole) : allowed.parts;
    const total = sum(parts);
    const holding = sum(rows.map((row, i) => (allowed.parts[i] ? (holdings[row] ?? 0n) : 0n)));
    // A budget that is all but spent makes no fill that is not worth its gas. Far below fair, where only a delisted asset goes, a whole
    // day's budget may afford less than the least fill.
    const order = limit * 100n < fair * 98n ? whole : wanted.total;
    if (total === 0n || total < Orders.minFill(order, holding, assetO.anchor)) return undefined;
    return { limit, fair, rows, parts, total };
  }

  /** Books a fill that brought `received` {u}; false, and nothing booked, when that is below its limit. */
  book(o: number, u: number, fill: Fill, received: bigint): boolean {
    if (received < this.atLimit(o, u, fill)) return false;
    const { fair, rows, parts, total } = fill;
    const got = Crossing.partsDown(received, parts, total);
    rows.forEach((row, i) => {
      const given = parts[i] ?? 0n;
      if (given > 0n) this.#fill(row, o, u, fair, given, got[i] ?? 0n);
    });
    return true;
  }

  /** {tok} what an index holds more, or less, of an asset by this round; 0 where it has no order. */
  delta(row: number, place: number): bigint {
    return this.#column(place).deltas[row] ?? 0n;
  }

  /** {base} what an index lost in this round, at the anchors or at the prices of now where these are higher. */
  loss(row: number): bigint {
    return this.#losses[row] ?? 0n;
  }

  #column(place: number): Column {
    const column = this.#columns[place];
    if (column === undefined) {
      throw new MathError('UNKNOWN_ASSET', `the round has no asset in place ${place}`, 'give a place in `assets`');
    }
    return column;
  }

  /** {1e18} factor of the anchor that a fill must reach. */
  #limit(o: AnchoredAsset, u: AnchoredAsset): bigint {
    const clock = Clock.clockFactor(o.qBps + u.qBps, this.#elapsed, this.#clock);
    return Clock.limitFactor(clock, this.#nowFactor(o, u));
  }

  #nowFactor(o: AnchoredAsset, u: AnchoredAsset): bigint {
    const floor = Clock.floorBps(o.delistedSince, this.#now, this.#clock);
    return Clock.nowFactor(o.anchor, u.anchor, o.price, u.price, floor);
  }

  /** What each index can sell of o for u: its excess, and no more than fills its deficit at `factor` times the anchor. */
  #share(o: number, u: number, factor: bigint): Shares {
    const [sold, bought] = [this.#column(o), this.#column(u)];
    const rate = Clock.rateUp(sold.asset.anchor, factor);
    const rows: number[] = [];
    const parts: bigint[] = [];
    let total = 0n;
    const [values, valuesOfU] = [this.gaps.values[o], this.gaps.values[u]];
    // A deficit that is clearly the larger one does not bind, and need not be turned into o.
    const clearly = (Number(factor) / ONE_NUMBER) * CLEARLY;
    for (const row of rowsOfPair(this.gaps, { o, u })) {
      const [excess, deficit] = [values?.[row] ?? 0, -(valuesOfU?.[row] ?? 0)];
      if (excess <= 0 || deficit <= 0) continue;
      const acting = this.#acting[row];
      if (acting !== undefined && !acting.has(sold.asset.asset) && !acting.has(bought.asset.asset)) continue;
      const whole = sold.gaps[row] ?? 0n;
      const part =
        excess * clearly < deficit ? whole : min(whole, (-(bought.gaps[row] ?? 0n) * bought.asset.anchor) / rate); // Clock.maxGiven
      rows.push(row);
      parts.push(part);
      total += part;
    }
    return { rows, parts, total };
  }

  /** {o} of shares, what the indices may give at a limit below the fair factor and still, even at the limit, keep within their budgets. */
  #affordable(shares: Shares, o: number, limit: bigint, fair: bigint): Shares {
    if (limit >= fair) return shares;
    const { rows } = shares;
    const { anchor } = this.#column(o).asset;
    const left = (row: number): bigint => max(0n, (this.#budgets[row] ?? 0n) - this.loss(row));
    const parts = shares.parts.map((part, i) =>
      min(part, affordable({ budget: left(rows[i] ?? 0), fair, limit, anchorO: anchor })),
    );
    return { rows, parts, total: sum(parts) };
  }

  /** Books what the indices of one side of a crossing give, `given` {o} in all, and get, `got` {u} in all. */
  #crossSide({ rows, parts, total }: Shares, o: number, u: number, fair: bigint, given: bigint, got: bigint): void {
    const [gives, gets] = [Crossing.partsUp(given, parts, total), Crossing.partsDown(got, parts, total)];
    rows.forEach((row, i) => {
      const give = gives[i] ?? 0n;
      if (give === 0n) return;
      // At the anchor a crossing loses roundings only, which are not booked.
      if (fair === ONE) this.#move(row, o, u, give, gets[i] ?? 0n);
      else this.#fill(row, o, u, fair, give, gets[i] ?? 0n);
    });
  }

  /** Moves the amounts, and takes from the budget what was lost at the fair factor. */
  #fill(row: number, o: number, u: number, fair: bigint, given: bigint, got: bigint): void {
    const [assetO, assetU] = [this.#column(o).asset, this.#column(u).asset];
    const loss = lossOf({ given, anchorO: assetO.anchor, got, anchorU: assetU.anchor, fair });
    this.#losses[row] = this.loss(row) + loss;
    this.#move(row, o, u, given, got);
  }

  #move(row: number, o: number, u: number, given: bigint, got: bigint): void {
    this.#hold(row, o, -given);
    this.#hold(row, u, got);
  }

  #hold(row: number, place: number, by: bigint): void {
    const { deltas } = this.#column(place);
    deltas[row] = (deltas[row] ?? 0n) + by;
    this.#change(row, place, by);
  }

  #change(row: number, place: number, by: bigint): void {
    const { gaps, unit } = this.#column(place);
    const gap = (gaps[row] ?? 0n) + by;
    gaps[row] = gap;
    const values = this.gaps.values[place];
    if (values !== undefined) values[row] = Number(gap) * unit;
  }
}

const emptyColumn = (asset: AnchoredAsset, rows: number): Column => ({
  asset,
  unit: Number(asset.anchor) / Q112_NUMBER,
  gaps: Array.from({ length: rows }, () => 0n),
  holdings: Array.from({ length: rows }, () => 0n),
  deltas: Array.from({ length: rows }, () => 0n),
});

/** {tok} */
const AMOUNT_LIMIT = 1n << 112n;

const requireAmount = (amount: bigint): void => {
  if (amount >= 0n && amount < AMOUNT_LIMIT) return;
  throw new MathError('OVERFLOW', `an order or holding of ${amount}`, 'give amounts from 0 to 2^112');
};

const fairFactor = (o: AnchoredAsset, u: AnchoredAsset): bigint =>
  Clock.fairFactor(o.anchor, u.anchor, o.price, u.price);
