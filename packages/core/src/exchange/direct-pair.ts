import * as Bands from '../bands/bands.ts';
import { nav } from '../index-fund/nav.ts';
import { MathError } from '../math/errors.ts';
import { mulDivDown } from '../math/fixed-point.ts';
import { ONE } from '../math/scales.ts';
import { abs, min } from '../math/word.ts';
import { sharingWhole } from '../price/frozen.ts';
import { gapOf, type IndexGaps, indexGaps } from '../rebalance/gaps.ts';
import * as Orders from '../rebalance/orders.ts';
import type { AnchoredAsset, Opening } from '../rebalance/round.ts';
import { requireOnce, sorted } from '../rebalance/sorted.ts';
import * as Surface from '../rebalance/surface.ts';

/** An index that a direct swap is to serve, as it stands now. */
export interface NamedIndex {
  readonly index: string;
  /** {base} of its own in the buffer: a part of its NAV, a holding of no asset */
  readonly credit: bigint;
  /** {base} what it may still lose today (docs/rules.md 6) */
  readonly budget: bigint;
  /** Every asset that it holds or aims at. */
  readonly positions: readonly NamedPosition[];
}

/** What an index holds of an asset {tok}, and the part of NAV that it should be {1e18}. */
export interface NamedPosition {
  readonly asset: string;
  readonly holding: bigint;
  readonly weight: bigint;
}

/** How the named indices together stand in an asset. */
export interface DirectAsset {
  readonly asset: string;
  /** G {base}: the sum of their gaps */
  readonly gap: bigint;
  /** {1e18} of their value together, floored */
  readonly weight: bigint;
  /** W {1e18} of their value together, floored */
  readonly perfectWeight: bigint;
  /** Whether direct swaps may trade it. */
  readonly standing: 'open' | 'near' | 'beyond' | 'paused' | 'no-price';
}

/** What a direct swap begins with. */
export interface Standing {
  /** The assets of the opening by name. */
  readonly anchored: Anchored;
  /** By asset ascending. */
  readonly assets: readonly DirectAsset[];
  readonly gaps: readonly IndexGaps[];
  readonly surface: Surface.Surface;
}

/** How assets are counted and whether they may be traded. */
export interface Terms {
  readonly opening: Opening;
  /** Bands by asset; an asset without one is not traded. */
  readonly widths: ReadonlyMap<string, Bands.Widths>;
  readonly paused: ReadonlySet<string>;
}

type Anchored = ReadonlyMap<string, AnchoredAsset>;

const anchoredOf = ({ assets }: Opening): Anchored => {
  const byName = sorted(assets, ({ asset }) => asset);
  requireOnce(
    byName.map(({ asset }) => asset),
    'DUPLICATE_ASSET',
    'asset',
  );
  return new Map(byName.map((one) => [one.asset, one]));
};

/** @throws {MathError} UNKNOWN_ASSET */
export const anchorOf = (anchored: Anchored, name: string): AnchoredAsset => {
  const found = anchored.get(name);
  if (found !== undefined) return found;
  throw new MathError('UNKNOWN_ASSET', `the opening has no anchor of ${name}`, 'anchor every asset, and the base');
};

interface Valued {
  readonly asset: string;
  readonly value: bigint;
  readonly target: bigint;
}

/**
 * Values and targets of an index at the anchors. A dead asset counts in neither, a delisted one has target 0, and the others share
 * the whole (docs/rules.md 5, 6).
 */
const valuedOf = ({ credit, positions }: NamedIndex, anchored: Anchored): { nav: bigint; assets: Valued[] } => {
  const counted = sharingWhole(
    positions.flatMap(({ asset, holding, weight }) => {
      const { anchor, delistedSince } = anchorOf(anchored, asset);
      return anchor === 0n ? [] : [{ asset, holding, price: anchor, weight: delistedSince === 0n ? weight : 0n }];
    }),
  );
  const total = nav(counted) + credit;
  const assets = counted.map(({ asset, holding, weight, price }) => ({
    asset,
    value: Orders.valueOf(holding, price),
    target: Orders.valueOf(Orders.targetAmount(total, weight, price), price),
  }));
  return { nav: total, assets };
};

/**
 * How the named indices stand, from their exact holdings: gaps (docs/rules.md 8), the surface, and of each asset whether it is
 * open: strictly between the bounds of its band, by its weight in all of them together (docs/rules.md 7, 9). The order of indices
 * and assets does not matter.
 *
 * @throws {MathError} UNKNOWN_ASSET, DUPLICATE_INDEX, DUPLICATE_ASSET, OUT_OF_RANGE
 */
export const standingOf = (indices: readonly NamedIndex[], terms: Terms): Standing => {
  const anchored = anchoredOf(terms.opening);
  const valued = sorted(indices, ({ index }) => index).map((of) => ({ index: of.index, ...valuedOf(of, anchored) }));
  const total = valued.reduce((sum, { nav }) => sum + nav, 0n);
  const gaps = valued.map(({ index, assets }) =>
    indexGaps({ index, gaps: assets.map((of) => ({ asset: of.asset, gap: gapOf(of) })) }),
  );
  const surface = Surface.surface(gaps);
  const sums = new Map(surface.assets.map((asset) => [asset, { gap: 0n, value: 0n, target: 0n }]));
  const counted = [...valued.flatMap(({ assets }) => assets), ...gaps.flatMap((of) => of.gaps)];
  for (const one of counted) {
    const sum = sums.get(one.asset);
    if (sum === undefined) continue;
    if ('gap' in one) sum.gap += one.gap;
    else {
      sum.value += one.value;
      sum.target += one.target;
    }
  }
  const assets = surface.assets.map((asset): DirectAsset => {
    const { gap, value, target } = sums.get(asset) ?? { gap: 0n, value: 0n, target: 0n };
    const part = (of: bigint): bigint => (total === 0n ? 0n : mulDivDown(of, ONE, total));
    const weights = { weight: part(value), perfectWeight: part(target) };
    return { asset, gap, ...weights, standing: standingIn(anchorOf(anchored, asset), weights, terms) };
  });
  return { anchored, assets, gaps, surface };
};

const standingIn = (
  { asset, price }: AnchoredAsset,
  { weight, perfectWeight }: Pick<DirectAsset, 'weight' | 'perfectWeight'>,
  { widths, paused }: Terms,
): DirectAsset['standing'] => {
  const band = widths.get(asset);
  if (price === 0n) return 'no-price';
  if (paused.has(asset)) return 'paused';
  if (band === undefined) return 'near';
  const { kind } = Bands.stateOf({ weight, target: perfectWeight, widths: band });
  return kind === 'acts' ? 'open' : kind;
};

/** What a direct swap is about. */
export interface DirectPair {
  /** The asset sold, with G > 0. */
  readonly o: DirectAsset;
  /** The asset bought, with G < 0. */
  readonly u: DirectAsset;
  /** S(o,u) > 0 with its contributions. */
  readonly shared: Surface.Shared;
}

/** {base} the lesser gap of a pair */
const lesser = (o: DirectAsset, u: DirectAsset): bigint => min(abs(o.gap), abs(u.gap));

/** The asset with the largest gap, of equal ones the lower address; the assets come by address ascending. */
const largest = (assets: readonly DirectAsset[]): DirectAsset | undefined =>
  assets.reduce<DirectAsset | undefined>(
    (best, one) => (best === undefined || abs(one.gap) > abs(best.gap) ? one : best),
    undefined,
  );

/**
 * The pair to trade: the most overweight and the most underweight open asset; when no index shares a part of them, the pair with the
 * next largest lesser gap that is shared, of equal ones the lower o, then the lower u (docs/rules.md 9). Undefined when there is none.
 */
export const pairOf = ({ assets, surface }: Standing): DirectPair | undefined => {
  const open = sorted(
    assets.filter(({ standing }) => standing === 'open'),
    ({ asset }) => asset,
  );
  const [over, under] = [open.filter(({ gap }) => gap > 0n), open.filter(({ gap }) => gap < 0n)];
  const [mostOver, mostUnder] = [largest(over), largest(under)];
  if (mostOver === undefined || mostUnder === undefined) return undefined;
  const pair = (o: DirectAsset, u: DirectAsset): DirectPair => ({
    o,
    u,
    shared: Surface.between(surface, { o: o.asset, u: u.asset }),
  });
  const first = pair(mostOver, mostUnder);
  if (first.shared.value > 0n) return first;
  return over
    .flatMap((o) => under.map((u) => pair(o, u)))
    .filter(({ shared }) => shared.value > 0n)
    .reduce<DirectPair | undefined>(
      (best, one) => (best === undefined || lesser(one.o, one.u) > lesser(best.o, best.u) ? one : best),
      undefined,
    );
};
