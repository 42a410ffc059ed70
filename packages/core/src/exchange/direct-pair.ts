import * as Bands from '../bands/bands.ts';
import { mulDivDown } from '../math/fixed-point.ts';
import { ONE } from '../math/scales.ts';
import { min } from '../math/word.ts';
import { gapOf, type IndexGaps, indexGaps } from '../rebalance/gaps.ts';
import * as Orders from '../rebalance/orders.ts';
import { sorted } from '../rebalance/sorted.ts';
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
  /** By asset ascending. */
  readonly assets: readonly DirectAsset[];
  readonly gaps: readonly IndexGaps[];
  readonly surface: Surface.Surface;
}

/** How assets are counted and whether they may be traded. */
export interface Terms {
  /** Prices {base/tok} UQ112 at which values and targets are counted; an asset without one does not count. */
  readonly anchors: ReadonlyMap<string, bigint>;
  /** Assets with a fresh price. */
  readonly live: ReadonlySet<string>;
  readonly widths: ReadonlyMap<string, Bands.Widths>;
  readonly paused: ReadonlySet<string>;
}

interface Valued {
  readonly asset: string;
  readonly value: bigint;
  readonly target: bigint;
}

const valuedOf = ({ credit, positions }: NamedIndex, { anchors }: Terms): { nav: bigint; assets: Valued[] } => {
  const priced = positions.flatMap(({ asset, holding, weight }) => {
    const price = anchors.get(asset) ?? 0n;
    return price === 0n ? [] : [{ asset, weight, price, value: Orders.valueOf(holding, price) }];
  });
  const nav = priced.reduce((sum, { value }) => sum + value, credit);
  const assets = priced.map(({ asset, weight, price, value }) => ({
    asset,
    value,
    target: Orders.valueOf(Orders.targetAmount(nav, weight, price), price),
  }));
  return { nav, assets };
};

/**
 * How the named indices stand, from their exact holdings: gaps (docs/rules.md 8), the surface, and of each asset whether it is
 * open: strictly between the bounds of its band, by its weight in all of them together (docs/rules.md 7, 9). The order of indices
 * and assets does not matter.
 *
 * @throws {MathError} DUPLICATE_INDEX, DUPLICATE_ASSET, OUT_OF_RANGE
 */
export const standingOf = (indices: readonly NamedIndex[], terms: Terms): Standing => {
  const valued = sorted(indices, ({ index }) => index).map((of) => ({ index: of.index, ...valuedOf(of, terms) }));
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
    return { asset, gap, ...weights, standing: standingIn(asset, weights, terms) };
  });
  return { assets, gaps, surface };
};

const standingIn = (
  asset: string,
  { weight, perfectWeight }: Pick<DirectAsset, 'weight' | 'perfectWeight'>,
  { live, widths, paused }: Terms,
): DirectAsset['standing'] => {
  const band = widths.get(asset);
  if (!live.has(asset)) return 'no-price';
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

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

/** {base} the lesser gap of a pair */
const lesser = (o: DirectAsset, u: DirectAsset): bigint => min(magnitude(o.gap), magnitude(u.gap));

/** The asset with the largest gap, of equal ones the lower address; the assets come by address ascending. */
const largest = (assets: readonly DirectAsset[]): DirectAsset | undefined =>
  assets.reduce<DirectAsset | undefined>(
    (best, one) => (best === undefined || magnitude(one.gap) > magnitude(best.gap) ? one : best),
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
