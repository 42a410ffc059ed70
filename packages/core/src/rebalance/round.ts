import { MathError } from '../math/errors.ts';
import { mulDivUp } from '../math/fixed-point.ts';
import { ONE, Q112 } from '../math/scales.ts';
import { max, min } from '../math/word.ts';
import * as Clock from './clock.ts';
import * as Crossing from './crossing.ts';
import type { AssetOrder } from './drift.ts';
import * as Orders from './orders.ts';

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
  /** With the holding {tok} of each asset. */
  readonly orders: readonly (AssetOrder & { readonly holding: bigint })[];
}

/** An index in the middle of a round: gaps {tok} are above 0 for what is to be sold, below 0 for what is to be bought. */
interface Row {
  readonly gaps: Map<string, bigint>;
  readonly holdings: ReadonlyMap<string, bigint>;
  budget: bigint;
}

/** A fill in the making: what each row gives {o}, and the sum. */
export interface Fill {
  readonly limit: bigint;
  /** {1e18} factor of the anchor below which a fill loses: the price of now, at least the anchor. */
  readonly fair: bigint;
  readonly parts: readonly bigint[];
  readonly total: bigint;
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

/** {o} of an amount, what an index may give at a limit below the fair factor and still, even at the limit, keep within its budget. */
const affordable = ({ budget }: Row, amount: bigint, o: AnchoredAsset, limit: bigint, fair: bigint): bigint =>
  limit >= fair ? amount : min(amount, (budget * ((ONE * Q112) / (fair - limit))) / o.anchor);

/** A round of crossings and trades, booked as the chain books it (docs/rules.md 6). */
export class Round {
  readonly assets: readonly AnchoredAsset[];
  readonly #elapsed: bigint;
  readonly #now: bigint;
  readonly #rows: readonly Row[];

  /** @throws {MathError} OVERFLOW when `now` {s} is before the opening; UNKNOWN_ASSET for an order without an anchor */
  constructor(indices: readonly IndexOrders[], opening: Opening, now: bigint) {
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
    this.#rows = indices.map(({ budget, orders }) => ({
      budget,
      gaps: new Map(orders.map(({ asset, excess, deficit }) => [asset, excess - deficit])),
      holdings: new Map(orders.map(({ asset, holding }) => [asset, holding])),
    }));
  }

  /** Value {base} of what all indices together can exchange of o for u, at the anchors. */
  shared(o: AnchoredAsset, u: AnchoredAsset): bigint {
    return Orders.valueOf(sum(this.#rows.map((row) => this.#share(row, o, u, ONE))), o.anchor);
  }

  /** Crosses mirror orders; undefined when their clocks or prices do not allow it, or there is nothing to cross. */
  cross(o: AnchoredAsset, u: AnchoredAsset): Crossing.Crossed | undefined {
    if (!Clock.crossOpen(o.qBps + u.qBps, this.#elapsed)) return undefined;
    if (this.#nowFactor(o, u) > ONE || this.#nowFactor(u, o) > ONE) return undefined;
    const [fairO, fairU] = [this.#fairFactor(o, u), this.#fairFactor(u, o)];
    const ofO = this.#rows.map((row) => affordable(row, this.#share(row, o, u, ONE), o, ONE, fairO));
    const ofU = this.#rows.map((row) => affordable(row, this.#share(row, u, o, ONE), u, ONE, fairU));
    const [sumO, sumU] = [sum(ofO), sum(ofU)];
    const { x, y } = Crossing.crossed(sumO, sumU, o.anchor, u.anchor);
    if (x === 0n || y === 0n) return undefined;
    this.#rows.forEach((row, i) => {
      const [a = 0n, b = 0n] = [ofO[i], ofU[i]];
      if (a > 0n) this.#crossPart(row, o, u, fairO, Crossing.partUp(x, a, sumO), Crossing.partDown(y, a, sumO));
      else if (b > 0n) this.#crossPart(row, u, o, fairU, Crossing.partUp(y, b, sumU), Crossing.partDown(x, b, sumU));
    });
    return { x, y };
  }

  /**
   * Sizes a fill of o for u on a route that takes at most `bound` {o} at a price of at most `spot` {u/o} UQ112; undefined when
   * it would be below the smallest fill.
   */
  size(o: AnchoredAsset, u: AnchoredAsset, bound: bigint, spot: bigint): Fill | undefined {
    const limit = Clock.limitFactor(Clock.clockFactor(o.qBps + u.qBps, this.#elapsed), this.#nowFactor(o, u));
    const fair = this.#fairFactor(o, u);
    // A route better than the anchor must not carry u past a target.
    const best = max(ONE, mulDivUp(spot, u.anchor * ONE, o.anchor * Q112));
    const wanted = this.#rows.map((row) => this.#share(row, o, u, best));
    const allowed = this.#rows.map((row, i) => affordable(row, wanted[i] ?? 0n, o, limit, fair));
    const whole = sum(allowed);
    const parts = whole > bound ? allowed.map((part) => Crossing.partDown(bound, part, whole)) : allowed;
    const total = sum(parts);
    const holding = sum(this.#rows.map((row, i) => (allowed[i] ? (row.holdings.get(o.asset) ?? 0n) : 0n)));
    // A budget that is all but spent makes no fill that is not worth its gas. Far below fair, where only a delisted asset goes, a whole
    // day's budget may afford less than the least fill.
    const order = limit * 100n < fair * 98n ? whole : sum(wanted);
    if (total === 0n || total < Orders.minFill(order, holding, o.anchor)) return undefined;
    return { limit, fair, parts, total };
  }

  /** Books a fill that brought `received` {u}; false, and nothing booked, when that is below its limit. */
  book(o: AnchoredAsset, u: AnchoredAsset, { limit, fair, parts, total }: Fill, received: bigint): boolean {
    if (received < Clock.minReceived(total, o.anchor, u.anchor, limit)) return false;
    this.#rows.forEach((row, i) => {
      const given = parts[i] ?? 0n;
      if (given === 0n) return;
      this.#fill(row, o, u, fair, given, Crossing.partDown(received, given, total));
    });
    return true;
  }

  #nowFactor(o: AnchoredAsset, u: AnchoredAsset): bigint {
    return Clock.nowFactor(o.anchor, u.anchor, o.price, u.price, Clock.floorBps(o.delistedSince, this.#now));
  }

  /** {1e18} the price of now against the anchor, at least the anchor: what is got below it is a loss. */
  #fairFactor(o: AnchoredAsset, u: AnchoredAsset): bigint {
    return Clock.limitFactor(ONE, Clock.nowFactor(o.anchor, u.anchor, o.price, u.price, 0n));
  }

  /** {o} what an index can sell of o for u: its excess, and no more than fills its deficit at `factor` times the anchor. */
  #share({ gaps }: Row, o: AnchoredAsset, u: AnchoredAsset, factor: bigint): bigint {
    const excess = gaps.get(o.asset) ?? 0n;
    const deficit = -(gaps.get(u.asset) ?? 0n);
    if (excess <= 0n || deficit <= 0n) return 0n;
    return min(excess, Clock.maxGiven(deficit, o.anchor, u.anchor, factor));
  }

  /** At the anchor a crossing loses roundings only, which are not booked. */
  #crossPart(row: Row, o: AnchoredAsset, u: AnchoredAsset, fair: bigint, given: bigint, got: bigint): void {
    if (fair === ONE) this.#move(row, o, u, given, got);
    else this.#fill(row, o, u, fair, given, got);
  }

  /** Moves the amounts, and takes from the budget what was lost at the fair factor. */
  #fill(row: Row, o: AnchoredAsset, u: AnchoredAsset, fair: bigint, given: bigint, got: bigint): void {
    // The factor scales the value, not the price: a price has 128 bits, and the factor is large when u has crashed.
    const loss = mulDivUp(Orders.valueOf(given, o.anchor), fair, ONE) - Orders.valueOf(got, u.anchor);
    row.budget = max(0n, row.budget - max(0n, loss));
    this.#move(row, o, u, given, got);
  }

  #move({ gaps }: Row, o: AnchoredAsset, u: AnchoredAsset, given: bigint, got: bigint): void {
    gaps.set(o.asset, (gaps.get(o.asset) ?? 0n) - given);
    gaps.set(u.asset, (gaps.get(u.asset) ?? 0n) + got);
  }
}
