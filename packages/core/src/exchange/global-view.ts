import { MathError } from '../math/errors.ts';
import { mulDivDown } from '../math/fixed-point.ts';
import { ONE } from '../math/scales.ts';
import * as Orders from '../rebalance/orders.ts';
import { sorted } from '../rebalance/sorted.ts';
import type { GlobalGap } from './swap-fee.ts';

/** A contribution that is older counts no more {s}: 24 h. */
export const CONTRIBUTION_LASTS = 86_400n;

/** What one index wanted when it was poked (docs/rules.md 9). */
export interface Contribution {
  readonly index: string;
  /** {s} timestamp of the poke */
  readonly pokedAt: bigint;
  /** E at the poke {share} > 0 */
  readonly effectiveSupply: bigint;
  /** NAV at the poke {base} */
  readonly value: bigint;
  /** w V by asset {base}, floored; by asset ascending */
  readonly targets: readonly Target[];
}

/** What all of an asset in an index, or in all of them, should be worth {base}. */
export interface Target {
  readonly asset: string;
  readonly value: bigint;
}

/** The contributions of all poked indices, each once, by index ascending. */
export type Contributions = readonly Contribution[];

/** An index at the moment of the view. */
export interface Member {
  readonly index: string;
  /** E {share} */
  readonly effectiveSupply: bigint;
  /** {tok} by asset */
  readonly holdings: ReadonlyMap<string, bigint>;
}

/** What the view is made of. */
export interface ViewInput {
  readonly contributions: Contributions;
  readonly members: readonly Member[];
  /** Fresh prices {base/tok} UQ112; an asset without one is left out. */
  readonly prices: ReadonlyMap<string, bigint>;
  /** {s} */
  readonly now: bigint;
}

/** One asset over all indices. */
export interface GlobalAsset extends GlobalGap {
  /** {base} the sum of the contributions */
  readonly target: bigint;
  /** {base} of what the counted indices hold, undefined without a fresh price */
  readonly holding: bigint | undefined;
  /** W {1e18}, floored */
  readonly perfectWeight: bigint;
}

/** All indices together. */
export interface GlobalView {
  /** V {base} */
  readonly value: bigint;
  /** By asset ascending. */
  readonly assets: readonly GlobalAsset[];
}

/**
 * The contribution of an index: of each asset floor(w V), its weight over the sum of the weights given: an asset without a price is
 * left out, and the others share the whole (docs/rules.md 5, 9).
 *
 * @throws {MathError} EMPTY_INDEX when E is 0
 */
export const contributionOf = ({
  weights,
  ...of
}: Omit<Contribution, 'targets'> & {
  readonly weights: readonly { readonly asset: string; readonly weight: bigint }[];
}): Contribution => {
  if (of.effectiveSupply === 0n) {
    throw new MathError('EMPTY_INDEX', `${of.index} has no effective supply`, 'poke an index that has holders');
  }
  const whole = weights.reduce((sum, { weight }) => sum + weight, 0n);
  const targets = weights
    .filter(({ weight }) => weight > 0n)
    .map(({ asset, weight }) => ({ asset, value: mulDivDown(of.value, weight, whole) }));
  return { ...of, targets: sorted(targets, ({ asset }) => asset) };
};

/** The contributions after a poke: the index's own is replaced, the others stay (docs/rules.md 9). */
export const poked = (contributions: Contributions, contribution: Contribution): Contributions =>
  sorted([...contributions.filter(({ index }) => index !== contribution.index), contribution], ({ index }) => index);

/** A contribution that counts now, with its index. */
interface Counted {
  readonly contribution: Contribution;
  readonly member: Member;
}

const counted = ({ contributions, members, now }: ViewInput): Counted[] => {
  const byIndex = new Map(members.map((member) => [member.index, member]));
  return contributions.flatMap((contribution) => {
    const member = byIndex.get(contribution.index);
    const old = now - contribution.pokedAt > CONTRIBUTION_LASTS;
    return member === undefined || old ? [] : [{ contribution, member }];
  });
};

/** {base} as E has moved since the poke, floored */
const scaled = (value: bigint, { contribution, member }: Counted): bigint =>
  mulDivDown(value, member.effectiveSupply, contribution.effectiveSupply);

const targetOf = (all: readonly Counted[], asset: string): bigint =>
  all.reduce((sum, one) => {
    const target = one.contribution.targets.find((each) => each.asset === asset);
    return target === undefined ? sum : sum + scaled(target.value, one);
  }, 0n);

const holdingOf = (all: readonly Counted[], asset: string, price: bigint | undefined): bigint | undefined =>
  price === undefined
    ? undefined
    : Orders.valueOf(
        all.reduce((sum, { member }) => sum + (member.holdings.get(asset) ?? 0n), 0n),
        price,
      );

const gapAmong = (all: readonly Counted[], asset: string, { prices }: ViewInput) => {
  const target = targetOf(all, asset);
  const holding = holdingOf(all, asset, prices.get(asset));
  return { asset, target, holding, gap: holding === undefined ? undefined : holding - target };
};

/**
 * G = holding - target of an asset over all indices {base}; undefined without a fresh price (docs/rules.md 9). An index whose
 * contribution is older than 24 h counts on neither side: its holding would look like an excess.
 *
 * @throws {MathError} OUT_OF_RANGE, OVERFLOW
 */
export const globalGap = (input: ViewInput, asset: string): GlobalGap => {
  const { gap } = gapAmong(counted(input), asset, input);
  return { asset, gap };
};

/**
 * The view over all indices: V, and of every asset that one of them holds or aims at its target, holding, gap and perfect weight
 * (docs/rules.md 9). The order of pokes and members does not matter.
 *
 * @throws {MathError} OUT_OF_RANGE, OVERFLOW
 */
export const globalView = (input: ViewInput): GlobalView => {
  const all = counted(input);
  const value = all.reduce((sum, one) => sum + scaled(one.contribution.value, one), 0n);
  const names = all.flatMap(({ contribution, member }) => [
    ...contribution.targets.map(({ asset }) => asset),
    ...member.holdings.keys(),
  ]);
  const assets = sorted([...new Set(names)], (asset) => asset).map((asset) => {
    const of = gapAmong(all, asset, input);
    return { ...of, perfectWeight: value === 0n ? 0n : mulDivDown(of.target, ONE, value) };
  });
  return { value, assets };
};
