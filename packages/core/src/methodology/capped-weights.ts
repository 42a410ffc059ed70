import { commonScale, compareDecimal, type Decimal, digitsAt, formatDecimal } from '../decimal/decimal.ts';
import { InfeasibleCapError, InfeasibleFloorError, NoAssetsError, ParameterError, ZeroTotalError } from './errors.ts';

/** Weights as exact fractions {1} with one common denominator; numerators sum to it. Heaviest first, ties by id. */
export type ExactWeights = {
  readonly denominator: bigint;
  readonly numerators: ReadonlyMap<string, bigint>;
};

/** An asset that the floor removed, with the exact weight {1} it would have had. */
export type RemovedAsset = { readonly id: string; readonly numerator: bigint; readonly denominator: bigint };

export type CappedWeights = ExactWeights & {
  /** In order of removal; those removed together by id. */
  readonly removed: readonly RemovedAsset[];
  /** Rounds in which at least one asset was newly capped, over all phases; each phase begins with none capped. */
  readonly capRounds: number;
  /** Whether the caps were infeasible for the assets left, and 1 / n took their place: all that carry weight weigh the same. */
  readonly lifted: boolean;
};

export type CapAndFloor = {
  /** Highest weight of one asset, {1}, 0 to 1; 1 caps nothing. */
  readonly cap: Decimal;
  /** Lowest weight of one asset, {1}, 0 to 1; 0 removes nothing. */
  readonly floor: Decimal;
  /** Caps of single assets, {1}, in place of `cap`. */
  readonly caps?: ReadonlyMap<string, Decimal>;
  /** What becomes of caps that sum to less than 1: an error (4.1), or 1 / n for each of the n that carry weight (4.2). */
  readonly whenInfeasible?: 'error' | 'lift';
};

/** An asset with market cap and cap as integers on scales common to all assets. */
type Asset = { readonly id: string; readonly value: bigint; readonly cap: bigint };

const ONE: Decimal = { digits: 1n, scale: 0 };

/**
 * Weights by market cap with a cap and a floor (docs/rules.md 4.1): weight = min(cap, k x market cap), where k makes the sum 1; then
 * all assets below the floor are removed together and the rest are weighed anew, until both rules hold. Exact, and independent of the
 * order of the input. An asset whose market cap or cap is 0 has weight 0 and does not count for feasibility.
 *
 * @param marketCaps any common unit {USD}; only the proportions matter.
 * @throws NoAssetsError, ZeroTotalError, InfeasibleCapError, InfeasibleFloorError, ParameterError
 */
export function cappedWeights(
  marketCaps: ReadonlyMap<string, Decimal>,
  { cap, floor, caps, whenInfeasible = 'error' }: CapAndFloor,
): CappedWeights {
  requireShare('cap', cap);
  requireShare('floor', floor);
  for (const [id, own] of caps ?? []) requireShare(`cap of ${id}`, own);
  if (marketCaps.size === 0) throw new NoAssetsError();

  const capOf = (id: string) => caps?.get(id) ?? cap;
  const valueScale = commonScale(marketCaps.values());
  const shareScale = commonScale([cap, floor, ...(caps?.values() ?? [])]);
  const one = digitsAt(ONE, shareScale);
  const lowest = digitsAt(floor, shareScale);

  let assets: Asset[] = [...marketCaps].map(([id, value]) => ({
    id,
    value: digitsAt(value, valueScale),
    cap: digitsAt(capOf(id), shareScale),
  }));
  if (assets.every((asset) => asset.value === 0n)) throw new ZeroTotalError(assets.length);

  const removed: RemovedAsset[] = [];
  let capRounds = 0;
  while (true) {
    const lifted = reachOf(assets) < one;
    if (lifted && !(whenInfeasible === 'lift' && assets.some(carriesWeight))) {
      throw infeasible(assets, shareScale, removed);
    }
    const { weights, rounds } = lifted ? equalWeights(assets) : fillUpToCaps(assets, one);
    capRounds += rounds;
    const isBelow = (id: string) => (weights.numerators.get(id) ?? 0n) * one < lowest * weights.denominator;
    const below = assets.filter((asset) => isBelow(asset.id));
    if (below.length === 0) return { ...heaviestFirst(weights), removed, capRounds, lifted };
    if (below.length === assets.length) throw new InfeasibleFloorError(formatDecimal(floor));
    for (const { id } of below.sort(byId)) {
      removed.push({ id, numerator: weights.numerators.get(id) ?? 0n, denominator: weights.denominator });
    }
    assets = assets.filter((asset) => !isBelow(asset.id));
  }
}

/** The weights of one phase. */
type Phase = { readonly weights: ExactWeights; readonly rounds: number };

/** One phase with caps of 1 / n. */
function equalWeights(assets: readonly Asset[]): Phase {
  const numerators = new Map(assets.map((asset) => [asset.id, carriesWeight(asset) ? 1n : 0n]));
  return { weights: { denominator: sum([...numerators.values()]), numerators }, rounds: 0 };
}

/** One phase: caps whatever exceeds its cap and gives the excess to the others in proportion, until none exceeds. */
function fillUpToCaps(assets: readonly Asset[], one: bigint): Phase {
  const capped: Asset[] = [];
  let free = assets.filter(carriesWeight);
  let room = one;
  let rounds = 0;
  let total = sum(free.map((asset) => asset.value));
  while (true) {
    // k = room / total; weight above its cap <=> value x room > cap x total, without a division.
    const isOver = (asset: Asset) => asset.value * room > asset.cap * total;
    const over = free.filter(isOver);
    if (over.length === 0) break;
    free = free.filter((asset) => !isOver(asset));
    capped.push(...over);
    room -= sum(over.map((asset) => asset.cap));
    total = sum(free.map((asset) => asset.value));
    rounds += 1;
  }
  // Some asset is always free: were the last ones all above their caps, the caps would sum to less than 1.
  const numerators = new Map(assets.map(({ id }) => [id, 0n]));
  for (const asset of capped) numerators.set(asset.id, asset.cap * total);
  for (const asset of free) numerators.set(asset.id, asset.value * room);
  return { weights: { denominator: one * total, numerators }, rounds };
}

function requireShare(name: string, value: Decimal): void {
  if (compareDecimal(value, ONE) > 0) throw new ParameterError(name, formatDecimal(value), '0 to 1');
}

/** What the caps of the assets that carry weight sum to, at the scale of the caps. */
function reachOf(assets: readonly Asset[]): bigint {
  return sum(assets.filter(carriesWeight).map((asset) => asset.cap));
}

function infeasible(assets: readonly Asset[], scale: number, removed: readonly RemovedAsset[]): InfeasibleCapError {
  return new InfeasibleCapError(
    assets.filter(carriesWeight).length,
    formatDecimal({ digits: reachOf(assets), scale }),
    removed.map(({ id }) => id),
  );
}

function carriesWeight({ value, cap }: Asset): boolean {
  return value > 0n && cap > 0n;
}

function heaviestFirst({ denominator, numerators }: ExactWeights): ExactWeights {
  const sorted = [...numerators].sort(([a, x], [b, y]) => (x === y ? compareIds(a, b) : x < y ? 1 : -1));
  return { denominator, numerators: new Map(sorted) };
}

function byId(a: { id: string }, b: { id: string }): number {
  return compareIds(a.id, b.id);
}

/** Order of ids where weights tie: by UTF-16 code unit, the same under every locale. */
export function compareIds(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => a + b, 0n);
}
