import type { Branded } from '../brand.ts';
import { mulDivDown } from '../math/fixed-point.ts';
import { Q112 } from '../math/scales.ts';
import { type Answer, failed, type Horizon, type PriceSource } from './answer.ts';
import { PriceError } from './errors.ts';
import { isPrice } from './prices.ts';

interface Route<H extends Horizon> {
  readonly assets: readonly [string, string, ...string[]];
  readonly horizon: H;
}

/** Assets from the base outward, none twice, and the horizon of the sources that price each in the one before it. */
export type Path<H extends Horizon = Horizon> = Branded<Route<H>, 'Path'>;

/**
 * @param assets the base first, at least one more, none twice
 * @throws {PriceError} BAD_PATH
 */
export const path = <H extends Horizon>(assets: readonly string[], horizon: H): Path<H> => {
  const [base, next, ...others] = assets;
  if (base === undefined || next === undefined || new Set(assets).size !== assets.length) {
    const hint = 'give two or more assets, none of them twice';
    throw new PriceError('BAD_PATH', `the path ${assets.join(' - ')} is none`, hint);
  }
  const route: Route<H> = { assets: [base, next, ...others], horizon };
  return route as Path<H>;
};

/** A path with what its sources answer: hops[i] is the price of assets[i + 1] in assets[i] UQ112. */
export interface Hops<H extends Horizon = Horizon> {
  readonly path: Path<H>;
  readonly hops: readonly Answer<H>[];
}

const placeOf = (assets: readonly string[], asset: string): number => {
  const place = assets.indexOf(asset);
  if (place !== -1) return place;
  const hint = 'ask for an asset of the path';
  throw new PriceError('UNKNOWN_ASSET', `${asset} is not on the path ${assets.join(' - ')}`, hint);
};

/**
 * The price of an asset of the path in the base {base/tok} UQ112: the product of the hops up to it, floored after each; of the
 * base itself exactly 2^112, whatever the hops say (docs/rules.md 5). A hop without a price leaves all assets beyond it without
 * one, and so does a product outside the range of prices.
 *
 * @throws {PriceError} UNKNOWN_ASSET; BAD_PATH when there is not one hop for each pair of neighbours
 */
export const answerOf = <H extends Horizon>({ path, hops }: Hops<H>, asset: string): Answer<H> => {
  const { assets, horizon } = path;
  if (hops.length !== assets.length - 1) {
    throw new PriceError(
      'BAD_PATH',
      `${hops.length} hops for ${assets.length} assets`,
      'give one hop less than assets',
    );
  }
  let price = Q112;
  for (const hop of hops.slice(0, placeOf(assets, asset))) {
    if (hop.kind !== 'price') return hop;
    price = mulDivDown(price, hop.price, Q112);
    if (!isPrice(price)) return failed('OUT_OF_RANGE');
  }
  return { kind: 'price', price, horizon };
};

/** A path with the state of each hop's source, all of one kind. */
export interface PathState<State, H extends Horizon = Horizon> {
  readonly path: Path<H>;
  readonly states: readonly State[];
}

/** One item for each pair of a state and what it is shown; what has no partner is left over. */
const zip = <A, B, C>(states: readonly A[], seen: readonly B[], make: (state: A, shown: B) => C): C[] =>
  states.slice(0, seen.length).flatMap((state, i) => seen.slice(i, i + 1).map((shown) => make(state, shown)));

/** The source of the price of the path's last asset, made of a source for its hops; it is shown what each of these is shown. */
export const sourceOf = <State, Seen, H extends Horizon>(
  hop: PriceSource<State, Seen, H>,
): PriceSource<PathState<State, H>, readonly Seen[], H> => {
  const answer = (path: Path<H>, hops: readonly Answer<H>[]): Answer<H> =>
    answerOf({ path, hops }, path.assets.at(-1) ?? path.assets[1]);
  return {
    last: ({ path, states }, seen) => answer(path, zip(states, seen, hop.last)),
    refreshed: ({ path, states }, seen) => {
      const after = zip(states, seen, hop.refreshed);
      const hops = after.map((one) => one.answer);
      return { state: { path, states: after.map((one) => one.state) }, answer: answer(path, hops) };
    },
  };
};
