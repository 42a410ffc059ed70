import { Acting, type Bands, ONE, Pauses, Volatility, weightsOf } from '@wicker/core';
import type { BandRules } from '../rules.ts';
import type { ExactPrices, Fund, Prices } from './fund.ts';

/** What bands let an index trade in an epoch. */
export interface Permission {
  /** Ids of the assets of which every pair has one. */
  readonly acting: ReadonlySet<string>;
  /** {1e18} the part of each asset's order that may be traded: 0 of one that pauses. */
  readonly parts: ReadonlyMap<string, bigint>;
}

/** What is kept of one asset's band. */
interface LegBand {
  history: Volatility.History;
  pause: Pauses.Pause;
  widths: Bands.Widths;
  /** {1} x, rounded. */
  near: number;
}

const ONE_NUMBER = Number(ONE);

/** The bands of an index's assets, in the order of its legs (docs/rules.md 7). */
export class FundBands {
  readonly #rules: BandRules;
  readonly #legs: LegBand[];

  constructor(rules: BandRules, legs: number) {
    this.#rules = rules;
    this.#legs = Array.from({ length: legs }, () => ({
      ...{ history: Volatility.NO_HISTORY, pause: Pauses.CLEAR, widths: rules.configured },
      near: Number(rules.configured.x) / ONE_NUMBER,
    }));
  }

  /** Observes all weights, once a day, and sets the widths by them. */
  observe(fund: Fund, { at, epoch }: { readonly at: bigint; readonly epoch: Bands.Epoch }, priceOf: ExactPrices): void {
    const { configured, parameters } = this.#rules;
    weightsOf(fund.positions(priceOf)).forEach(({ weight }, i) => {
      const [leg, target] = [this.#legs[i], fund.legs[i]?.weight ?? 0n];
      if (leg === undefined || target === 0n) return;
      const ratio = Volatility.ratioOf({ weight, target });
      leg.history = Volatility.observe(leg.history, { at, ratio, epoch }, parameters);
      leg.widths = Volatility.widthsOf({ history: leg.history, target, configured }, parameters).widths;
      leg.near = Number(leg.widths.x) / ONE_NUMBER;
    });
  }

  /** Whether the weight of an asset is beyond its near bound, as numbers: good to decide whether to look closer. */
  mayAct(fund: Fund, priceOf: Prices): boolean {
    return fund.someRatio(priceOf, (ratio, i) => Math.abs(ratio - 1) > (this.#legs[i]?.near ?? 1));
  }

  /** Whether all assets that act are back within their near bounds. @param priceOf {base/tok} the anchors */
  areSettled(fund: Fund, priceOf: Prices): boolean {
    return !fund.someRatio(
      priceOf,
      (ratio, i) =>
        fund.permission?.acting.has(fund.legs[i]?.id ?? '') === true &&
        Math.abs(ratio - 1) > (this.#legs[i]?.near ?? 1),
    );
  }

  /** What may be traded in an epoch that opens now; undefined when no asset acts. */
  permissionOf(fund: Fund, at: bigint, priceOf: ExactPrices): Permission | undefined {
    const positions = fund.positions(priceOf).map((position, i) => ({
      ...position,
      widths: this.#legs[i]?.widths ?? this.#rules.configured,
      pause: this.#legs[i]?.pause ?? Pauses.CLEAR,
    }));
    const epoch = fund.isReweighed ? 'reweigh' : 'ordinary';
    const standings = Acting.standingsOf({ positions, at, epoch }, this.#rules.parameters);
    for (const { asset, pause } of standings) {
      const leg = this.#legs[fund.legs.findIndex(({ id }) => id === asset)];
      if (leg !== undefined) leg.pause = pause;
    }
    const acting = new Set(standings.filter(({ standing }) => standing.kind === 'acts').map(({ asset }) => asset));
    if (acting.size === 0) return undefined;
    const partOf = ({ standing }: Acting.AssetStanding): bigint =>
      standing.kind === 'acts' ? standing.part : standing.kind === 'near' ? ONE : 0n;
    return { acting, parts: new Map(standings.map((each) => [each.asset, partOf(each)])) };
  }
}
