import { drift, epochEnd, type LastEpoch, nav, ONE, opensFrom, type Position, Shares, Units } from '@wicker/core';
import type { BandRules } from '../rules.ts';
import { FundBands, type Permission } from './fund-bands.ts';
import type { Party } from './ledger.ts';

/** The last epoch of an index. */
export type FundEpoch = LastEpoch['epoch'] & {
  /** {s} */
  readonly until: bigint;
};

/** One asset of an index. */
export interface FundLeg {
  /** Place in the market. */
  readonly asset: number;
  readonly id: string;
  /** {tok} */
  readonly holding: bigint;
  /** {1e18} */
  readonly weight: bigint;
}

/** How often anything changed in which anybody who fills orders is interested. */
export interface Changes {
  count: number;
}

/** What an index begins with. */
export interface FundParts {
  readonly name: string;
  readonly holders: Party;
  readonly legs: readonly FundLeg[];
  /** {share} */
  readonly supply: bigint;
  readonly changes: Changes;
  /** Undefined where drift decides when it is traded. */
  readonly bands: BandRules | undefined;
}

const ONE_NUMBER = Number(ONE);

/** {base/tok} by place of the asset. */
export type Prices = (asset: number) => number;
/** {base/tok} UQ112 by place of the asset. */
export type ExactPrices = (asset: number) => bigint;

/** An index: what it holds and should hold, its supplies and its epoch. */
export class Fund {
  readonly name: string;
  /** Its holders. */
  readonly holders: Party;
  #epoch: FundEpoch = { opening: 0n, openedAt: 0n, until: 0n, recipe: 1n };
  /** {1e18 of NAV} lost on the UTC day `day`. */
  lost = 0n;
  day = -1;
  /** Its bands; undefined where drift decides. */
  readonly bands: FundBands | undefined;
  /** What its bands let it trade in its present epoch; undefined without bands. */
  permission: Permission | undefined;
  /** Whether its present epoch came within tolerance. */
  reached = true;
  /** Another number after every change of holdings or weights. */
  version = 0;
  /** {s} from when on it may open an epoch, and when its present one ends. */
  #opensFrom = 0;
  #until = 0;
  /** Number of its weights: another number is another list. */
  #recipe = 1n;
  /** S and E {share}. */
  #supply: bigint;
  #effective: bigint;
  #legs: readonly FundLeg[];
  readonly #changes: Changes;
  readonly #places: Int32Array;
  readonly #holdings: Float64Array;
  readonly #weights: Float64Array;

  constructor({ name, holders, legs, supply, changes, bands }: FundParts) {
    this.name = name;
    this.holders = holders;
    this.#supply = supply;
    this.#effective = supply;
    this.#changes = changes;
    this.bands = bands === undefined ? undefined : new FundBands(bands, legs.length);
    this.#places = Int32Array.from(legs, ({ asset }) => asset);
    this.#holdings = new Float64Array(legs.length);
    this.#weights = new Float64Array(legs.length);
    this.#legs = legs;
    this.#set(legs);
  }

  get epoch(): FundEpoch {
    return this.#epoch;
  }

  /** Whether its weights were set anew since its last epoch. */
  get isReweighed(): boolean {
    return this.#recipe !== this.#epoch.recipe;
  }

  /** Whether it is in the epoch of an opening, which is not over, with the weights that it entered with. */
  isIn(opening: bigint, now: number): boolean {
    return this.#epoch.opening === opening && !this.isReweighed && now < this.#until;
  }

  /** Whether the pause after its last opening is over. @param now {s} */
  mayOpen(now: number): boolean {
    return now >= this.#opensFrom;
  }

  /** Enters the epoch of an opening. @param of {s} */
  enter(
    opening: bigint,
    { now, lasts, pause }: Record<'now' | 'lasts' | 'pause', bigint>,
    permission?: Permission,
  ): void {
    this.permission = permission;
    const until = epochEnd({ now, until: this.#epoch.until, lasts });
    this.#epoch = { opening, openedAt: now, until, recipe: this.#recipe };
    this.#opensFrom = Number(opensFrom({ epoch: this.#epoch, recipe: this.#recipe }, pause));
    this.#until = Number(until);
    this.reached = false;
    this.#changes.count += 1;
  }

  get legs(): readonly FundLeg[] {
    return this.#legs;
  }

  /** S {share}. */
  get supply(): bigint {
    return this.#supply;
  }

  /** At prices {base/tok} UQ112. */
  positions(priceOf: ExactPrices): Position[] {
    return this.#legs.map(({ asset, id, holding, weight }) => ({ asset: id, holding, weight, price: priceOf(asset) }));
  }

  /** {base} at prices UQ112, exact. */
  nav(priceOf: ExactPrices): bigint {
    return nav(this.positions(priceOf));
  }

  /** {1e18} at prices UQ112, exact. */
  drift(priceOf: ExactPrices): bigint {
    return drift(this.positions(priceOf));
  }

  /** {base} rounded: good to decide whether to look closer. @param priceOf {base/tok} */
  navNumber(priceOf: Prices): number {
    let total = 0;
    for (let i = 0; i < this.#places.length; i += 1) total += (this.#holdings[i] ?? 0) * priceOf(this.#places[i] ?? 0);
    return total;
  }

  /** {1} rounded, likewise. @param priceOf {base/tok} */
  driftNumber(priceOf: Prices): number {
    const total = this.navNumber(priceOf);
    let off = 0;
    for (let i = 0; i < this.#places.length; i += 1) {
      off += Math.abs((this.#holdings[i] ?? 0) * priceOf(this.#places[i] ?? 0) - (this.#weights[i] ?? 0) * total);
    }
    return off / (2 * total);
  }

  /** Whether `holds` of NW/W {1} of any leg with a target, by its place among the legs; rounded. */
  someRatio(priceOf: Prices, holds: (ratio: number, i: number) => boolean): boolean {
    const total = this.navNumber(priceOf);
    return this.#legs.some(({ asset }, i) => {
      const weight = this.#weights[i] ?? 0;
      return weight > 0 && holds(((this.#holdings[i] ?? 0) * priceOf(asset)) / (weight * total), i);
    });
  }

  /** Books what a call brought and took {tok}, by place. */
  settle(deltaOf: (asset: number) => bigint): void {
    this.#set(this.#legs.map((leg) => ({ ...leg, holding: leg.holding + deltaOf(leg.asset) })));
  }

  /** Sets the weights anew {1e18}, in the order of the legs. */
  reweigh(weights: readonly bigint[]): void {
    this.#recipe += 1n;
    this.#opensFrom = Number(opensFrom({ epoch: this.#epoch, recipe: this.#recipe }));
    this.#set(this.#legs.map((leg, i) => ({ ...leg, weight: weights[i] ?? 0n })));
  }

  /** The management fee: shares out of nothing. */
  accrue(shares: bigint): void {
    this.#supply += shares;
  }

  /** {tok} what a mint of `shares` {share} takes of every leg, rounded up (docs/rules.md 1). */
  mint(shares: bigint): bigint[] {
    const effective = Shares.effectiveUp(shares, this.#effective, this.#supply);
    const amounts = this.#legs.map(({ holding }) =>
      Units.amountUp(effective, Units.fromHolding(holding, this.#effective)),
    );
    this.#change(shares, effective, amounts);
    return amounts;
  }

  /** {tok} what a redeem of `shares` {share} brings of every leg, rounded down (docs/rules.md 1). */
  redeem(shares: bigint): bigint[] {
    const effective = Shares.effectiveDown(shares, this.#effective, this.#supply);
    const amounts = this.#legs.map(({ holding }) =>
      Units.amountDown(effective, Units.fromHolding(holding, this.#effective)),
    );
    this.#change(
      -shares,
      -effective,
      amounts.map((amount) => -amount),
    );
    return amounts;
  }

  #change(shares: bigint, effective: bigint, amounts: readonly bigint[]): void {
    this.#supply += shares;
    this.#effective += effective;
    this.#set(this.#legs.map((leg, i) => ({ ...leg, holding: leg.holding + (amounts[i] ?? 0n) })));
  }

  #set(legs: readonly FundLeg[]): void {
    this.#legs = legs;
    this.version += 1;
    this.#changes.count += 1;
    this.#holdings.set(legs.map(({ holding }) => Number(holding)));
    this.#weights.set(legs.map(({ weight }) => Number(weight) / ONE_NUMBER));
  }
}
